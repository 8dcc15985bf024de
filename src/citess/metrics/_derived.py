"""Counts of rows that are worked out from records as the caller asks."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Unpack

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


@frozen(kw_only=True)
class Derived(Counted):
    """Counts the rows of a table that options of the metric shape.

    On frames, the rows are those that the caller brings as a frame of that name.
    """

    derive: Callable[[Dataset, Asked], Iterable[Row]]
    """Works the rows out."""

    def __call__(self, data: "Dataset | nx.Graph[str]", asked: Asked, /) -> Tally:
        """Count the rows of a dataset."""
        records = records_only(data)
        fold = self.begin(records, asked)
        fold.take(self.derive(records, asked))
        return fold.tally()


def derive(
    table: str,
    rows: Callable[[Dataset, Asked], Iterable[Row]],
    *,
    sums: str | Iterable[str] = (),
    **given: Unpack[Declared],
) -> Derived:
    """Declare a count of rows that are worked out as the caller asks."""
    return Derived(table=table, derive=rows, sums=names(sums), **common(given))
