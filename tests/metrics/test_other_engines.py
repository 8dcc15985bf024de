"""Ibis and Dask answer as the other engines do; the first on DuckDB, the second in two parts."""

import networkx as nx
import pandas as pd
import pytest

import citess
from citess.metrics import Tables, catalogue, women_share
from citess.metrics.edges import EdgeTable
from tests.metrics.asking import told
from tests.metrics.edges.engines import plain
from tests.metrics.test_frames import DATA, FRAMED, close

PACKAGES = {"ibis": "ibis", "dask": "dask.dataframe"}
NOT_OF_OURS = "ignore:Dask support is moving out of Narwhals:FutureWarning"
pytestmark = pytest.mark.filterwarnings(NOT_OF_OURS)
MADE = {}


def tables(backend):
    pytest.importorskip(PACKAGES[backend], reason=f"{backend} is not installed (extra oracles)")
    if backend not in MADE:
        MADE[backend] = Tables.of(DATA, backend=backend)
    return MADE[backend]


def agrees(id_, backend):
    found = catalogue[id_]
    time = {"period": "2021-07/2022-03"} if found.tense == "flow" else {"on": "2022-01-01"}
    asked = {"by": "hub" if "hub" in found.dimensions else None, **time, **told(id_)}
    made = tables(backend)
    return close(found(DATA, **asked).to_dict(), found(made, **asked).to_dict())


@pytest.mark.parametrize("id_", FRAMED)
def test_every_metric_of_tables_is_the_same_on_ibis(id_):
    assert agrees(id_, "ibis")


@pytest.mark.parametrize("id_", [women_share.id, "T04"])
def test_metrics_are_the_same_on_dask(id_):
    assert agrees(id_, "dask")


@pytest.mark.deep
@pytest.mark.parametrize("id_", FRAMED)
def test_every_metric_of_tables_is_the_same_on_dask(id_):
    assert agrees(id_, "dask")


def test_loops_over_edges_settle_on_dask_where_the_graph_does():
    dd = pytest.importorskip("dask.dataframe", reason="Dask is not installed (extra oracles)")
    known = nx.relabel_nodes(nx.gnm_random_graph(12, 14, seed=1), "n{:02}".format)
    ends = pd.DataFrame(known.edges, columns=["a", "b"])
    asked = EdgeTable(dd.from_pandas(ends, npartitions=2), source="a", target="b")
    ranks = citess.network.pagerank(known.subgraph(n for n in known if known.degree(n)))
    found = plain(asked.pagerank().frame)
    assert [(node, pytest.approx(rank)) for node, rank in sorted(ranks.items())] == found
    parts = [part for part in nx.connected_components(known) if len(part) > 1]
    assert sorted((n, min(part)) for part in parts for n in part) == plain(asked.components().frame)
