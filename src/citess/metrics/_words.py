"""Values as words of facts and groups, placed in the cells in which a row falls."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product
from typing import Final, cast

from attrs import define, field

from citess.metrics._facts import NOT_KNOWN, Fact, Number
from citess.metrics._tally import Group
from citess.metrics.tables import Column

NO_GROUP: Final = "not known"
"""Group of the records whose dimension is not known."""

Values = tuple[object, ...]


def word(value: object) -> str:
    """Write a value as a word of a fact; what is not known is empty.

    Numbers are written alike whatever holds them, so that objects and frames of every engine name
    the same fact.

    Examples
    --------
    >>> word(None), word(True), word(3), word(3.0), word(Decimal("2.50"))
    ('', 'yes', '3', '3', '2.5')
    """
    if isinstance(value, str):
        return str(value)
    if value is None:
        return NOT_KNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def placed(
    columns: Sequence[Column], values: Values, width: int
) -> Iterator[tuple[Group | None, Fact]]:
    """Facts of a row: for the whole (no group), and for each of its groups.

    The first ``width`` values are those of the groups, the others make the fact; of several values
    each counts.
    """
    words = [
        tuple(map(word, cast("Values", value) or (None,))) if column.several else (word(value),)
        for column, value in zip(columns, values, strict=True)
    ]
    facts = list(product(*words[width:]))
    yield from ((None, fact) for fact in facts)
    if width:
        for by in product(*words[:width]):
            group = tuple(one or NO_GROUP for one in by)
            yield from ((group, fact) for fact in facts)


def _whole() -> dict[Group, defaultdict[Fact, Number]]:
    return {(): defaultdict(int)}


@define
class Sheet:
    """The numbers of one count in the making."""

    columns: Sequence[Column]
    """Columns of the groups, then those of the fact."""

    width: int
    """How many of them make the group."""

    label: str | None = None
    """First word of every fact."""

    groups: dict[Group, defaultdict[Fact, Number]] = field(factory=_whole)
    """Numbers by group and fact."""

    ids: dict[Group, defaultdict[Fact, set[str]]] = field(
        factory=dict[Group, defaultdict[Fact, set[str]]]
    )
    """Different things by group and fact."""

    def named(self, fact: Fact) -> Fact:
        """Fact with the label before it."""
        return fact if self.label is None else (self.label, *fact)

    def cells(self, values: Values, head: Fact = ()) -> Iterator[tuple[Group, Fact]]:
        """Groups, the whole among them, and facts that a row counts in."""
        for by, fact in placed(self.columns, values, self.width):
            yield by or (), self.named((*head, *fact))

    def add(self, values: Values, number: Number, head: Fact = ()) -> None:
        """Add a number to the whole and to every group."""
        for group, fact in self.cells(values, head):
            self.at(group)[fact] += number

    def at(self, group: Group) -> defaultdict[Fact, Number]:
        """Numbers of a group."""
        return self.groups.setdefault(group, defaultdict(int))

    def name(self, values: Values, found: set[str]) -> None:
        """Note things that a fact holds of."""
        for group, fact in self.cells(values):
            known = self.ids.setdefault(group, defaultdict(set))
            if fact in known:
                known[fact] |= found
            else:
                known[fact] = set(found)
