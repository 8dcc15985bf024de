"""Graphs of agreements, offers, referrals, money, hubs; slices, turnover, and the way back."""

import datetime as dt

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import citess
from citess import IntegrityError, Period
from citess.network import (
    agreement_graph,
    at,
    co_membership,
    during,
    from_graph,
    funding_graph,
    hub_network,
    layers,
    lineage,
    partnership_graph,
    referral_graph,
    rolling,
    service_graph,
    turnover,
)
from citess.network._nodes import kind_of

TUNISIA = citess.datasets.tunisia()
MADE = citess.datasets.synthetic(hubs=3, partners=20, enterprises=40)


def test_an_agreement_of_three_stays_whole():
    graph = agreement_graph(TUNISIA)
    assert nx.is_bipartite(graph)
    restart = TUNISIA.programmes["restart"]
    assert {member.party for member in restart.members} == set(graph["agreement:restart"])
    assert {"lead"} == {
        role for _, _, role in graph.edges("agreement:restart", data="role") if role == "lead"
    }
    sides = {facts["bipartite"] for _, facts in graph.nodes(data=True)}
    assert {0, 1} == sides


def test_agreements_of_unknown_time_are_taken_or_left():
    taken, left = (
        len(agreement_graph(MADE, "2021-06-01", unknown=u)) for u in ("include", "exclude")
    )
    assert taken > left
    with pytest.raises(ValueError, match="is no kind of agreement"):
        agreement_graph(MADE, kinds=["marriage"])


@pytest.mark.parametrize("weight", ["count", "jaccard", "newman", "overlap"])
def test_members_that_share_agreements_are_tied_with_a_named_weight(weight):
    graph = co_membership(TUNISIA, weight)
    facts = graph["cospe"]["citess-sidi-bouzid"]
    assert [weight] == list(facts)
    shared = [
        p
        for p in (*TUNISIA.programmes.values(), *TUNISIA.partnerships.values())
        if {"cospe", "citess-sidi-bouzid"} <= {m.party for m in p.members}
    ]
    if weight == "count":
        assert len(shared) == facts["count"]
    assert "kind" in graph.nodes["cospe"]


def test_offers_tie_hubs_to_services_and_services_to_providers():
    graph = service_graph(MADE)
    for offer in MADE.service_offers.values():
        node = f"service:{offer.service}"
        assert graph.has_edge(offer.hub, node)
        assert all(graph.has_edge(node, provider) for provider in offer.providers)
    keys = [key for *_, key in graph.edges(keys=True)]
    assert len(set(keys)) == len(keys)
    then = service_graph(MADE, "2021-06-01", unknown="exclude")
    assert 0 < then.number_of_edges() < graph.number_of_edges()
    assert all(then.edges[edge]["certain"] for edge in then.edges)


def test_referrals_name_no_case_and_keep_their_dates():
    graph = referral_graph(MADE, Period.of("2021", "2022"))
    assert 0 < graph.number_of_edges() < len(MADE.referrals)
    assert {
        "referral",
        "service",
        "sent",
        "accepted",
        "declined",
        "served",
        "dropped",
        "certain",
    } == {name for *_, facts in graph.edges(data=True) for name in facts}


def test_money_flows_from_givers_to_receivers():
    graph = funding_graph(MADE)
    total = sum(amount for *_, amount in graph.edges(data="amount"))
    assert float(sum(f.amount.amount for f in MADE.fundings.values())) == total
    assert 0 == funding_graph(MADE, Period.of("1990", "1991")).number_of_edges()
    bare = citess.Funding(id="f", giver="synthetic-0-partner-1", receiver="synthetic-0-hub-0")
    edges = funding_graph(MADE.add(bare), Period.of("1990", "1991")).edges(data=True)
    assert [(None, None, False)] == [(f["amount"], f["currency"], f["certain"]) for *_, f in edges]


def test_hubs_are_tied_by_networks_and_agreements():
    graph = hub_network(MADE)
    assert {"network"} <= {tie for *_, tie in graph.edges(data="tie")}
    both = hub_network(TUNISIA)
    assert {"agreement"} == {tie for *_, tie in both.edges(data="tie")}
    assert 0 == hub_network(TUNISIA, "2010-01-01", unknown="exclude").number_of_edges()
    assert 0 < hub_network(MADE, "2021-01-01").number_of_edges()
    assert 0 == sum(
        tie == "network"
        for *_, tie in hub_network(MADE, "2021-01-01", unknown="exclude").edges(data="tie")
    )


def test_memberships_in_a_network_hold_in_their_period():
    hubs = list(MADE.hubs)[:2]
    members = (
        citess.NetworkMember(hub=hubs[0], period=Period.of("2020-01-01", "2021-01-01")),
        citess.NetworkMember(hub=hubs[1], period=Period.of("2020-01-01")),
    )
    network = citess.HubNetwork(id="n", name=citess.Text(en="N"), members=members)
    data = MADE.add(network)
    ties = [
        sum(record == "n" for *_, record in hub_network(data, day).edges(data="record"))
        for day in ("2020-06-01", "2021-06-01")
    ]
    assert [1, 0] == ties


