"""A few records, and to the letter the nodes and edges of every graph made of them."""

from decimal import Decimal

import networkx as nx
import pytest

import citess
from citess import (
    Dataset,
    Enterprise,
    Hub,
    HubNetwork,
    Member,
    Money,
    NetworkMember,
    PartialDate,
    Partner,
    Partnership,
    Period,
    Programme,
    Role,
    Text,
    network,
)
from citess.network._extra import has_fast

NAME = Text(en="Name")
TERM = Period.of("2020-01-01", "2021-01-01")
DAY, AFTER = "2020-06-01", "2021-01-01"


def member(name, role=Role.PARTNER):
    return Member(party=name, role=role)


def agreement(id_, *members, **fields):
    return Partnership(
        id=id_,
        kind=citess.PartnershipKind.COOPERATION,
        members=tuple(member(m) if isinstance(m, str) else member(*m) for m in members),
        **fields,
    )


PLACES = [
    citess.Territory(id=id_, name=NAME, level=citess.TerritoryLevel.OTHER) for id_ in ("t", "u")
]
PARTIES = [
    Hub(id="h1", name=NAME, territories=("t", "u")),
    Hub(id="h2", name=NAME, territories=("u",)),
    Hub(id="h3", name=NAME, territories=("u",)),
    Partner(id="p1", name=NAME, sector=citess.Sector.PUBLIC),
    Partner(id="p2", name=NAME),
    Enterprise(id="e1", name=NAME),
]


def data(*records):
    return Dataset.of(*PLACES, *PARTIES, *records)


AGREEMENTS = data(
    agreement("dated", "h1", "p1", period=TERM, intensity=citess.Intensity.COORDINATION),
    agreement("vague", "h1", "e1"),
    Programme(id="joint", name=NAME, period=TERM, members=(member("h1", Role.LEAD), member("h2"))),
)  # fmt: skip


@pytest.mark.parametrize(
    ("on", "unknown", "expected"),
    [
        (None, "include", {"dated": True, "vague": True, "joint": True}),
        (None, "exclude", {"dated": True, "vague": True, "joint": True}),
        (DAY, "include", {"dated": True, "vague": False, "joint": True}),
        (DAY, "exclude", {"dated": True, "joint": True}),
        (AFTER, "include", {"vague": False}),
        (AFTER, "exclude", {}),
    ],
)
def test_agreements_of_a_day_are_those_that_held_or_may_have(on, unknown, expected):
    graph = network.agreement_graph(AGREEMENTS, on, unknown=unknown)
    sides = {node for node, side in graph.nodes(data="bipartite") if side == 1}
    assert {f"agreement:{name}" for name in expected} == sides
    assert expected == {
        node.removeprefix("agreement:"): certain
        for node, certain in graph.nodes(data="certain")
        if node in sides
    }
    whole = network.partnership_graph(AGREEMENTS, on, unknown=unknown)
    assert expected == {f["agreement"]: f["certain"] for *_, f in whole.edges(data=True)}
    members = {"dated": {"h1", "p1"}, "vague": {"h1", "e1"}, "joint": {"h1", "h2"}}
    for name in expected:
        assert members[name] == set(graph[f"agreement:{name}"])
    tied = network.co_membership(AGREEMENTS, on=on, unknown=unknown)
    assert {frozenset(members[name]) for name in expected} == set(map(frozenset, tied.edges))
    found = network.layers(AGREEMENTS, on, unknown=unknown)
    kinds = ["cooperation" for name in expected if name != "joint"][:1]
    kinds += ["programme"] if "joint" in expected else []
    assert kinds == list(found)
    for layer in found.values():
        assert set(whole) == set(layer)
        assert layer.nodes["p1"]["sector"] == "public"
        assert type(layer) is nx.Graph
    hubs = network.hub_network(AGREEMENTS, on, unknown=unknown)
    assert [("h1", "h2", "joint:h1:h2")] * ("joint" in expected) == list(hubs.edges(keys=True))


