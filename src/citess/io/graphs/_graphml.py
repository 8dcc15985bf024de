"""GraphML, both ways."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from citess.io._travel import ImportReport, Losses, LossReport
from citess.io.graphs._graphml_in import decoded, opened
from citess.io.graphs._kept import read, report, written
from citess.io.graphs._net import RECORD, RECORDS, Item, Net
from citess.io.graphs._xml import as_json, attribute, column_types, content, text_of
from citess.model import Dataset

if TYPE_CHECKING:
    import networkx as nx

FORMAT: Final = "graphml"
_NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"
_INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"
_TOKEN: Final = re.compile(r"[A-Za-z0-9._:-]+")
_HELD: Final = {"node": RECORD, "graph": RECORDS}


def to_graphml(
    source: "Dataset | nx.Graph[Any]", *, strict: bool = False
) -> tuple[str, LossReport]:
    """Make GraphML of the partnership graph of a dataset, or of any graph of networkx.

    Every edge has an id that is unique in the file, also where two agreements tie the same pair in
    the same role. Dates are ISO strings; what is not known is left out, and counted for graphs
    that are no dataset. All ties of a graph with directions are written with one, and carry
    ``directed``, since readers refuse a mixture. Nodes carry their ``record`` in the native format
    as JSON, the graph those of agreements, territories and sources as ``records``. Of other
    classes nothing is written, and they are counted.

    Parameters
    ----------
    source
        Dataset, or graph of networkx.
    strict
        Whether to refuse when something does not travel.

    Raises
    ------
    LossError
        When strict and something did not travel.

    Examples
    --------
    >>> import citess
    >>> from citess.io.graphs import from_graphml, to_graphml
    >>> document, losses = to_graphml(citess.datasets.tunisia())
    >>> len(from_graphml(document)[0].partnerships)
    4
    """
    losses = Losses(FORMAT)
    return report(losses, written(source, losses, _made, opened), strict=strict)


def from_graphml(document: str | bytes) -> tuple[Dataset, ImportReport]:
    """Make a dataset of GraphML.

    What citess wrote comes back as it was, with names and sectors that another tool changed. Of
    others, nodes become partners, or what ``kind`` says, and edges agreements; the document is kept
    in :attr:`extra` and written back. Nothing is fetched.

    Raises
    ------
    ReadError
        When it is no GraphML, or declares a document type; faults have their line.
    IntegrityError
        When records that it holds do not fit together.

    Examples
    --------
    >>> from_graphml('<graphml><graph edgedefault="directed"/></graphml>')[0]
    Dataset()
    """
    return read(decoded(document), FORMAT, _made, opened)


def _made(net: Net) -> str:
    return "".join(_pieces(net))


def _pieces(net: Net) -> Iterator[str]:
    ids = _tokens([node.id for node in net.nodes], "n")
    names = _tokens([edge.id for edge in net.edges], "e")
    nodes: list[Item] = [_held(node.values, RECORD, node.record) for node in net.nodes]
    edges: list[Item] = [edge.values for edge in net.edges]
    whole = _held(net.values, RECORDS, net.records)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<graphml xmlns="{_NAMESPACE}" xmlns:xsi="{_INSTANCE}" xsi:schemaLocation="'
    yield f'{_NAMESPACE} {_NAMESPACE}/1.0/graphml.xsd">\n'
    keys: dict[str, dict[str, str]] = {}
    for domain, rows in (("graph", [whole]), ("node", nodes), ("edge", edges)):
        keys[domain] = {}
        for name, type_ in column_types(rows).items():
            key = f"{domain[0]}{len(keys[domain])}"
            keys[domain][name] = key
            yield f'  <key id="{key}" for="{domain}" attr.name="{attribute(name)}" '
            yield f'attr.type="{type_}"/>\n'
    yield f'  <graph edgedefault="{"directed" if net.directed else "undirected"}">\n'
    yield from _data(whole, keys["graph"], "    ")
    for node, row in zip(net.nodes, nodes, strict=True):
        yield f'    <node id="{ids[node.id]}">\n'
        yield from _data(row, keys["node"], "      ")
        yield "    </node>\n"
    for edge, row in zip(net.edges, edges, strict=True):
        yield f'    <edge id="{names[edge.id]}" source="{ids[edge.source]}" '
        yield f'target="{ids[edge.target]}">\n'
        yield from _data(row, keys["edge"], "      ")
        yield "    </edge>\n"
    yield "  </graph>\n</graphml>\n"


def _held(values: Item, name: str, record: object) -> Item:
    if record is None:
        return values
    return {**values, name: record if isinstance(record, str) else as_json(record)}


def _data(row: Item, keys: Mapping[str, str], margin: str) -> Iterator[str]:
    for name, value in row.items():
        if value is not None:
            yield f'{margin}<data key="{keys[name]}">{content(text_of(value))}</data>\n'


def _tokens(given: list[str], start: str) -> dict[str, str]:
    """Ids that XML Schema takes for ids: those given where all of them are."""
    if all(map(_TOKEN.fullmatch, given)):
        return {one: one for one in given}
    return {one: f"{start}{n}" for n, one in enumerate(given)}
