"""One value for every node: with reasons, never a bare mapping of numbers."""

import html
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from attrs import evolve, field, frozen

from citess.errors import suggest
from citess.metrics._facts import Number
from citess.metrics._framed import frame_of
from citess.metrics._measure import Undefined, shown
from citess.metrics._texts import CATALOGUE, DEFINITIONS
from citess.network._arguments import is_whole

SCHEMA: Final = "citess.measures/1"
_FEW: Final = 5
_SHOWN: Final = 10

Node = str
"""Name of a node; graphs of one's own may use any name that can be hashed."""
Values = Mapping[Node, Number | None]


@frozen(kw_only=True)
class NodeOutcome:
    """What a formula gives for the nodes of a graph."""

    values: Values
    """Value of each node; ``None`` never without a reason."""

    reasons: Mapping[Node, Undefined] = field(factory=dict[Node, Undefined])
    """Why a node has no value."""

    parts: Mapping[str, Values] = field(factory=dict[str, Values])
    """Further values of each node, by name."""

    method: Mapping[str, object] = field(factory=dict[str, object])
    """Parameters used."""

    warnings: tuple[str, ...] = ()
    """Codes of what must be known to read it."""


@frozen(kw_only=True)
class Measures(NodeOutcome):
    """A measure of every node of a graph, with what must be known to read it.

    Examples
    --------
    >>> import networkx as nx
    >>> from citess.metrics import constraint
    >>> found = constraint(nx.star_graph(4))
    >>> len(found), found[0], found.top(1)
    (5, 0.25, [(1, 1.0)])
    """

    metric: str
    """Id of the metric in the catalogue."""

    name: str
    """Name of the metric: that of its function."""

    unit: str
    """Unit of the values."""

    on: str | None = None
    """Day at which the ties held; ``None`` for the whole record."""

    def __getitem__(self, node: Node) -> Number | None:
        if node not in self.values:
            near = suggest(str(node), map(str, self.values))
            hint = f"; did you mean {near!r}?" if near else ""
            msg = f"no node is called {node!r}{hint}"
            raise KeyError(msg)
        return self.values[node]

    def __iter__(self) -> Iterator[Node]:
        return iter(self.values)

    def __len__(self) -> int:
        return len(self.values)

    def asdict(self) -> dict[Node, Number | None]:
        """Give the value of each node; ``None`` where it has none."""
        return dict(self.values)

    def part(self, name: str) -> "Measures":
        """Give further values of the nodes, such as ``"raw"``, as measures of their own.

        Raises
        ------
        KeyError
            When there are none of that name.
        """
        if name not in self.parts:
            msg = f"{self.name} has no part {name!r}; it has {', '.join(self.parts) or 'none'}"
            raise KeyError(msg)
        return evolve(self, values=self.parts[name], parts={})

    def top(self, n: int = 5) -> list[tuple[Node, Number]]:
        """Nodes with the greatest values, ties in order of their names.

        Raises
        ------
        ValueError
            When there are fewer than five nodes, since there are no ranks below 5 units, or ``n``
            is no whole number of 0 or more.
        """
        if not (is_whole(n) and n >= 0):
            msg = f"n is a whole number of 0 or more, not {n!r}"
            raise ValueError(msg)
        if len(self.values) < _FEW:
            msg = f"no ranks below {_FEW} nodes, there are {len(self.values)}: read them as a list"
            raise ValueError(msg)
        known = [(node, value) for node, value in self.values.items() if value is not None]
        return sorted(known, key=lambda pair: (-pair[1], str(pair[0])))[:n]

    def filter(self, keep: Callable[[Node, Number | None], bool]) -> "Measures":
        """Keep some nodes, chosen by node and value.

        Examples
        --------
        >>> import networkx as nx
        >>> from citess.metrics import constraint
        >>> found = constraint(nx.star_graph(4)).filter(lambda node, x: x is not None and x < 1)
        >>> found.asdict()
        {0: 0.25}
        """
        kept = {node: value for node, value in self.values.items() if keep(node, value)}
        return evolve(
            self,
            values=kept,
            reasons={node: why for node, why in self.reasons.items() if node in kept},
            parts={
                name: {node: values[node] for node in kept} for name, values in self.parts.items()
            },
        )

    def label(self, language: str = "en") -> str:
        """Label of the metric."""
        return CATALOGUE.text(f"{self.name}.label", language)

    def explain(self, language: str = "en") -> str:
        """Say what the values are, and what they cannot tell."""
        formula, source = DEFINITIONS[self.name]
        lines = [self.label(language)]
        lines += [
            CATALOGUE.text("explain.question", language, question=self._text("question", language)),
            CATALOGUE.text("explain.formula", language, formula=formula),
            CATALOGUE.text("explain.limits", language, limits=self._text("limits", language)),
            CATALOGUE.text("explain.source", language, source=source),
        ]
        lines += [CATALOGUE.text(f"warning.{code}", language) for code in self.warnings]
        return "\n".join(lines)

    def _text(self, part: str, language: str) -> str:
        return CATALOGUE.text(f"{self.name}.{part}", language)

    def rows(self) -> list[dict[str, object]]:
        """Give one row a node: ``node``, ``value``, ``reason``, and each part."""
        return [
            {
                "node": node,
                "value": value,
                "reason": None if node not in self.reasons else self.reasons[node].value,
                **{name: values.get(node) for name, values in self.parts.items()},
            }
            for node, value in self.values.items()
        ]

    def to_frame(self, backend: str | None = None) -> object:
        """Give one row a node as a data frame of Polars, pandas or PyArrow.

        Columns are ``metric``, ``name``, ``label``, ``node`` (as text), ``value``, ``reason``,
        ``unit``, ``on`` and each part.

        Raises
        ------
        MissingExtraError
            When none is installed.

        Examples
        --------
        >>> import networkx as nx
        >>> from citess.metrics import betweenness
        >>> frame = betweenness(nx.path_graph(["a", "b", "c"])).to_frame("polars")
        >>> frame.select("node", "value", "raw").rows()
        [('a', 0.0, 0.0), ('b', 1.0, 1.0), ('c', 0.0, 0.0)]
        """
        named = {"metric": self.metric, "name": self.name, "label": self.label()}
        told = {"unit": self.unit, "on": self.on}
        columns = ("metric", "name", "label", "node", "value", "reason", "unit", "on", *self.parts)
        found = [{**named, **row, **told, "node": str(row["node"])} for row in self.rows()]
        return frame_of(found, backend, columns=columns, numbers=("value", *self.parts))

    def to_dict(self) -> dict[str, object]:
        """Give the measures as plain data for JSON, in a versioned shape; nodes become text."""
        return {
            "schema": SCHEMA,
            "metric": self.metric,
            "name": self.name,
            "unit": self.unit,
            "on": self.on,
            "method": dict(self.method),
            "warnings": list(self.warnings),
            "nodes": [{**row, "node": str(row["node"])} for row in self.rows()],
        }

    def _repr_html_(self) -> str:
        head = f"<tr><th>{html.escape(self.label())}</th><td></td></tr>"
        body = "".join(
            f"<tr><th>{html.escape(str(node))}</th><td>{html.escape(self._cell(node))}</td></tr>"
            for node in list(self.values)[:_SHOWN]
        )
        more = len(self.values) - _SHOWN
        rest = f"<tr><th>… +{more}</th><td></td></tr>" if more > 0 else ""
        return f"<table>{head}{body}{rest}</table>"

    def _cell(self, node: Node) -> str:
        value = self.values[node]
        return self.reasons[node].label() if value is None else shown(value)


__all__ = ["Measures", "NodeOutcome"]
