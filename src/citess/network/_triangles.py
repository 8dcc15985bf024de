"""Triangles of a graph, listed from their node of lowest degree upwards."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from attrs import frozen

from citess.network._extra import fast

if TYPE_CHECKING:
    from citess.network._arrays import Floats, TieArrays, Whole

_BATCH = 1 << 17
_DENSE_FLOOR = 1 << 22
_SEARCH_COST, _PRODUCT_COST = 60.0, 0.3  # nanoseconds per open pair, per cell of a product


@frozen(kw_only=True, eq=False)
class Upward:
    """Every tie once, from its end of lower rank to that of higher; ranks grow with degree.

    A node has at most the square root of twice the ties above it, so few pairs have to be looked
    at even where twenty hubs share all partners.
    """

    size: int
    """How many nodes there are."""

    order: "Whole"
    """Node of each rank."""

    tail: "Whole"
    """Rank of the lower end of each tie, ascending."""

    head: "Whole"
    """Rank of the upper end, ascending within one tail."""

    last: "Whole"
    """Where the row of ``tail`` ends."""

    values: "Floats"
    """What the tie carries."""

    keys: "Whole"
    """Both ends of each tie as one number, ascending."""

    core: int
    """First rank of the dense core, whose triangles are found by products of matrices."""

    @classmethod
    def of(cls, ties: "TieArrays[Any]", values: "Floats | None", flags: int = 1) -> "Upward":
        """Ties in order of rank.

        Values of both directions add where ties have a direction; without values, those that go
        up count 1 and those that go down ``flags``.
        """
        np, sparse = fast("numpy"), fast("scipy.sparse")
        n = len(ties.nodes)
        degree = np.diff(ties.starts)
        if ties.directed:
            degree = degree + np.bincount(ties.heads, minlength=n)
        order = np.argsort(degree, kind="stable").astype(np.int32)
        rank = np.empty(n, dtype=np.int32)
        rank[order] = np.arange(n, dtype=np.int32)
        a, b = np.repeat(rank, np.diff(ties.starts)), rank[ties.heads]
        up = a < b
        if values is None and not ties.directed:
            keys = np.sort(a[up].astype(np.int64) * n + b[up])
            tail = (keys // max(n, 1)).astype(np.int32)
            head = (keys - tail.astype(np.int64) * n).astype(np.int32)
            data = np.ones(len(keys), dtype=np.int8)
        else:
            if values is None:
                data = np.where(up, 1.0, float(flags))
            else:
                data = values if ties.directed else values[up]
            if ties.directed:
                a, b = np.minimum(a, b), np.maximum(a, b)
            else:
                a, b = a[up], b[up]
            table = sparse.csr_array((data, (a, b)), shape=(n, n))
            tail = np.repeat(np.arange(n, dtype=np.int32), np.diff(table.indptr))
            head, data = table.indices, table.data
            keys = tail.astype(np.int64) * n + head
        above = np.bincount(tail, minlength=n)
        return cls(
            size=n, order=order, tail=tail, head=head, last=np.repeat(np.cumsum(above), above),
            values=data, keys=keys, core=_core(above, len(head)),
        )  # fmt: skip

    def batches(self) -> "Iterator[tuple[Whole, Whole, Whole]]":
        """Triangles outside the core, as positions of their three ties.

        The first two ties go up from the lowest node, to the middle and to the highest; the third
        joins those. Batches are about as long as there are ties.
        """
        np = fast("numpy")
        m = len(self.tail)
        outside = int(np.searchsorted(self.tail, self.core))
        above = np.bincount(self.tail, minlength=self.size)
        pairs = self.last[:outside] - np.arange(1, outside + 1)
        pairs[above[self.head[:outside]] == 0] = 0
        ends = np.cumsum(pairs, dtype=np.int64)
        total = int(ends[-1]) if outside else 0
        if not total:
            return
        keys = self.keys
        seen = _Seen(keys)
        base = self.head.astype(np.int64) * self.size
        kept: list[Any] = []
        count = 0
        edge = 0
        while edge < outside:
            done = int(ends[edge - 1]) if edge else 0
            stop = max(edge + 1, int(np.searchsorted(ends, done + _BATCH, side="right")))
            here = pairs[edge:stop]
            length = int(ends[stop - 1]) - done
            row = np.cumsum(here) - here
            shift = np.arange(edge + 1, stop + 1) - row
            second = np.arange(length) + np.repeat(shift, here)
            key = np.repeat(base[edge:stop], here) + self.head[second]
            maybe = seen.maybe(key)
            third = np.searchsorted(keys, key[maybe])
            third[third == m] = 0
            closed = keys[third] == key[maybe]
            at = maybe[closed]
            first = edge + np.searchsorted(row, at, side="right") - 1
            kept.append((first, second[at], third[closed]))
            count += len(kept[-1][0])
            edge = stop
            if count >= max(m, _BATCH) or edge == outside:
                if count:
                    yield cast(
                        "Any", tuple(np.concatenate(part) for part in zip(*kept, strict=True))
                    )
                kept, count = [], 0

    def dense(self) -> "tuple[Whole, Whole, slice]":
        """Ties inside the core: positions of both ends within it, and which ties they are."""
        np = fast("numpy")
        inside = slice(int(np.searchsorted(self.tail, self.core)), len(self.tail))
        return self.tail[inside] - self.core, self.head[inside] - self.core, inside


class _Seen:
    """A table of bits that knows most pairs that are not tied, and never errs on those that are."""

    def __init__(self, keys: "Whole") -> None:
        np = fast("numpy")
        bits = max(10, int(8 * len(keys)).bit_length())
        self._shift = np.uint64(61 - bits)
        self._table = np.zeros(1 << bits, dtype=np.uint8)
        slot, bit = self._place(keys)
        np.bitwise_or.at(self._table, slot, np.left_shift(np.uint8(1), bit))

    def maybe(self, keys: "Whole") -> "Whole":
        """Positions of the keys that may be there."""
        np = fast("numpy")
        slot, bit = self._place(keys)
        return cast("Whole", np.flatnonzero((self._table[slot] >> bit) & np.uint8(1)))

    def _place(self, keys: "Whole") -> Any:
        np = fast("numpy")
        mixed = (keys.view(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> self._shift
        return (mixed >> np.uint64(3)).view(np.int64), mixed.astype(np.uint8) & np.uint8(7)


def _core(above: "Whole", ties: int) -> int:
    np = fast("numpy")
    n = len(above)
    pairs = np.cumsum(above.astype(np.int64) * (above - 1) // 2)
    if not n or not pairs[-1]:
        return n
    best, cost = n, float(pairs[-1]) * _SEARCH_COST
    largest = int(np.sqrt(max(_DENSE_FLOOR, 8 * ties)))
    sizes = [size for size in (64 << k for k in range(20)) if size < min(n, largest)]
    for size in (*sizes, min(n, largest)):
        left = float(pairs[n - size - 1]) if size < n else 0.0
        price = left * _SEARCH_COST + size**3 * _PRODUCT_COST + 1e5
        if price < cost:
            best, cost = n - size, price
    return best
