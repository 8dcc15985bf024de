"""Tables: the columns of records that metrics read, the same for objects and for frames."""

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Final, Literal, Protocol, cast

from attrs import field, frozen

from citess.model import AgeBand, Dataset, PartialDate
from citess.model.ids import TerritoryId

Kind = Literal["text", "date", "number", "flag"]
Row = object
Getter = Callable[[Row], object]
Binder = Callable[[Dataset], Getter]


class Rows(Protocol):
    """Gives the rows of a table from the records of a dataset."""

    def __call__(self, data: Dataset, /) -> Iterable[Row]: ...


@frozen(kw_only=True)
class Column:
    """One column: its kind, and how its value is got from a row."""

    kind: Kind = "text"
    """Kind of the values."""

    path: str | None = None
    """Attribute of the row that holds the value."""

    bind: Binder | None = None
    """Makes what gets the value, where it needs other records."""

    joins: tuple[str, ...] | None = None
    """Shelves of the records it needs, where it is bound to them; ``None`` when not told."""

    several: bool = False
    """Whether a row has a tuple of values, each of which it belongs to."""

    personal: bool = False
    """Whether it identifies a person: it never leaves in a tally."""

    meaning: str = ""
    """What it says, for those who bring frames of their own."""

    @property
    def dimension(self) -> bool:
        """Whether it is fit to break measures down by."""
        return self.kind in {"text", "flag"} and not self.personal and self.path != "id"

    def getter(self, data: Dataset) -> Getter:
        """What gets the value from a row."""
        if self.bind is not None:
            return self.bind(data)
        return attrgetter(self.path or "")


@frozen(kw_only=True)
class Table:
    """Rows of one sort of event or state, one record each unless said otherwise."""

    name: str
    """Name: ``"cases"``, as :class:`~citess.metrics.Tables` has it."""

    rows: Rows
    """Gives the rows from a dataset."""

    columns: Mapping[str, Column]
    """Columns by name."""

    record: type | None = None
    """Class of the rows, where each is one record."""

    flow: str | None = None
    """Date column by which a period is asked for, where rows are events."""

    stock: str | None = None
    """Column of the period in which a row holds, where rows are states."""

    key: str | None = field(default="id")
    """Column by which a row is known; the same row twice is refused."""

    def column(self, name: str) -> Column:
        """Column of a name; after a colon stands what lies above, as ``"territory:governorate"``.

        Raises
        ------
        ValueError
            Naming the columns that there are.
        """
        base, _, scheme = name.partition(":")
        if base not in self.columns or (scheme and base != TERRITORY):
            msg = f"{name!r} is no dimension of this metric; it has {', '.join(self.columns)}"
            raise ValueError(msg)
        found = self.columns[base]
        return ancestors(found, scheme) if scheme else found


TERRITORY: Final = "territory"


def ancestors(column: Column, scheme: str) -> Column:
    """Column of the territories above one: of a level, or by a scheme of grouping."""

    def bind(data: Dataset) -> Getter:
        get, known = column.getter(data), dict[str, tuple[str, ...]]()

        def over(row: Row) -> tuple[str, ...]:
            found = get(row)
            start = cast("tuple[object, ...]", found if isinstance(found, tuple) else (found,))
            names = [str(one) for one in start if one is not None]
            for name in names:
                if name not in known:
                    known[name] = above(data, name, scheme)
            return tuple(dict.fromkeys(up for name in names for up in known[name]))

        return over

    return Column(bind=bind, several=True, meaning=f"ancestors of the territory by {scheme}")


def above(data: Dataset, territory: str, scheme: str) -> tuple[str, ...]:
    """Territories above one, itself among them: those of a level, or the parents by a scheme."""
    found: dict[str, None] = {}
    waiting = [territory]
    while waiting:
        one = data.territories[TerritoryId(waiting.pop())]
        if str(one.level) == scheme:
            found[one.id] = None
        for parent in one.parents:
            if str(parent.scheme) == scheme:
                found[parent.territory] = None
            waiting.append(parent.territory)
    return tuple(sorted(found))


def age_text(band: AgeBand | None) -> str | None:
    """Write an age band as a word: ``"18-29"``, ``"65+"``."""
    if band is None:
        return None
    return f"{band.lower}+" if band.upper is None else f"{band.lower}-{band.upper}"


def year(date: object) -> str | None:
    """Year of a partial date, as text."""
    return str(date.earliest.year) if isinstance(date, PartialDate) else None


def attribute(path: str, *, kind: Kind = "text", personal: bool = False, meaning: str) -> Column:
    """Column that is an attribute of the row."""
    return Column(kind=kind, path=path, personal=personal, meaning=meaning)


def derived(get: Getter, *, kind: Kind = "text", personal: bool = False, meaning: str) -> Column:
    """Column computed from the row alone."""
    return Column(kind=kind, bind=lambda _: get, joins=(), personal=personal, meaning=meaning)
