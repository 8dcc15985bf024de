"""Rows made into objects: what the columns hold of a class, and of the classes within it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, cast

from citess.errors import InvalidValueError, Issue
from citess.i18n import Text
from citess.io._others import first_of, given_anyway, others, required_fields
from citess.io.spreadsheet._columnar import EMPTY, FAULTY, Values
from citess.io.spreadsheet._headers import ORDER
from citess.model import Bound
from citess.model.fields import field_types, is_domain_class

Fault = Callable[[int, str, Issue], None]
"""What is called with the place of a row, the name of a column and the issue."""

_UNKNOWN_END: Final = Bound("unknown")


class Block:
    """What the columns of a table hold of a class."""

    def __init__(self, cls: type, columns: Sequence[Values], path: tuple[str, ...] = ()) -> None:
        self.cls = cls
        self.path = path
        self._needed = required_fields(cls)
        self._new_object = cast("Callable[[type], object]", object.__new__)
        self._fill = cast("Callable[..., None]", cast("Any", cls).__init__.__wrapped__)
        self.base = given_anyway(cls)
        self._simple: list[tuple[str, list[object]]] = []
        self._texts: list[tuple[str, list[Values]]] = []
        self._within: list[tuple[str, Block]] = []
        depth = len(path)
        self.present = frozenset(c.column.path[depth] for c in columns)
        for name, field in field_types(cls).items():
            mine = [c for c in columns if c.column.path[depth] == name]
            if not mine:
                continue
            if is_domain_class(field.kind):
                self._within.append((name, Block(field.python, mine, (*path, name))))
            elif field.kind is Text:
                said = [one for one in mine if not one.is_empty]
                self._texts += [(name, said)] if said else []
            elif not mine[0].is_empty:
                self._simple.append((name, mine[0].cells))
        self._cells = [c.cells for c in columns]
        self._known: dict[tuple[object, ...], object] = {}

    def given(self, n: int, fault: Fault) -> tuple[dict[str, object], set[str]]:
        """Give what row number ``n`` holds by field, and the fields that are faulty."""
        found = dict(self.base)
        bad: set[str] = set()
        for name, cells in self._simple:
            value = cells[n]
            if value is FAULTY:
                bad.add(name)
            elif value is not EMPTY:
                found[name] = value
        for name, columns in self._texts:
            text = _text(columns, n)
            if text is FAULTY:
                bad.add(name)
            elif text is not EMPTY:
                found[name] = text
        for name, block in self._within:
            inner = block.made(n, fault)
            if inner is FAULTY:
                bad.add(name)
            elif inner is not EMPTY:
                found[name] = inner
        return found, bad

    def missing(self, found: Mapping[str, object], bad: set[str]) -> list[str]:
        """Required fields that a row does not give."""
        return [name for name in self._needed if name not in found and name not in bad]

    def made(self, n: int, fault: Fault) -> object:
        """Make the object of a row; :class:`Absent` where there is none, or it is faulty."""
        key = tuple([cells[n] for cells in self._cells])
        if key not in self._known:
            made = self._new(n, fault)
            if made is FAULTY:
                return FAULTY
            self._known[key] = made
        return self._known[key]

    def _new(self, n: int, fault: Fault) -> object:
        found, bad = self.given(n, fault)
        if not bad and len(found) == len(self.base):
            return EMPTY
        for name, field in field_types(self.cls).items():
            if field.kind is Bound and name not in found and name not in bad:
                found[name] = _UNKNOWN_END
        lacking = self.missing(found, bad)
        for name in lacking:
            where = name if name in self.present else next(iter(self.present))
            issue = Issue.of("missing-field", "", None, field=name)
            fault(n, self._dotted(where), issue)
        if not bad and not lacking:
            try:
                return self.construct(found)
            except InvalidValueError as error:
                fault(n, self._dotted(error.issue.path), error.issue)
                bad.add(first_of(error.issue))
        for issue in others(self.cls, found, bad | {*lacking})[0]:
            fault(n, self._dotted(issue.path), issue)
        return FAULTY

    def construct(self, found: Mapping[str, object]) -> object:
        """Make an object of values that were checked one by one when their cells were read.

        Raises
        ------
        InvalidValueError
            When the values do not fit together.
        """
        made = self._new_object(self.cls)
        self._fill(made, **found)
        return made

    def _dotted(self, name: str) -> str:
        return ".".join((*self.path, name))


def _text(columns: Sequence[Values], n: int) -> object:
    """Make a text of cells that were checked one by one when they were read."""
    texts: dict[str, str] = {}
    order: tuple[str, ...] = ()
    for column in columns:
        value = column.cells[n]
        if value is FAULTY:
            return FAULTY
        if value is EMPTY:
            continue
        if column.head.language == ORDER:
            order = cast("tuple[str, ...]", value)
        else:
            texts[column.head.language or ""] = cast("str", value)
    if not texts:
        return EMPTY
    if order:
        rest = (tag for tag in texts if tag not in order)
        texts = {tag: texts[tag] for tag in (*order, *rest) if tag in texts}
    made = Text.__new__(Text)
    object.__setattr__(made, "_json", texts)
    return made
