"""Tables made into a dataset: what they hold, records, references, rules, in this order."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import evolve, frozen

from citess.errors import Issue, ReadError, Report, Severity
from citess.io._fast import _collector_paused as collector_paused
from citess.io._travel import ImportReport
from citess.io.spreadsheet._build import Built, build, located
from citess.io.spreadsheet._columns import sheet_types
from citess.io.spreadsheet._findings import Findings
from citess.io.spreadsheet._headers import Head
from citess.io.spreadsheet._recognise import (
    Understood,
    is_guide,
    kind_of,
    language_of,
    spoken,
    text_heads,
    understood,
    unknown,
)
from citess.io.spreadsheet._references import Known, check_references
from citess.io.spreadsheet._table import Table, cell_name, is_empty
from citess.io.spreadsheet._titles import sheet_title
from citess.model import Dataset
from citess.model.integrity import check
from citess.model.shelves import Record
from citess.model.spelling import is_arabic

_PLACE: Final = re.compile(r"(\w+)\[([^\]]*)\]\.?(.*)", re.DOTALL)
_LAST_ROW: Final = re.compile(r"([0-9]+)'$")
_REFERENCES: Final = frozenset({"dangling-reference", "bad-reference"})
_SHOWN: Final = 8
_ROWS_TASTED: Final = 20


@frozen
class Looked:
    """What a look at tables found."""

    language: str
    """Language of the places in messages."""

    understood: tuple[Understood, ...]
    """Tables of records."""

    records: tuple[Record, ...]
    """Records that could be made."""

    issues: tuple[Issue, ...]
    """Everything that was found, in order of place."""


class Reading:
    """One look at tables, with what the caller says of them."""

    def __init__(
        self,
        format: str,  # noqa: A002  (the word of the field)
        languages: tuple[str | None, str | None],
        sheets: Mapping[str, str],
        columns: Mapping[str, str],
        *,
        guard: bool,
    ) -> None:
        self._format = format
        self._language, self._text_language = languages
        self._sheets = sheets
        self._columns = columns
        self._guard = guard

    def dataset(
        self, tables: Sequence[Table], within: Dataset | None, faults: Sequence[Issue] = ()
    ) -> tuple[Dataset, ImportReport]:
        """Make a dataset of tables.

        Raises
        ------
        ReadError
            With everything that is wrong.
        """
        with collector_paused():
            looked = self.look(tables, within, faults)
        if any(issue.severity is Severity.ERROR for issue in looked.issues):
            raise ReadError(Report(looked.issues))
        around = Dataset() if within is None else within
        data = Dataset._proven(looked.records, around.extra, around.past)  # noqa: SLF001  (checked here, by the same rules)
        return data, ImportReport.of(self._format, looked.issues)

    def look(
        self, tables: Sequence[Table], within: Dataset | None, faults: Sequence[Issue] = ()
    ) -> Looked:
        """Find out what tables hold and what is wrong with them."""
        language = self._language or language_of(tables, self._sheets)
        findings = Findings(language)
        found = tuple(self._understood(tables, findings))
        around = () if within is None else tuple(within.records())
        built = build(found, findings, guard=self._guard)
        known = Known(built, around)
        check_references(built, known, findings)
        records = (*around, *known.added.values(), *built.records)
        broken = findings.errors > 0 or bool(faults)
        for issue in check(records):
            if issue.code != "no-source" and not (broken and issue.code in _REFERENCES):
                _locate(issue, built, findings)
        if known.added and found:
            issue = Issue.of("from-vocabulary", "", ", ".join(known.added), scheme="territories")
            findings.whole(found[0].table, evolve(issue, severity=Severity.NOTE))
        issues = (*faults, *findings.issues())
        if not found and not faults:
            issues = (no_table(tables[0].file if tables else "file", language), *issues)
        return Looked(language, found, records, issues)

    def _understood(self, tables: Sequence[Table], findings: Findings) -> Iterator[Understood]:
        for table in tables:
            sheet = kind_of(table, self._sheets)
            if sheet is not None and table.rows:
                one = understood(table, sheet, self._columns, findings)
                for issue in table.notes:
                    if issue.code != "merged-cells" or _row(issue) > one.top + 1:
                        findings.whole(table, issue)
                _untitled(one, findings)
                _unclosed(one, findings)
                yield self._with_languages(one, findings)
            elif sheet is None and not is_guide(table):
                findings.whole(table, unknown(table, findings.language))

    def _with_languages(self, one: Understood, findings: Findings) -> Understood:
        """Give every text a language: as the caller says, or as its letters and titles do."""
        heads = list(one.heads)
        taken = {(h.column.name, h.language) for h in heads if h is not None and h.language}
        for place, found in text_heads(one):
            tag = self._text_language or _letters(one, place) or spoken(one.heads)
            title = one.titles[place]
            if (found.column.name, tag) in taken:
                issue = Issue.of("repeated-column", "", title)
                findings.fault(one.table, one.top, place, title, issue)
                heads[place] = None
                continue
            heads[place] = Head(found.column, tag, found.spoken)
            if self._text_language is None:
                issue = Issue.of("assumed-language", "", title, label=tag)
                findings.note(one.table, one.top, place, title, issue)
        return evolve(one, heads=tuple(heads))


def no_table(file: str, language: str) -> Issue:
    """Say that a file holds nothing that can be read."""
    listed = ", ".join(sheet_title(sheet, language) for sheet in sheet_types()[:_SHOWN])
    return Issue.of("no-table", file, "file", codes=f"{listed} ...")


def _row(issue: Issue) -> int:
    matched = _LAST_ROW.search(issue.given)
    return int(matched[1]) if matched else 0


def _letters(one: Understood, place: int) -> str | None:
    rows = one.table.rows[one.top + 1 : one.top + 1 + _ROWS_TASTED]
    texts = [str(row[place]) for row in rows if place < len(row) and not is_empty(row[place])]
    return "ar" if texts and all(map(is_arabic, texts)) else None


def _untitled(one: Understood, findings: Findings) -> None:
    """Find cells that stand below no title."""
    bare = [place for place, title in enumerate(one.titles) if not title]
    wide = len(one.titles)
    if not bare and max(map(len, one.table.rows), default=0) <= wide:
        return
    for number in range(one.top + 1, len(one.table.rows)):
        row = one.table.rows[number]
        beyond = (place for place in (*bare, *range(wide, len(row))) if place < len(row))
        place = next((place for place in beyond if not is_empty(row[place])), None)
        if place is None:
            continue
        title = cell_name(one.top, place)
        if one.table.sheet is None:
            issue = Issue.of("beyond-header", "", row[place])
            findings.fault(one.table, number, place, title, issue, private=True)
        else:
            kind = sheet_title(one.sheet, findings.language)
            issue = Issue.of("unknown-column", "", title, kind=kind)
            findings.note(one.table, number, place, title, issue)


def _unclosed(one: Understood, findings: Findings) -> None:
    """Find quotation marks that nothing closes in cells that no column reads."""
    for (row, place), issue in one.table.faults.items():
        read = row > one.top and place < len(one.heads) and one.heads[place] is not None
        if issue.code == "open-quote" and not read:
            title = one.titles[place] if place < len(one.titles) else cell_name(one.top, place)
            findings.fault(one.table, row, place, title, issue, private=True)


def _locate(issue: Issue, built: Built, findings: Findings) -> None:
    """Put what is said of a record where its cell stands."""
    matched = _PLACE.fullmatch(issue.path)
    key = (matched[1], matched[2]) if matched else ("", "")
    if matched is None or key not in built.places:
        findings.loose(issue)
        return
    doubt = issue.severity is not Severity.ERROR
    below = evolve(issue, path=matched[3])
    located(below, key, built.places[key], built, findings, doubt=doubt)
