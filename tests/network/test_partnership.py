"""The partnership graph: plain networkx, dated, with the reasons on its edges."""

import networkx as nx
import pytest

import citess
from citess import Dataset, Enterprise, Member, Partner, Partnership, Period, Programme, Role, Text
from citess.model import PartnershipKind
from citess.network import KINDS, partnership_graph

NAME = Text(fr="Nom")


def data(*agreements):
    parties = [Partner(id=f"p{n}", name=NAME, sector=citess.Sector.SSE) for n in range(4)]
    return Dataset.of(*parties, Enterprise(id="e", name=NAME), *agreements)


def members(*names, leads=()):
    return tuple(
        Member(party=name, role=Role.LEAD if name in leads else Role.PARTNER) for name in names
    )


def agreement(id_, *names, leads=(), **fields):
    kind = PartnershipKind.COOPERATION
    return Partnership(id=id_, kind=kind, members=members(*names, leads=leads), **fields)


def test_a_lead_is_tied_to_each_other_member():
    graph = partnership_graph(data(agreement("a", "p0", "p1", "p2", leads=("p1",))))
    assert [("p1", "p0", "a:p1:p0"), ("p1", "p2", "a:p1:p2")] == sorted(graph.edges(keys=True))
    assert all(facts["directed"] for *_, facts in graph.edges(data=True))


def test_without_a_lead_every_pair_is_tied_once_and_has_no_direction():
    graph = partnership_graph(data(agreement("a", "p0", "p1", "p2")))
    assert 3 == graph.number_of_edges()
    assert not any(facts["directed"] for *_, facts in graph.edges(data=True))


def test_two_leads_are_tied_once():
    graph = partnership_graph(data(agreement("a", "p0", "p1", "p2", leads=("p0", "p1"))))
    pairs = sorted((a, b) for a, b, _ in graph.edges(keys=True))
    assert [("p0", "p1"), ("p0", "p2"), ("p1", "p2")] == pairs


def test_parallel_agreements_stay_apart_by_unique_keys():
    graph = partnership_graph(data(agreement("a", "p0", "p1"), agreement("b", "p0", "p1")))
    keys = [key for *_, key in graph.edges(keys=True)]
    assert ["a:p0:p1", "b:p0:p1"] == sorted(keys)


def test_nodes_are_hubs_partners_and_enterprises_with_an_agreement():
    graph = partnership_graph(data(agreement("a", "p0", "e")))
    assert {"kind": "enterprise", "sector": None, "territory": None, "name": "Nom"} == dict(
        graph.nodes["e"]
    )
    assert {"p0", "p1", "p2", "p3", "e"} == set(graph)
    assert type(graph) is nx.MultiDiGraph


def test_an_edge_carries_what_the_agreement_says():
    period = Period.of("2014-10-01", "2017-10-01")
    graph = partnership_graph(data(agreement("a", "p0", "p1", period=period)))
    facts = graph.edges["p0", "p1", "a:p0:p1"]
    assert ("a", "cooperation", None, None, period) == tuple(
        facts[key] for key in ("agreement", "kind", "formality", "intensity", "period")
    )
    assert "weight" not in facts


def test_a_day_keeps_what_held_and_marks_what_may_have():
    found = data(
        agreement("old", "p0", "p1", period=Period.of("2014-01-01", "2015-01-01")),
        agreement("now", "p0", "p1", period=Period.of("2014-01-01")),
        agreement("vague", "p0", "p1"),
    )
    graph = partnership_graph(found, on="2020-01-01")
    assert {"now": True, "vague": False} == {
        facts["agreement"]: facts["certain"] for *_, facts in graph.edges(data=True)
    }


def test_kinds_are_chosen_and_a_wrong_one_is_named():
    programme = Programme(id="x", name=NAME, members=members("p0", "p1"))
    found = data(agreement("a", "p0", "p1"), programme)
    assert 1 == partnership_graph(found, kinds=["programme"]).number_of_edges()
    assert 2 == partnership_graph(found, kinds=KINDS).number_of_edges()
    assert 0 == partnership_graph(found, kinds=[]).number_of_edges()
    with pytest.raises(ValueError, match="did you mean 'programme'"):
        partnership_graph(found, kinds=["programm"])
    with pytest.raises(ValueError, match="'zzz' is no kind of agreement; kinds are cooperation"):
        partnership_graph(found, kinds=["zzz"])


def test_the_real_graph_ties_the_hubs_to_restart():
    graph = partnership_graph(citess.datasets.tunisia(), on="2021-01-01")
    assert {"cospe"} <= set(graph.predecessors("citess-mahdia"))
    assert ("hub", "sse", "tn-53") == tuple(
        graph.nodes["citess-mahdia"][key] for key in ("kind", "sector", "territory")
    )
