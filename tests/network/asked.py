"""Calls that must answer or fail in words of ours, and things that are no graphs."""

import re
import warnings
from pathlib import Path

import networkx as nx
import numpy as np

import citess
from citess import CitessError

SOURCE = Path(citess.__file__).parent


class Foreign:
    """A graph of other software that looks like one of networkx."""

    def number_of_nodes(self):
        return 2


def shown(value):
    """A name of a value that is the same in every process."""
    return re.sub(r" at 0x[0-9a-f]+", "", repr(value))[:60]


NO_GRAPHS = (None, [], [(0, 1)], "ab", 3, {}, Foreign(), np.eye(2), nx.Graph)


def labelled(graph, value=1.0):
    for n, node in enumerate(graph):
        graph.nodes[node]["sector"] = ("public", "sse", "private")[n % 3]
    nx.set_edge_attributes(graph, value, "w")
    return graph


def path(n=6):
    return labelled(nx.path_graph(n))


def raised_by_citess(error):
    """Whether a line of the package raised it, not a call that failed."""
    last = error.__traceback__
    while last.tb_next:
        last = last.tb_next
    file = Path(last.tb_frame.f_code.co_filename)
    line = file.read_text("utf-8").splitlines()[last.tb_lineno - 1]
    return SOURCE in file.parents and "raise " in line


def asked(call):
    """What a call gives, or its error if it is ours; a warning is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return call()
        except CitessError as error:
            return error
        except (TypeError, ValueError) as error:
            return error if raised_by_citess(error) else f"not of citess: {error!r}"
