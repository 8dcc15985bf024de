"""Counts of rows that are worked out from records as the caller asks."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NotRequired, Unpack

from attrs import frozen

from citess.metrics._asked import Asked
from citess.metrics._count import records_only
from citess.metrics._counted import Counted
from citess.metrics._reading import Declared, common, names
from citess.metrics._tally import Tally
from citess.metrics.tables._table import Row
from citess.model import Dataset

if TYPE_CHECKING:
    import networkx as nx

    from citess.metrics._tables import Tables


@frozen(kw_only=True)
class Derived(Counted):
    """Counts the rows of a table that options of the metric shape.

    On frames, the rows are those that the caller brings as a frame of that name. Options cannot
    shape those; but where the options alone say what the rows are, no frame is needed.
    """

    derive: Callable[[Dataset, Asked], Iterable[Row]]
    """Works the rows out."""

    shaped: tuple[str, ...] = ()
    """Options that shape the rows."""

    free: tuple[str, ...] = ()
    """Dimensions of rows that the options alone say, without records."""

    frames: bool = True
    """Whether a frame can hold the rows."""

    @property
    def options(self) -> tuple[str, ...]:
        """Options of a metric that it heeds: those that shape the rows."""
        return self.shaped

    def __call__(self, data: "Dataset | nx.Graph[str]", asked: Asked, /) -> Tally:
        """Count the rows of a dataset."""
        records = records_only(data)
        fold = self.begin(records, asked)
        fold.take(self.derive(records, asked))
        return fold.tally()

    def on_frames(self, tables: "Tables", asked: Asked) -> Tally:
        """Count the rows of a frame, or those that the options say.

        Raises
        ------
        ValueError
            When no frame can hold the rows, or an option would shape those that one holds.
        """
        if not self.frames:
            msg = f"rows of {self.table!r} are worked out here: give records, or Tables.of(records)"
            raise ValueError(msg)
        shapes = any(asked.options.get(name) is not None for name in self.shaped)
        if shapes and self.free and {*asked.by, *asked.where} <= set(self.free):
            return self(Dataset(), asked)
        refuse_shaping(self.table, self.shaped, asked, save=self.free)
        return super().on_frames(tables, asked)


def refuse_shaping(
    table: str, shaped: Iterable[str], asked: Asked, *, save: Iterable[str] = ()
) -> None:
    """Refuse options that shape rows where a frame holds the rows.

    Raises
    ------
    ValueError
        Naming the option and the frame.
    """
    given = [name for name in shaped if asked.options.get(name) is not None]
    if given:
        hint = f", save by {', '.join(save)}" if save else ""
        msg = (
            f"the option {given[0]!r} cannot shape the rows of the frame {table!r}{hint}: "
            "bring them shaped, and leave the option out"
        )
        raise ValueError(msg)


class Derivation(Declared):
    """What a count of derived rows is told."""

    sums: NotRequired[str | Iterable[str]]
    """Columns of numbers that are summed."""
    shaped: NotRequired[str | Iterable[str]]
    """Options that shape the rows."""
    free: NotRequired[str | Iterable[str]]
    """Dimensions of rows that the options alone say, without records."""
    frames: NotRequired[bool]
    """Whether a frame can hold the rows."""


def derive(
    table: str,
    rows: Callable[[Dataset, Asked], Iterable[Row]],
    **given: Unpack[Derivation],
) -> Derived:
    """Declare a count of rows that are worked out as the caller asks."""
    return Derived(
        table=table,
        derive=rows,
        sums=names(given.get("sums", ())),
        shaped=names(given.get("shaped", ())),
        free=names(given.get("free", ())),
        frames=given.get("frames", True),
        **common(given),
    )