def test_agreements_carry_what_records_say():
    graph = network.agreement_graph(AGREEMENTS)
    facts = graph.nodes["agreement:dated"]
    assert (facts["kind"], facts["intensity"], facts["period"], facts["sources"]) == (
        "cooperation", "coordination", TERM, (),
    )  # fmt: skip
    assert graph.nodes["agreement:vague"]["intensity"] is None
    assert graph.edges["agreement:joint", "h1"] == {"role": "lead"}
    assert graph.edges["agreement:joint", "h2"] == {"role": "partner"}
    assert graph.nodes["h1"] == {
        "bipartite": 0, "kind": "hub", "sector": "sse", "territory": "t", "name": "Name",
    }  # fmt: skip
    assert graph.nodes["e1"] == {
        "bipartite": 0, "kind": "enterprise", "sector": None, "territory": None, "name": "Name",
    }  # fmt: skip


def test_a_member_of_several_roles_is_told_once_and_leads_where_it_leads():
    found = data(
        agreement("a", ("p1", Role.FUNDER), ("p1", Role.LEAD), "p2", ("p2", Role.HOST)),
        agreement("b", ("p2", Role.LEAD), ("p2", Role.FUNDER), "h1"),
    )
    graph = network.partnership_graph(found)
    ties = [(*tie, f["source_role"], f["role"]) for *tie, f in graph.edges(keys=True, data=True)]
    assert [
        ("p1", "p2", "a:p1:p2", "lead", "partner"),
        ("p2", "h1", "b:p2:h1", "lead", "partner"),
    ] == ties
    sides = network.agreement_graph(found)
    assert "lead" == sides.edges["agreement:a", "p1"]["role"]
    assert "partner" == sides.edges["agreement:a", "p2"]["role"]


def test_what_may_have_held_is_listed_where_it_is_asked_for():
    graph = network.partnership_graph(AGREEMENTS, DAY, unknown="report")
    assert ("vague",) == graph.graph["unknown"]
    assert 3 == graph.number_of_edges()
    assert () == network.partnership_graph(AGREEMENTS, unknown="report").graph["unknown"]
    assert "unknown" not in network.partnership_graph(AGREEMENTS, DAY).graph


def spell(hub, *period):
    return NetworkMember(hub=hub, period=Period.of(*period) if period else None)


def test_a_hub_that_comes_back_to_a_network_is_never_tied_to_itself():
    members = (
        spell("h1", "2010-01-01", "2012-01-01"), spell("h1", "2015-01-01", "2016-01-01"),
        spell("h2", "2010-01-01", "2016-01-01"), spell("h3"),
    )  # fmt: skip
    found = data(HubNetwork(id="n", name=NAME, members=members))

    def ties(on, unknown="include"):
        graph = network.hub_network(found, on, unknown=unknown)
        assert all(f["tie"] == "network" for *_, f in graph.edges(data=True))
        assert all(f["period"] is None for *_, f in graph.edges(data=True))
        return {key: f["certain"] for *_, key, f in graph.edges(keys=True, data=True)}

    always = {"n:h1:h2": True, "n:h1:h3": True, "n:h2:h3": True}
    assert always == ties(None)
    for day in ("2011-01-01", "2015-06-01"):
        assert {"n:h1:h2": True, "n:h1:h3": False, "n:h2:h3": False} == ties(day)
        assert {"n:h1:h2": True} == ties(day, "exclude")
    assert {"n:h2:h3": False} == ties("2013-01-01")
    assert {} == ties("2016-01-01")


def test_a_spell_that_is_not_sure_does_not_hide_one_that_is():
    for order in (1, -1):
        members = (
            spell("h1", "2010", "2012"),
            spell("h1", "2012-06", "2014"),
            spell("h2", "2010", "2020"),
        )[::order]
        found = data(HubNetwork(id="n", name=NAME, members=members))
        sure = [
            [f["certain"] for *_, f in network.hub_network(found, day).edges(data=True)]
            for day in ("2011-06-01", "2012-06-15", "2013-01-01", "2030-01-01")
        ]
        assert [[True], [False], [True], []] == sure


