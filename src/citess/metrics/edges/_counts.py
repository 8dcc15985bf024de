"""What a frame of edges tells by counting ties: density, reciprocity, mixing, degrees."""

from typing import TYPE_CHECKING, TypeAlias

import narwhals.stable.v2 as nw
from attrs import evolve

from citess.metrics._registry import as_measure
from citess.metrics.edges._chance import across
from citess.metrics.edges._door import (
    A,
    B,
    G,
    V,
    W,
    check_alike,
    check_sectors,
    check_strength,
    engine_of,
    is_eager,
    known,
    opened,
)
from citess.metrics.edges._plans import (
    PAIR,
    arcs,
    ends,
    joined,
    nodes,
    numbers,
    ordered,
    pairs,
    proper,
    sectors,
    size,
    summed,
    with_sectors,
)
from citess.metrics.frames._plan import Frame, distinct, grouped, rows
from citess.metrics.graphs.centres import concentration_of, tie_concentration
from citess.metrics.graphs.mixing import ei_index, ei_of, reciprocity, reciprocity_of
from citess.metrics.networks import MODES, density, density_of
from citess.metrics.tests_of_chance import normal_p

if TYPE_CHECKING:
    from citess.metrics._measure import Measure
    from citess.metrics.tables._table import Kind

Node: TypeAlias = str | int
"""Nodes are named by text or by whole numbers."""


