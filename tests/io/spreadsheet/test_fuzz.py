"""Whatever bytes come, nothing leaves the readers but a dataset or a CitessError.

``tests/deep/test_fuzz.py`` lets atheris choose the bytes.
"""

import contextlib
import io
import os
import tempfile
import zipfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import citess
from citess import CitessError
from citess.io.spreadsheet import mark, read_csv, read_xlsx, write_csv, write_xlsx
from citess.io.spreadsheet._columns import sheet_types
from tests.io.scenes import mahdia

DEEP = bool(os.environ.get("CITESS_DEEP"))
MANY = int(os.environ.get("CITESS_FUZZ", "2000" if DEEP else "40"))
READERS = ("xlsx", "csv")
KINDS = [sheet.name for sheet in sheet_types()]


def reads(content, reader, kind="hubs"):
    """Read bytes, or say in every language why not; nothing else may come out."""
    try:
        if reader == "xlsx":
            read_xlsx(io.BytesIO(content), sheets={"Feuil1": kind})
        else:
            read_csv(io.BytesIO(content), sheets={"table": kind})
    except CitessError as error:
        return all(map(error.text, ("en", "fr", "ar")))
    return True


def _workbook():
    stream = io.BytesIO()
    write_xlsx(mahdia(), stream, include_personal=True)
    return stream.getvalue()


def _texts():
    with tempfile.TemporaryDirectory() as folder:
        write_csv(citess.datasets.synthetic(enterprises=2), folder, include_personal=True)
        return {path.stem: path.read_bytes() for path in sorted(Path(folder).iterdir())}


WORKBOOK = _workbook()
TEXTS = _texts()

edits = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=6), st.integers(0, 9)),
    min_size=1,
    max_size=8,
)


def edited(content, changes):
    """Bytes with some of them replaced."""
    for where, new, gone in changes:
        place = int(where * len(content))
        content = content[:place] + new + content[place + gone :]
    return content


@settings(max_examples=MANY)
@given(
    st.binary(max_size=400) | st.text(max_size=400).map(lambda t: t.encode("utf-8", "replace")),
    st.sampled_from(READERS),
    st.sampled_from(KINDS),
)
def test_any_bytes_are_read_or_refused(content, reader, kind):
    assert reads(content, reader, kind)


@settings(max_examples=MANY)
@given(st.sampled_from(sorted(TEXTS)), edits)
def test_damaged_text_is_read_or_refused(name, changes):
    assert reads(edited(TEXTS[name], changes), "csv", name)


@settings(max_examples=MANY)
@given(edits)
def test_damaged_archives_are_read_or_refused(changes):
    assert reads(edited(WORKBOOK, changes), "xlsx")


@settings(max_examples=MANY)
@given(st.data())
def test_damaged_parts_of_a_workbook_are_read_or_refused(data):
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = [
        name for name in parts if name.startswith("xl/w") or "shared" in name or "styles" in name
    ]
    name = data.draw(st.sampled_from(sorted(names)))
    parts[name] = edited(parts[name], data.draw(edits))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for other, part in parts.items():
            archive.writestr(other, part)
    assert reads(stream.getvalue(), "xlsx")


cells = st.sampled_from(
    [
        "",
        "x",
        "h",
        "-1",
        "1,5",
        "2017-13",
        "14/03/2017",
        "=1",
        "'=1",
        "oui",
        "[",
        "[x]",
        "a;b",
        ";",
        "\\",
        "nan",
        "1e999",
        "\u202e",
        "\x01",
        "hub:h",
        ":",
        "٣",
        "²",
        "½",
        "Ⅷ",
        "9" * 400,
        "fr;ar",
        "…",
    ]
) | st.text(max_size=8)


@settings(max_examples=MANY)
@given(st.sampled_from(sheet_types()), st.data())
def test_any_cells_below_known_titles_are_read_or_refused(sheet, data):
    names = [c.name + (".fr" if c.is_text else "") for c in sheet.columns]
    titles = data.draw(st.lists(st.sampled_from(names), max_size=len(names), unique=True))
    titles = list(dict.fromkeys(["id" if not sheet.entries else "record", *titles]))
    rows = data.draw(st.lists(st.tuples(*[cells] * len(titles)), max_size=4))
    text = "\n".join(
        "|".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [titles, *rows]
    )
    content = text.encode("utf-8", "replace")
    assert reads(content, "csv", sheet.name)
    with contextlib.suppress(CitessError):
        mark(io.BytesIO(content), io.BytesIO(), sheets={"table": sheet.name})