def test_offers_open_services_that_providers_provide():
    service = citess.Service(id="s", name=NAME, kind="diagnosis")
    offers = [
        citess.ServiceOffer(
            id="dated", hub="h1", service="s", providers=("p1", "e1"), period=TERM,
            stages=(citess.Stage.IDEA,), territories=("t",),
        ),
        citess.ServiceOffer(id="vague", hub="h2", service="s"),
    ]  # fmt: skip
    found = data(service, *offers)

    def keys(*asked, **named):
        graph = network.service_graph(found, *asked, **named)
        return {key: (f["tie"], f["certain"]) for *_, key, f in graph.edges(keys=True, data=True)}

    dated = {
        "dated:h1:service:s": ("opens", True),
        "dated:service:s:p1": ("provided_by", True),
        "dated:service:s:e1": ("provided_by", True),
    }
    assert {**dated, "vague:h2:service:s": ("opens", True)} == keys()
    assert {**dated, "vague:h2:service:s": ("opens", False)} == keys(DAY)
    assert dated == keys(DAY, unknown="exclude")
    assert {"vague:h2:service:s": ("opens", False)} == keys(AFTER)
    assert {} == keys(AFTER, unknown="exclude")
    graph = network.service_graph(found)
    assert graph.nodes["service:s"] == {
        "kind": "service", "service_kind": "diagnosis", "name": "Name",
    }  # fmt: skip
    facts = graph.edges["h1", "service:s", "dated:h1:service:s"]
    assert (facts["stages"], facts["territories"], facts["channel"], facts["offer"]) == (
        ("idea",), ("t",), "direct", "dated",
    )  # fmt: skip


def test_referrals_and_money_are_those_of_the_period():
    case = citess.Case(id="c", hub="h1", opened=PartialDate("2020-01-01"))
    referrals = [
        citess.Referral(id=id_, case="c", to="p1", sent=PartialDate(sent))
        for id_, sent in (("r1", "2020-06-01"), ("r2", "2021-06-01"), ("r3", "2020"))
    ]
    fundings = [
        citess.Funding(id="f1", giver="p1", receiver="h1", period=TERM,
                       amount=Money(amount=Decimal("12.5"), currency="TND")),
        citess.Funding(id="f2", giver="p1", receiver="h1"),
    ]  # fmt: skip
    found = data(case, *referrals, *fundings)

    def certain(graph, name):
        return {f[name]: f["certain"] for *_, f in graph.edges(data=True)}

    half, later = Period.of("2020-01-01", "2020-07-01"), Period.of("2021-01-01", "2022-01-01")
    graph = network.referral_graph(found)
    assert {"r1": True, "r2": True, "r3": True} == certain(graph, "referral")
    assert {"r1:h1:p1", "r2:h1:p1", "r3:h1:p1"} == {key for *_, key in graph.edges(keys=True)}
    assert {"r1": True, "r3": False} == certain(network.referral_graph(found, half), "referral")
    assert {"r2": True} == certain(network.referral_graph(found, later), "referral")
    money = network.funding_graph(found)
    assert {"f1": True, "f2": True} == certain(money, "funding")
    assert {(12.5, "TND"), (None, None)} == {
        (f["amount"], f["currency"]) for *_, f in money.edges(data=True)
    }
    assert {"f1": True, "f2": False} == certain(network.funding_graph(found, half), "funding")
    assert {"f2": False} == certain(network.funding_graph(found, later), "funding")


def test_lineage_carries_fidelity_and_what_is_at_work():
    first = citess.Replication(id="r1", origin="h1", copy="h2", period=TERM)
    last = citess.Replication(
        id="r2", origin="h2", copy="h3", status=citess.ReplicationStatus.ABANDONED
    )
    graph = network.lineage(data(first, last))
    assert ["h1", "h2", "h3"] == sorted(graph)
    assert [("h1", "h2", None)] == list(graph.edges(data="fidelity"))
    facts = graph.edges["h1", "h2"]
    assert ("r1", None, TERM) == (facts["replication"], facts["status"], facts["period"])


