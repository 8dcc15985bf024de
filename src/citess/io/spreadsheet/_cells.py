"""One cell read: what a person typed becomes a value of the kind that its column holds."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Final, NewType, cast

from attrs import evolve

from citess.errors import InvalidValueError, Issue
from citess.i18n import MAX_LENGTH, Text, text_fault
from citess.io._layout import MAX_INTEGER
from citess.io.spreadsheet._dates import read_date
from citess.io.spreadsheet._garbled import ungarbled
from citess.io.spreadsheet._injection import unguarded
from citess.io.spreadsheet._noting import Noting
from citess.io.spreadsheet._numbers import read_decimal, read_whole
from citess.io.spreadsheet._words import YES, Words, end_words, truth_words, words_of
from citess.model import Bound, PartialDate
from citess.model.fields import FieldType, is_term_class, value_issue
from citess.model.ids import TerritoryId
from citess.model.rules import id_rule, rule_of, text_rule

SEPARATOR: Final = ";"
"""What stands between several values in one cell; ``\\;`` is a semicolon within a value."""

ARABIC_SEPARATOR: Final = "\u061b"
"""The same in Arabic."""

ESCAPE: Final = "\\"

Read = Callable[[object], object]
_PIECE: Final = re.compile(r"(?:[^\\;\u061b]|\\.)+", re.DOTALL)
_PIECES: Final = re.compile(r"[;\u061b\n]")
_COMMAS: Final = re.compile("[,\u060c]")
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_LITERAL: Final = re.compile(r"\[(.+)\]")
_INVISIBLE: Final = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class CellReader:
    """Reads the cells of one column.

    Parameters
    ----------
    field
        What the annotation of the column says.
    language
        Language of the words in which faults suggest something.
    spoken
        Language of the titles, and most likely of the words.
    title
        Title of the column, as faults name its code list.
    guard
        Whether apostrophes before formulas are taken away.
    spaces
        Whether spaces stand between several codes, as in exports of forms.
    shift
        Days by which the count of a workbook begins later than that of 1900.
    """

    def __init__(  # noqa: PLR0913  (what is known of a column)
        self,
        field: FieldType,
        language: str,
        spoken: str,
        title: str,
        *,
        guard: bool = True,
        spaces: bool = False,
        shift: int = 0,
    ) -> None:
        self.noting = Noting(shift)
        self._kind = field.kind
        self._many = field.many
        self._language = language
        self._spoken = spoken
        self._title = title
        self._guard = guard
        self._spaces = spaces
        self._words = words_of(field.kind)
        self._one = self._chosen()

    def read(self, given: object) -> object:
        """Read a cell that is not empty.

        Raises
        ------
        InvalidValueError
            When it holds no value of the kind.
        """
        value = unguarded(given) if self._guard and isinstance(given, str) else given
        return self._several(value) if self._many else self._one(value)

    def _chosen(self) -> Read:  # noqa: PLR0911  (one answer for each kind)
        kind = self._kind
        if kind is bool:
            return self._truth
        if kind is int:
            return lambda given: read_whole(given, self.noting, MAX_INTEGER)
        if kind is Decimal:
            return lambda given: read_decimal(given, self.noting)
        if kind is PartialDate:
            return lambda given: read_date(given, self.noting)
        if kind is Bound:
            return self._end
        if self._words is not None:
            return self._code
        if kind is str or kind is Text:
            return self._plain
        return self._string

    def _several(self, given: object) -> tuple[object, ...]:
        if not isinstance(given, str):
            return (self._one(given),)
        if self._kind is str:
            pieces = [_ESCAPED.sub(r"\1", piece).strip() for piece in _PIECE.findall(given)]
        else:
            pieces = [piece.strip() for piece in _PIECES.split(given)]
        found: list[object] = []
        for piece in filter(None, pieces):
            found += self._pieces(piece)
        for n, one in enumerate(found):
            if one in found[:n]:
                raise InvalidValueError(Issue.of("repeated-value", "", str(one)))
        return tuple(found)

    def _pieces(self, piece: str) -> list[object]:
        between = (_COMMAS, re.compile(" ")) if self._spaces else (_COMMAS,)
        for mark in between if self._kind is not str else ():
            parts = [part for part in mark.split(piece) if part.strip()]
            if len(parts) > 1 and not self._is_word(piece):
                try:
                    return [self._one(part.strip()) for part in parts]
                except InvalidValueError:
                    continue
        return [self._one(piece)]

    def _is_word(self, piece: str) -> bool:
        return self._words is not None and self._words.code(piece, self._spoken) is not None

    def _plain(self, given: object) -> str:
        if isinstance(given, str) and text_fault(given) is None:
            return self._legible(given)
        text = typed(given)
        clean = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
        clean = clean.strip()
        if issue := text_rule(clean):
            near = _INVISIBLE.sub("", clean).strip()
            fit = text_fault(near) is None
            raise InvalidValueError(
                evolve(Issue.of(issue.code, "", text, suggestion=near if fit else None),
                       details=issue.details)
            )  # fmt: skip
        if clean != text:
            self.noting.note("cleaned", text)
        return self._legible(clean)

    def _legible(self, text: str) -> str:
        near = ungarbled(text)
        if near is not None:
            self.noting.note("garbled-text", text, suggestion=near)
        return text

    def _string(self, given: object) -> str:
        if isinstance(given, str) and value_issue(self._kind, given) is None:
            return given
        text = self._trimmed(given)
        issue = value_issue(self._kind, text)
        if issue is None:
            return text
        if rule_of(self._kind) is id_rule:
            lower = text.casefold()
            if value_issue(self._kind, lower) is None:
                self.noting.note("read-as", text, kept=lower)
                return lower
            if self._kind is TerritoryId:
                issue = Issue.of("bad-code", "", text, scheme="ISO 3166-2", codes="TN-53 ...")
        raise InvalidValueError(issue)

    def _code(self, given: object) -> object:
        text = self._trimmed(given)
        literal = _LITERAL.fullmatch(text)
        words = cast("Words", self._words)
        code = literal[1] if literal else words.code(text, self._spoken)
        if is_term_class(self._kind):
            if code is None or code not in words.codes:
                raise self._no_code(text)
            return self._kind(code)
        if code is None or literal:
            text = code or text
            if issue := value_issue(self._kind, text):
                raise self._no_code(text) if issue.code == "bad-code" else self._near(issue, text)
            return text
        return code

    def _near(self, issue: Issue, text: str) -> InvalidValueError:
        near = issue.suggestion or cast("Words", self._words).near(text, self._language)
        return InvalidValueError(evolve(issue, suggestion=near))

    def _no_code(self, text: str) -> InvalidValueError:
        words = cast("Words", self._words)
        near = words.near(text, self._language)
        listed = words.listed(self._language)
        return InvalidValueError(
            Issue.of("bad-code", "", text, suggestion=near, scheme=self._title, codes=listed)
        )

    def _truth(self, given: object) -> bool:
        if isinstance(given, bool):
            return given
        words = truth_words()
        code = words.code(self._trimmed(given), self._spoken)
        if code is None:
            raise InvalidValueError(
                Issue.of("bad-truth", "", given, codes=words.listed(self._language))
            )
        return code == YES

    def _end(self, given: object) -> Bound:
        if isinstance(given, str):
            code = end_words().code(given.strip(), self._spoken)
            if code is not None:
                return Bound(code)
        return Bound(str(read_date(given, self.noting)))

    def _trimmed(self, given: object) -> str:
        text = typed(given)
        clean = _INVISIBLE.sub("", text).strip()
        if clean != text:
            self.noting.note("cleaned", text)
        return clean


def typed(given: object) -> str:
    """Text that a person sees in a cell: a whole number has no decimals, a date is ISO."""
    if isinstance(given, float) and given.is_integer():
        return str(int(given))
    if isinstance(given, datetime | date):
        return given.isoformat()
    return str(given)[: MAX_LENGTH + 1]


def escaped(item: str) -> str:
    """Write a value so that the separators in it are not taken for separators."""
    for mark in (ESCAPE, SEPARATOR, ARABIC_SEPARATOR):
        item = item.replace(mark, ESCAPE + mark)
    return item


def is_id_kind(kind: object) -> bool:
    """Tell whether values of a kind are ids."""
    return isinstance(kind, NewType) and rule_of(kind) is id_rule