class EdgeCounts:
    """A frame of edges, and what counts of its ties tell; see :class:`EdgeTable`."""

    __slots__ = ("_eager", "_edges", "_listed", "_sector", "directed", "engine", "strength")

    directed: bool
    """Whether ties have a direction."""

    engine: str
    """Engine of the frame: ``"polars"``, ``"duckdb"`` ..."""

    strength: str | None
    """Column of the strength of ties."""

    def __init__(  # noqa: PLR0913  (each names a column or its meaning)
        self,
        edges: object,
        *,
        source: str = "source",
        target: str = "target",
        strength: str | None = None,
        directed: bool = False,
        nodes: object = None,
        node: str = "node",
        sector: str | None = None,
    ) -> None:
        if sector is not None and nodes is None:
            msg = f"sectors are told of nodes: give the frame that has {node!r} and {sector!r}"
            raise ValueError(msg)
        columns: dict[str, tuple[str, Kind]] = {A: (source, "text"), B: (target, "text")}
        if strength is not None:
            columns[W] = strength, "number"
        self._edges = opened("edges", edges, columns)
        self._eager = is_eager(edges)
        self.engine, self.directed, self.strength = engine_of(self._edges), directed, strength
        self._listed: Frame | None = None
        self._sector = sector
        alike = [(source, self._edges, A), (target, self._edges, B)]
        if nodes is not None:
            of_nodes: dict[str, tuple[str, Kind]] = {V: (node, "text")}
            if sector is not None:
                of_nodes[G] = sector, "text"
            self._listed = opened("nodes", nodes, of_nodes)
            if engine_of(self._listed) != self.engine:
                other = engine_of(self._listed)
                msg = f"the frames must be of one engine, not of {self.engine} and {other}"
                raise ValueError(msg)
            alike.append((node, self._listed, V))
        check_alike(alike)
        if strength is not None:
            check_strength(self._edges, strength)
        if self._listed is not None and sector is not None:
            self._listed = self._listed.select(V, nw.col(G).cast(nw.String))
            check_sectors(self._listed, sector)

    def _pairs(self) -> Frame:
        return pairs(self._edges)

    def _arcs(self, *, strength: bool = False, directed: bool = True) -> Frame:
        return arcs(self._edges, strength=strength, directed=directed and self.directed)

    def _nodes(self) -> Frame:
        return nodes(self._edges, self._listed)

    def _given(self, frame: Frame) -> object:
        """Frame for the user: with its rows, where the edges held theirs."""
        return frame.collect().to_native() if self._eager else frame.to_native()

    def _missing(self) -> int:
        return size(self._edges.filter(~known()))

    def density(self, *, mode: str = "undirected") -> "Measure":
        """Density (N01), as :func:`citess.metrics.density` of the same graph.

        With ``mode="bipartite"`` the two columns are the two sides; nodes that are listed and have
        no tie have no side, and are left out.

        Raises
        ------
        ValueError
            When the mode does not exist, or a node stands on both sides.
        """
        if mode not in MODES:
            msg = f"{mode!r} is no mode of density; modes are {', '.join(MODES)}"
            raise ValueError(msg)
        simple = self._arcs() if mode == "directed" else self._pairs()
        real = size(proper(self._edges))
        loops = size(self._edges.filter(known())) - real
        m, real = size(simple), real if mode != "directed" or self.directed else 2 * real
        n, possible = self._possible(mode)
        k = nw.col("k").cast(nw.Int64)
        held = summed(
            nw.concat([simple.select(nw.col(end).alias(V)) for end in simple.columns[:2]]), V,
            k=("len", ""),
        ).select(k=k, x=k * k)  # fmt: skip
        degrees = numbers(held, k=("sum", "k"), x=("sum", "x"))
        found = density_of(
            n,
            m,
            possible,
            mode,
            merged=real - m,
            loops=loops,
            degrees=(degrees[0], degrees[1]),
            missing=self._missing(),
        )
        return as_measure(density, found)

    def _possible(self, mode: str) -> tuple[int, int]:
        if mode == "bipartite":
            one, other = (
                distinct(self._edges.select(nw.col(c).alias(V)).filter(~nw.col(V).is_null()), (V,))
                for c in (A, B)
            )
            if both := size(one.join(other, on=V)):
                msg = f"two sides are wanted; {both} nodes stand in both columns"
                raise ValueError(msg)
            first, second = size(one), size(other)
            return first + second, first * second
        n = size(self._nodes())
        return n, n * (n - 1) if mode == "directed" else n * (n - 1) // 2

    def reciprocity(self) -> "Measure":
        """Reciprocity of arcs (N14), as :func:`citess.metrics.reciprocity` of the same graph.

        Raises
        ------
        ValueError
            When ties have no direction.
        """
        if not self.directed:
            msg = "reciprocity wants ties with direction; give directed=True where they have one"
            raise ValueError(msg)
        both = grouped(ordered(self._arcs()), PAIR, {"k": ("len", "")})
        twice = nw.when(nw.col("k") > 1).then(nw.lit(1)).otherwise(nw.lit(0))
        tied, mutual = numbers(both.select(x=twice), n=("len", ""), x=("sum", "x"))
        return as_measure(reciprocity, reciprocity_of(int(tied), int(mutual), self._missing()))

    def ei_index(self) -> "Measure":
        """External-internal index (N08), as :func:`citess.metrics.ei_index` of the same graph.

        ``expected``, ``z`` and ``p`` are not drawn: mean and standard deviation over every
        permutation of the sectors are worked out, and ``p`` is that of the normal distribution.

        Raises
        ------
        ValueError
            When no sectors are given, or no node has one.
        """
        listed = self._sectors()
        sizes = [int(n) for _, n in rows(grouped(sectors(listed), (G,), {"n": ("len", "")}))]  # type: ignore[call-overload]  # a count
        if not sizes and size(self._nodes()):
            msg = f"no node has the attribute {self._sector!r}"
            raise ValueError(msg)
        tied = with_sectors(self._pairs(), listed, PAIR)
        inside = tied.filter(~nw.col("ga").is_null()).filter(~nw.col("gb").is_null())
        crosses = nw.when(nw.col("ga") != nw.col("gb")).then(nw.lit(1)).otherwise(nw.lit(0))
        m, external = numbers(inside.select(x=crosses), n=("len", ""), x=("sum", "x"))
        degree = summed(ends(inside), V, k=("len", ""))
        twice = nw.col("k").cast(nw.Int64) * (nw.col("k").cast(nw.Int64) - 1)
        (shared,) = numbers(degree.select(x=twice), x=("sum", "x"))
        null = across(sizes, int(m), int(shared) // 2)
        missing = size(self._pairs()) - int(m)
        found = ei_of(int(external), int(m), missing, {"sector": self._sector})
        if null is not None and found.value is not None:
            z = (float(found.value) - (2 * null.mean - 1)) / (2 * null.sd) if null.sd else None
            chance = {
                "expected": 2 * null.mean - 1,
                "z": z,
                "p": None if z is None else normal_p(z),
            }
            found = evolve(
                found, parts=chance, method={**found.method, "null": "every permutation of sectors"}
            )
        return as_measure(ei_index, found)

    def _sectors(self) -> Frame:
        if self._listed is None or self._sector is None:
            msg = "no sectors are given: name the frame of nodes and its column, as sector='sector'"
            raise ValueError(msg)
        return self._listed

    def mixing(self) -> dict[tuple[str, str], int]:
        """Ties by the sectors of both ends; without direction, each pair once and in order.

        A sector that is not known is ``""``.

        Raises
        ------
        ValueError
            When no sectors are given.
        """
        listed = self._sectors()
        ties = self._arcs() if self.directed else self._pairs().rename({"lo": A, "hi": B})
        tied = with_sectors(ties, listed, (A, B))
        found: dict[tuple[str, str], int] = {}
        for one, other, n in rows(grouped(tied, ("ga", "gb"), {"n": ("len", "")})):
            pair = str(one or ""), str(other or "")
            key = pair if self.directed else (min(pair), max(pair))
            found[key] = found.get(key, 0) + int(str(n))
        return dict(sorted(found.items()))

    def tie_concentration(self) -> "Measure":
        """Concentration of ties (N02b), as :func:`citess.metrics.tie_concentration`."""
        if self.strength is None:
            held = summed(ends(self._pairs()), V, x=("len", ""))
        else:
            held = summed(self._arcs(strength=True, directed=False), A, x=("sum", W))
        x = nw.col("x").cast(nw.Float64)
        total, squares, most = numbers(
            held.select(x=x, y=x * x), t=("sum", "x"), s=("sum", "y"), m=("max", "x")
        )
        n = size(self._nodes())
        found = concentration_of(
            n, total, squares, most, strength=self.strength, missing=self._missing()
        )
        return as_measure(tie_concentration, found)

    def degrees(self) -> object:
        """Number of different contacts of each node: ``node``, ``degree``.

        Where ties have a direction, ``out_degree`` and ``in_degree`` stand beside.
        """
        counts = [(summed(ends(self._pairs()), V, degree=("len", "")), "degree", nw.Int64)]
        if self.directed:
            one = self._arcs()
            counts += [
                (summed(one, A, out_degree=("len", "")), "out_degree", nw.Int64),
                (summed(one, B, in_degree=("len", "")), "in_degree", nw.Int64),
            ]
        found = joined(self._nodes(), *counts)
        return self._given(found.rename({V: "node"}))

    def strengths(self) -> object:
        """Sum of the strengths of the ties of each node, and how they concentrate on one contact.

        ``node``, ``strength`` and ``hhi``: the sum of the squared shares of its contacts, 1 where
        all goes to one, null without ties. Where ties have a direction both are added, and
        ``out_strength`` and ``in_strength`` stand beside.

        Raises
        ------
        ValueError
            When no column of strengths is given.
        """
        if self.strength is None:
            msg = "no strength is given: name the column, as strength='hours'"
            raise ValueError(msg)
        both = self._arcs(strength=True, directed=False).select(A, W, s=nw.col(W) * nw.col(W))
        whole = summed(both, A, strength=("sum", W), squares=("sum", "s"))
        sums = [(whole, "strength", nw.Float64), (whole, "squares", nw.Float64)]
        if self.directed:
            one = self._arcs(strength=True)
            sums += [
                (summed(one, A, out_strength=("sum", W)), "out_strength", nw.Float64),
                (summed(one, B, in_strength=("sum", W)), "in_strength", nw.Float64),
            ]
        found = joined(self._nodes(), *sums)
        total = nw.col("strength")
        share = nw.when(total > 0).then(nw.col("squares") / (total * total))
        others = [name for _, name, _ in sums if name not in {"strength", "squares"}]
        return self._given(
            found.select(nw.col(V).alias("node"), "strength", share.alias("hhi"), *others)
        )


__all__ = ["EdgeCounts", "Node"]