def test_graphs_of_ones_own_become_records_attribute_by_attribute():
    graph = nx.Graph()
    graph.add_node("h", kind="hub", name="Hub", territory="t")
    graph.add_node("e", kind="enterprise", sector="private")
    graph.add_node("p", kind="partner", name="")
    graph.add_edge(
        "h", "e", agreement="a", kind="referral", source_role="host", role="funder",
        formality=None, intensity="awareness", period=TERM, sources=("s",),
    )  # fmt: skip
    graph.add_edge("h", "p", agreement="a", kind="cooperation")
    graph.add_edge("e", "p", kind="programme")
    found = network.from_graph(graph)
    hub, firm, partner, joint, other = found.records
    assert (hub.name, hub.territories) == (Text(und="Hub"), ("t",))
    assert (firm.sector, firm.territories) == (citess.Sector.PRIVATE, ())
    assert (partner.name, partner.sector) == (Text(und="p"), None)
    assert [("h", "host"), ("e", "funder"), ("p", "partner")] == [
        (m.party, str(m.role)) for m in joint.members
    ]
    assert (joint.id, str(joint.kind), joint.form, str(joint.intensity)) == (
        "a", "referral", None, "awareness",
    )  # fmt: skip
    assert (joint.period, joint.sources) == (TERM, ("s",))
    assert (other.id, str(other.kind), other.sources) == ("tie-2", "cooperation", ())
    assert {
        "hubs[]": "1", "partners[]": "1", "enterprises[]": "1", "partnerships[]": "1",
        "programmes[]": "1",
    } == {issue.path: dict(issue.details)["count"] for issue in found.report}  # fmt: skip
    assert {"changed-form"} == {issue.code for issue in found.report}


def test_a_record_that_cannot_be_is_told_at_its_edge():
    graph = nx.Graph([("a", "b", {"role": "king", "agreement": "x"})])
    with pytest.raises(citess.IntegrityError) as caught:
        network.from_graph(graph)
    (issue,) = caught.value.report
    assert ("unfit-record", "edges[x]") == (issue.code, issue.path)


def test_windows_are_a_year_and_follow_each_other_unless_told():
    found = [str(window) for window, _ in network.rolling(AGREEMENTS, "2019-06-01", "2022-06-01")]
    assert ["2019-06-01/2020-06-01", "2020-06-01/2021-06-01", "2021-06-01/2022-06-01"] == found
    windows = network.rolling(AGREEMENTS, "2019-01-01", "2022-01-01")
    ties = [graph.number_of_edges() for _, graph in windows]
    assert [1, 3, 1] == ties
    assert 1 == len(list(network.rolling(AGREEMENTS, "2020-12-31", "2021-01-31", months=1, step=1)))
    assert [] == list(network.rolling(AGREEMENTS, "2021-01-01", "2020-01-01"))


def test_slices_reach_from_day_to_day():
    graph = nx.Graph()
    graph.add_edge("a", "b", period=Period.of("2020-01-01", "2020-01-03"))
    graph.add_edge("b", "c")
    for day, ties in (("2019-12-31", 0), ("2020-01-01", 1), ("2020-01-02", 1), ("2020-01-03", 0)):
        found = network.at(graph, day)
        assert bool(ties) is found.has_edge("a", "b")
        assert found.edges["b", "c"] == {"certain": False}
        assert "certain" not in (found.edges["a", "b"] if ties else {})
        assert not network.at(graph, day, unknown="exclude").has_edge("b", "c")
        assert 3 == len(found)


def test_turnover_counts_pairs_whatever_their_direction():
    before = nx.MultiDiGraph([("a", "b"), ("b", "a"), ("b", "c"), ("c", "d"), ("d", "d")])
    after = nx.DiGraph([("b", "a"), ("c", "b"), ("d", "e"), ("f", "e")])
    found = network.turnover(before, after)
    pair = frozenset
    assert {pair("ab"), pair("bc")} == found.kept
    assert {pair("de"), pair("ef")} == found.gained
    assert {pair("cd")} == found.lost
    assert ({"e", "f"}, set()) == (found.joined, found.left)
    assert (2 / 5, 2 / 3) == (found.jaccard, found.persistence)
    back = network.turnover(after, before)
    assert ({"e", "f"}, set()) == (back.left, back.joined)
    with pytest.raises(TypeError):
        network.Turnover(frozenset(), frozenset(), frozenset(), frozenset(), frozenset())


def test_the_extra_is_there_or_not(monkeypatch):
    from citess.network import _extra

    assert has_fast() is True

    def refuse(name):
        raise ImportError(name)

    monkeypatch.setattr(_extra, "import_module", refuse)
    assert has_fast() is False
