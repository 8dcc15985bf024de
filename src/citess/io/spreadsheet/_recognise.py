"""Which table holds what: its kind of sheet, its titles, the columns that it lacks."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from citess.errors import Issue, Severity, suggest
from citess.i18n import LANGUAGES
from citess.io.spreadsheet._columns import SheetType, sheet_types
from citess.io.spreadsheet._findings import Findings
from citess.io.spreadsheet._form import Form, form_of, is_system_column
from citess.io.spreadsheet._headers import (
    Head,
    guide_names,
    head,
    header_row,
    sheet_called,
    sheet_like,
    sheet_named,
)
from citess.io.spreadsheet._table import Table, is_empty
from citess.io.spreadsheet._titles import column_title, sheet_title
from citess.model.spelling import fold


@frozen
class Understood:
    """A table of which it is known what it holds."""

    table: Table
    """The table."""

    sheet: SheetType
    """Kind of sheet that it is."""

    top: int
    """Row of the titles."""

    heads: tuple[Head | None, ...]
    """Meaning of each title; ``None`` for what is set aside."""

    titles: tuple[str, ...]
    """Titles as they stand there."""

    form: Form | None
    """The export of a form that it is, where it is one."""


def kind_of(table: Table, sheets: Mapping[str, str]) -> SheetType | None:
    """Kind of sheet that a table is: as the caller says, by its name, by its titles."""
    for name in (table.name, table.file):
        if name in sheets:
            return sheet_called(sheets[name])
    return sheet_named(table.name) or sheet_like(table)


def is_guide(table: Table) -> bool:
    """Tell whether a table is for people only."""
    return fold(table.name) in guide_names() or not any(
        not is_empty(cell) for row in table.rows for cell in row
    )


def understood(
    table: Table, sheet: SheetType, columns: Mapping[str, str], findings: Findings
) -> Understood:
    """Find out what the titles of a table mean, and note what is amiss."""
    top = header_row(sheet, table)
    row = table.rows[top] if table.rows else ()
    titles = [str(cell).strip() if not is_empty(cell) else "" for cell in row]
    form = form_of(titles)
    used: dict[tuple[str, str | None], int] = {}
    heads: list[Head | None] = []
    order = sorted(range(len(titles)), key=lambda n: _rank(sheet, titles[n], columns, form))
    by_place: dict[int, Head | None] = {}
    for place in order:
        by_place[place] = _column(
            table, sheet, (top, place, titles[place]), columns, form, used, findings
        )
    heads = [by_place[place] for place in range(len(titles))]
    found = {one.column.name for one in heads if one is not None}
    speech = spoken(heads)
    spare = [t for t, h in zip(titles, heads, strict=True) if t and h is None]
    for column in sheet.columns:
        derived = form is not None and form.gives(sheet, column.name)
        if column.required and column.name not in found and not derived:
            title = column_title(sheet, column, findings.language or speech)
            issue = Issue.of("missing-column", "", column.name, field=title,
                             suggestion=suggest(title, spare))  # fmt: skip
            findings.fault(table, top, max(len(titles) - 1, 0), title, issue)
    return Understood(table, sheet, top, tuple(heads), tuple(titles), form)


def _rank(
    sheet: SheetType, title: str, columns: Mapping[str, str], form: Form | None
) -> tuple[int, int]:
    """Exact titles take their columns before misspelt ones do."""
    if title in columns:
        return (0, 0)
    shown = title if form is None else form.question(title)
    return (1, 0) if head(sheet, shown, near=False) else (2, 0)


def _column(  # noqa: PLR0913, PLR0917  (what is known of a title)
    table: Table,
    sheet: SheetType,
    spot: tuple[int, int, str],
    columns: Mapping[str, str],
    form: Form | None,
    used: dict[tuple[str, str | None], int],
    findings: Findings,
) -> Head | None:
    top, place, title = spot
    if not title:
        return None
    asked = columns.get(title, title if form is None else form.question(title))
    found = None if form and is_system_column(title) else head(sheet, asked)
    key = None if found is None else (found.column.name, found.language)
    if found is None or (key in used and found.misspelt):
        code = "set-aside" if form and (is_system_column(title) or "/" in title) else None
        _set_aside(table, sheet, spot, findings, code or "unknown-column")
        return None
    if key in used:
        issue = Issue.of("repeated-column", "", title)
        findings.fault(table, top, place, title, issue)
        return None
    used[found.column.name, found.language] = place
    if found.misspelt:
        kept = column_title(sheet, found.column, found.spoken or "en", found.language)
        findings.note(table, top, place, title, Issue.of("read-as", "", title, kept=kept))
    return found


def _set_aside(
    table: Table, sheet: SheetType, spot: tuple[int, int, str], findings: Findings, code: str
) -> None:
    top, place, title = spot
    language = findings.language or "en"
    known = [column_title(sheet, c, tag) for tag in (language, "en") for c in sheet.columns]
    filled = any(len(row) > place and not is_empty(row[place]) for row in table.rows[top + 1 :])
    if not filled:
        return
    near = suggest(title, known) if code == "unknown-column" else None
    issue = Issue.of(code, "", title, suggestion=near, kind=sheet_title(sheet, language))
    findings.note(table, top, place, title, issue)


def spoken(heads: Sequence[Head | None]) -> str:
    """Language that most titles are in."""
    counts = Counter(one.spoken for one in heads if one is not None and one.spoken)
    return counts.most_common(1)[0][0] if counts else "en"


def language_of(tables: Sequence[Table], sheets: Mapping[str, str]) -> str:
    """Language that most titles of all tables are in."""
    counts: Counter[str] = Counter()
    for table in tables:
        sheet = kind_of(table, sheets)
        if sheet is not None and table.rows:
            row = table.rows[header_row(sheet, table)]
            heads = [head(sheet, cell, near=False) for cell in row if not is_empty(cell)]
            counts.update(one.spoken for one in heads if one is not None and one.spoken)
    best = counts.most_common(1)
    return best[0][0] if best else LANGUAGES[0]


def unknown(table: Table, language: str) -> Issue:
    """Say that a table is of no known kind."""
    titles = {sheet_title(sheet, language): sheet for sheet in sheet_types()}
    near = suggest(table.name, titles)
    listed = ", ".join([*titles][:8])
    return Issue.of(
        "unknown-table", "", table.name, suggestion=near, severity=Severity.WARNING,
        codes=f"{listed} ...",
    )  # fmt: skip


def text_heads(one: Understood) -> Iterator[tuple[int, Head]]:
    """Columns of texts that name no language."""
    for place, found in enumerate(one.heads):
        if found is not None and found.column.is_text and found.language is None:
            yield place, found
