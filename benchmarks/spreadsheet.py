"""Read a workbook of 50,000 rows, against calamine alone plus building the same objects.

Run it with ``python benchmarks/spreadsheet.py [--rows N] [--rounds N]``. Half of the rows are
enterprises and half are entries of their history. The peer reads the cells with python-calamine,
and builds texts, dates, codes, entries, records and the dataset from values that were prepared
before; both results are checked to be equal. Printed are medians of ratios with their least and
greatest.
"""

import argparse
import gc
import io
import time
from collections.abc import Callable
from statistics import median

from python_calamine import CalamineWorkbook

import citess
from citess.io.spreadsheet import read_xlsx, write_xlsx

STAGES = tuple(citess.Stage)
SYNTHETIC = citess.Evidence.SYNTHETIC


def values(rows: int) -> list[tuple[str, str, str, str, str]]:
    """Plain values of enterprises: id, two names, stage, month."""
    return [
        (
            f"enterprise-{n}",
            f"Entreprise synthétique {n}",
            f"مؤسسة {n}",
            STAGES[n % len(STAGES)].value,
            f"20{10 + n % 14}-{1 + n % 12:02d}-{1 + n % 28:02d}",
        )
        for n in range(rows // 2)
    ]


def land() -> citess.Territory:
    """The one territory."""
    return citess.Territory(
        id="synthetic-land",
        name=citess.Text(fr="Pays synthétique"),
        level=citess.TerritoryLevel.COUNTRY,
        evidence=SYNTHETIC,
    )


def built(plain: list[tuple[str, str, str, str, str]]) -> citess.Dataset:
    """Build the objects."""
    records: list[citess.Record] = [land()]
    records += [
        citess.Enterprise(
            id=id_,
            name=citess.Text(fr=french, ar=arabic),
            territories=("synthetic-land",),
            stages=(citess.StageEntry(stage=citess.Stage(stage), since=citess.PartialDate(since)),),
            initiative=citess.Initiative.COLLECTIVE,
            legal_form="TN-SMSA",
            activities=("A",),
            evidence=SYNTHETIC,
        )
        for id_, french, arabic, stage, since in plain
    ]
    return citess.Dataset(records)


def alone(content: bytes) -> object:
    """Read the cells and nothing else."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Seconds of the processor that some work takes, and its result."""
    gc.collect()
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    plain = values(given.rows)
    stream = io.BytesIO()
    write_xlsx(built(plain), stream, language="fr")
    content = stream.getvalue()
    ratios: list[float] = []
    for _ in range(given.rounds):
        cells, _ = timed(lambda: alone(content))
        objects, expected = timed(lambda: built(plain))
        ours, (found, _) = timed(lambda: read_xlsx(io.BytesIO(content)))
        if found != expected:
            raise SystemExit("the results differ")
        ratios.append(ours / (cells + objects))
        print(f"cells {cells:.2f} s, objects {objects:.2f} s, citess {ours:.2f} s")
    spread = f"[{min(ratios):.2f}, {max(ratios):.2f}]"
    print(f"read_xlsx / (calamine + objects): {median(ratios):.2f} {spread}")


if __name__ == "__main__":
    main()
