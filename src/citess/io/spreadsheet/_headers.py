"""What the titles of a table mean, in any language, in any order, and misspelt."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from attrs import frozen

from citess.i18n import LANGUAGES, is_language_tag
from citess.io.spreadsheet._columns import Column, SheetType, sheet_types
from citess.io.spreadsheet._table import Table, is_empty
from citess.io.spreadsheet._titles import CATALOGUE, column_title, sheet_title
from citess.model.spelling import fold, similarity

ORDER: Final = "*"
"""In place of a language: the cell names the languages of a text in order, the original first."""

_NEAR: Final = 0.84
_SHORTEST: Final = 4
_ROWS_LOOKED_AT: Final = 10
_WIDEST: Final = 2_000
_LONGEST: Final = 200
_SPOKEN: Final = {
    "fr": ("francais", "french", "\u0641\u0631\u0646\u0633\u064a\u0629"),
    "ar": ("arabe", "arabic", "\u0639\u0631\u0628\u064a\u0629"),
    "en": ("anglais", "english", "\u0625\u0646\u062c\u0644\u064a\u0632\u064a\u0629"),
}
_ARTICLE: Final = "\u0627\u0644"
_TAGS: Final = {fold(word): tag for tag, words in _SPOKEN.items() for word in words}
_IN_BRACKETS: Final = re.compile(r"(.*?)\s*[(\[:._]+\s*([^()\[\]:._]+?)\s*[)\]]?\s*")


@frozen
class Head:
    """What a title means."""

    column: Column
    """Column."""

    language: str | None = None
    """Language of the texts in it, ``*`` for their order; ``None`` where the title names none."""

    spoken: str | None = None
    """Language of the title itself, where it is a title of one language only."""

    misspelt: bool = False
    """Whether it only comes near."""


@cache
def _names() -> Mapping[str, SheetType]:
    found: dict[str, SheetType] = {}
    for sheet in sheet_types():
        for name in (sheet.name, *(sheet_title(sheet, tag) for tag in LANGUAGES)):
            found.setdefault(fold(name), sheet)
        if sheet.entries is None:
            found.setdefault(fold(sheet.shelf.kind), sheet)
    return found


@cache
def _titles(sheet: SheetType) -> Mapping[str, tuple[Column, str | None]]:
    found: dict[str, tuple[Column, str | None]] = {}
    for column in sheet.columns:
        spoken = {tag: fold(column_title(sheet, column, tag)) for tag in LANGUAGES}
        for tag, title in spoken.items():
            alone = list(spoken.values()).count(title) == 1
            found.setdefault(title, (column, tag if alone else None))
    for column in sheet.columns:
        found[fold(column.name)] = (column, found.get(fold(column.name), (column, "en"))[1])
    return found


def guide_names() -> frozenset[str]:
    """Folded names of sheets that hold no data."""
    return frozenset(fold(CATALOGUE.text("sheet.guide", tag)) for tag in LANGUAGES)


def sheet_named(name: str) -> SheetType | None:
    """Kind of sheet that a name means; ``None`` where it means none."""
    key = fold(name)
    found = _names().get(key)
    if found is None and len(key) >= _SHORTEST:
        near = [one for one in _names() if similarity(key, one) >= _NEAR]
        kinds = {_names()[one].name: _names()[one] for one in near}
        found = next(iter(kinds.values())) if len(kinds) == 1 else None
    return found


def sheet_called(name: str) -> SheetType:
    """Kind of sheet by its name for programs.

    Raises
    ------
    ValueError
        When there is none.
    """
    found = next((s for s in sheet_types() if name in {s.name, s.shelf.kind}), None)
    if found is None:
        known = ", ".join(sheet.name for sheet in sheet_types())
        raise ValueError(f"{name!r} is no kind of sheet; expected one of {known}")
    return found


def head(sheet: SheetType, title: object, *, near: bool = True) -> Head | None:
    """Tell what a title means on a kind of sheet; ``None`` where it means nothing."""
    text = str(title).strip().strip("*").strip()[:_LONGEST]
    found = _exact(sheet, text) or _in_language(sheet, text)
    if found is None and near:
        return _near(sheet, text)
    return found


def _exact(sheet: SheetType, text: str) -> Head | None:
    known = _titles(sheet).get(fold(text))
    return None if known is None else Head(known[0], spoken=known[1])


def _in_language(sheet: SheetType, text: str) -> Head | None:
    matched = _IN_BRACKETS.fullmatch(text)
    if matched is None:
        return None
    known = _titles(sheet).get(fold(matched[1]))
    tag = _tag(matched[2])
    if known is None or tag is None or not known[0].is_text:
        return None
    return Head(known[0], tag, known[1])


def _tag(word: str) -> str | None:
    folded = fold(word)
    if folded in {fold(CATALOGUE.text("word.order", tag)) for tag in LANGUAGES}:
        return ORDER
    if known := _TAGS.get(folded.removeprefix(_ARTICLE)):
        return known
    primary, _, rest = word.strip().replace("_", "-").partition("-")
    tag = f"{primary.lower()}-{rest}" if rest else primary.lower()
    return tag if is_language_tag(tag) else None


def _near(sheet: SheetType, text: str) -> Head | None:
    matched = _IN_BRACKETS.fullmatch(text)
    tag = _tag(matched[2]) if matched else None
    for key, language in ((fold(matched[1]), tag) if matched and tag else ("", None),
                          (fold(text), None)):  # fmt: skip
        if len(key) < _SHORTEST:
            continue
        ranked = sorted(((similarity(key, one), one) for one in _titles(sheet)), reverse=True)
        best = ranked[0][0]
        close = {_titles(sheet)[one][0].name for score, one in ranked if score == best}
        if best >= _NEAR and len(close) == 1:
            column, spoken = _titles(sheet)[ranked[0][1]]
            if language is None or column.is_text:
                return Head(column, language, spoken, misspelt=True)
    return None


def header_row(sheet: SheetType, table: Table) -> int:
    """Row that holds the titles: the one among the first of which most are known."""
    best, found = 0, 0
    for number, row in enumerate(table.rows[:_ROWS_LOOKED_AT]):
        known = sum(head(sheet, cell, near=False) is not None for cell in _cells(row))
        if known > best:
            best, found = known, number
    if best == 0:
        rows = enumerate(table.rows[:_ROWS_LOOKED_AT])
        found = next((n for n, row in rows if any(True for _ in _cells(row))), 0)
    return found


def sheet_like(table: Table) -> SheetType | None:
    """Kind of sheet that the titles of a table fit best; ``None`` where none fits, or several."""
    scored: list[tuple[float, SheetType]] = []
    for sheet in sheet_types():
        titles = list(_cells(table.rows[header_row(sheet, table)])) if table.rows else []
        found = {h.column.name for title in titles if (h := head(sheet, title, near=False))}
        needed = {column.name for column in sheet.columns if column.required}
        if found and needed <= found:
            scored.append((len(found) / len(titles), sheet))
    scored.sort(key=lambda one: -one[0])
    if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    return scored[0][1] if scored[0][0] > 0.5 else None  # noqa: PLR2004  (most of the titles)


def _cells(row: Sequence[object]) -> Iterator[object]:
    return (cell for cell in row[:_WIDEST] if not is_empty(cell))
