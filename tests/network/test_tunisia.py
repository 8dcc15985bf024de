"""The real graph says what the published record of the two Tunisian hubs says."""

import pytest

import citess
from citess.network import at, partnership_graph

DATA = citess.datasets.tunisia()
GRAPH = partnership_graph(DATA)

# Consortia as published: who leads, who takes part and as what, and when.
CONSORTIA = {
    "iess": (
        "cospe",
        {
            "partner": {"iesmed", "tcse", "odno", "odco", "cgdr", "cress-paca"},
            "associate": {"aneti", "abcde", "coeptis", "icosi", "coopmed", "ams", "icns", "remess"},
            "funder": {"european-union"},
        },
        "2014-10-01/2017-10-01",
    ),
    "restart": (
        "cospe",
        {
            "partner": {
                "citet", "aneti", "isbas", "dida", "citess-sidi-bouzid", "citess-mahdia", "enactus",
                "gabes-action", "association-rayhana", "cefa", "nexus", "ams",
            },
            "funder": {"aics"},
        },
        "2020-02-21/2023-12",
    ),
    "futur-proche": (
        "cospe",
        {"host": {"citess-sidi-bouzid"}, "funder": {"region-tuscany"}},
        "2020-02/2020-06",
    ),
    "medrisse": (
        "acpp",
        {
            "partner": {"an-najah", "oxfam-italia", "parc", "johud", "tcse", "pin-arco", "iesmed"},
            "funder": {"european-union"},
        },
        "2021-09/2023-09",
    ),
}  # fmt: skip
SECTORS = {
    "public": {"odno", "odco", "cgdr", "aneti"},
    "sse": {"cospe", "tcse", "abcde", "icosi", "iesmed", "coeptis", "coopmed", "ams", "cress-paca"},
}


@pytest.mark.parametrize("programme", CONSORTIA)
def test_a_consortium_has_its_members_roles_and_dates(programme):
    lead, roles, period = CONSORTIA[programme]
    ties = [
        (a, b, facts) for a, b, facts in GRAPH.edges(data=True) if facts["agreement"] == programme
    ]
    found = {}
    for a, b, facts in ties:
        assert (lead, "lead", "programme", True) == (
            a, facts["source_role"], facts["kind"], facts["directed"],
        )  # fmt: skip
        assert period == str(facts["period"])
        assert facts["sources"]
        found.setdefault(facts["role"], set()).add(b)
    assert roles == found


def test_nobody_in_the_founding_consortium_is_a_private_firm():
    members = {b for _, b, facts in GRAPH.edges(data=True) if facts["agreement"] == "iess"}
    assert "private" not in {GRAPH.nodes[node]["sector"] for node in members | {"cospe"}}
    for sector, parties in SECTORS.items():
        assert {sector} == {GRAPH.nodes[node]["sector"] for node in parties}


def test_a_consortium_is_there_on_its_days_and_on_no_other():
    on = {day: at(GRAPH, day) for day in ("2014-09-30", "2014-10-01", "2017-09-30", "2017-10-01")}
    ties = {
        day: sum(facts["agreement"] == "iess" for *_, facts in graph.edges(data=True))
        for day, graph in on.items()
    }
    assert [0, 15, 15, 0] == list(ties.values())
    restart = [
        sum(facts["agreement"] == "restart" for *_, facts in at(GRAPH, day).edges(data=True))
        for day in ("2020-02-20", "2020-02-21", "2023-11-30", "2024-01-01")
    ]
    assert [0, 13, 13, 0] == restart


def test_both_hubs_are_tied_to_those_they_learned_from():
    for hub in ("citess-sidi-bouzid", "citess-mahdia"):
        found = {facts["kind"] for *_, facts in GRAPH.in_edges(hub, data=True)}
        assert {"programme", "peer_exchange"} <= found
        assert GRAPH.has_edge("cress-paca", hub)
