"""English texts of the commands; ``fr.toml`` and ``ar.toml`` hold the others."""

from typing import Final

from citess.i18n import Catalogue

_README: Final = """# Data of the hub

- `dataset.json`: the data, empty at first.
- `template/citess.xlsx`: a workbook to fill in; `template/csv/`: the same as CSV files.

Fill in a copy of the workbook, then look for problems in it:

    citess validate filled.xlsx --mark marked.xlsx
"""

CATALOGUE: Final = Catalogue(
    "citess.cli",
    {
        "init.readme": _README,
        "init.exists": "is there already and is not overwritten",
        "convert.only-written": "{format} is written and not read",
        "convert.no-stream": "{format} is a folder of files; no stream can hold it",
        "convert.no-format": "'{name}' is no format; formats are {formats}",
        "convert.near-format": "'{name}' is no format; did you mean '{near}'?",
        "convert.unclear": (
            "'{file}' does not clearly name a format; name it, or use a suffix of {suffixes}"
        ),
        "convert.day-or-period": "give a day (--on) or a period (--period), not both",
        "validate.same": "the marked copy would take the place of the file; name another",
        "validate.mark": "only spreadsheets can be marked",
        "metrics.not-computed": "{label}: not computed here, {reason}",
        "group.S": "Service offer",
        "group.R": "Reach and equity",
        "group.E": "Employment",
        "group.T": "Trajectory of enterprises",
        "group.H": "Sustainability of the hub",
        "group.G": "Partnership and governance",
        "group.N": "Networks",
        "group.L": "Replication, label, institutional framework",
        "group.D": "Disclosure control",
        "group.other": "Others",
    },
)