def test_a_party_without_a_record_is_an_error_that_names_it():
    with pytest.raises(citess.UnknownIdError, match="no party has the id 'nobody'"):
        kind_of(MADE, "nobody")


def test_lineage_leaves_out_what_was_abandoned_or_does_not_exist_yet():
    graph = lineage(MADE)
    assert nx.is_directed_acyclic_graph(graph)
    first = next(iter(MADE.replications.values()))
    given_up = citess.evolve(first, status=citess.ReplicationStatus.ABANDONED)
    planned = citess.Replication(id="later", origin=first.origin)
    data = MADE.replace(given_up).add(planned)
    assert graph.number_of_edges() - 1 == lineage(data).number_of_edges()


def test_layers_share_their_nodes():
    found = layers(MADE, "2021-06-01")
    assert 2 <= len(found)
    assert 1 == len({frozenset(graph) for graph in found.values()})
    assert all(type(graph) is nx.Graph for graph in found.values())


@settings(max_examples=60, deadline=None)
@given(span=st.from_type(Period), day=st.dates(dt.date(1990, 1, 1), dt.date(2050, 1, 1)))
def test_an_edge_appears_exactly_on_the_days_its_period_covers(span, day):
    graph = nx.MultiDiGraph()
    graph.add_edge("a", "b", key="x", period=span, certain=True)
    held = span.holds(day)
    sliced, sure = at(graph, day), at(graph, day, unknown="exclude")
    assert (held is not False) is sliced.has_edge("a", "b")
    assert (held is True) is sure.has_edge("a", "b")
    if held is None:
        assert sliced.edges["a", "b", "x"]["certain"] is False
    assert graph.edges["a", "b", "x"]["certain"] is True


def test_slices_of_a_graph_are_graphs_of_the_slice():
    whole = partnership_graph(MADE)
    for day in ("2020-06-01", "2022-06-01"):
        then = partnership_graph(MADE, day)
        assert set(then.edges(keys=True)) == set(at(whole, day).edges(keys=True))
    simple = nx.Graph()
    simple.add_edge("a", "b", period=Period.of("2020-01-01", "2021-01-01"))
    simple.add_edge("b", "c")
    assert [("b", "c")] == list(during(simple, Period.of("2022", "2023")).edges)


def test_windows_roll_on_and_end_in_time():
    found = list(rolling(MADE, "2020-01-31", "2021-03-01", months=3, step=1))
    assert "2020-01-31/2020-04-30" == str(found[0][0])
    assert 11 == len(found)
    with pytest.raises(ValueError, match="months and step are 1 or more"):
        rolling(MADE, "2020-01-01", "2021-01-01", months=0)


def test_turnover_tells_who_stays_comes_and_goes():
    found = turnover(partnership_graph(MADE, "2020-06-01"), partnership_graph(MADE, "2023-06-01"))
    assert 0 < found.jaccard < 1
    assert found.persistence >= found.jaccard
    empty = turnover(nx.Graph(), nx.Graph([("a", "a")]))
    assert (None, None, {"a"}) == (empty.jaccard, empty.persistence, set(empty.joined))


def test_a_graph_gives_back_its_parties_and_agreements():
    graph = partnership_graph(MADE, kinds=[k for k in citess.network.KINDS if k != "programme"])
    found = from_graph(graph)
    made = citess.Dataset((*found.records, *MADE.territories.values()))
    assert set(MADE.hubs) == set(made.hubs)
    assert {p.id: p.sector for p in MADE.partners.values()} == {
        p.id: p.sector for p in made.partners.values()
    }
    for agreement in made.partnerships.values():
        before = MADE.partnerships[agreement.id]
        assert (before.kind, before.form, before.period) == (
            agreement.kind,
            agreement.form,
            agreement.period,
        )
        assert {m.party for m in before.members} == {m.party for m in agreement.members}
    assert {"hubs[]", "partners[]", "partnerships[]"} == {issue.path for issue in found.report}


def test_a_graph_of_ones_own_becomes_records_and_faults_are_told_together():
    graph = nx.Graph([("a", "b")])
    graph.nodes["a"].update(kind="enterprise", sector="sse")
    found = from_graph(graph)
    assert ["Enterprise", "Partner", "Partnership"] == [type(r).__name__ for r in found.records]
    assert "tie-0" == found.records[2].id
    bad = nx.Graph([("A b", "c"), ("d", "d")])
    bad.nodes["c"]["kind"] = "church"
    bad.nodes["d"].update(kind="hub")
    with pytest.raises(IntegrityError) as caught:
        from_graph(bad)
    assert {"nodes[A b].id", "nodes[c]", "nodes[d].territories"} <= {
        issue.path for issue in caught.value.report
    }


def test_programmes_come_back_as_cooperations_and_it_is_said():
    found = from_graph(partnership_graph(TUNISIA))
    lost = {issue.path: dict(issue.details)["count"] for issue in found.report}
    assert (
        str(len([p for p in TUNISIA.programmes.values() if len(p.members) > 1]))
        == lost["programmes[]"]
    )
