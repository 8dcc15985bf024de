"""The offer: coverage, contribution, overlap and continuity, by hand and on records."""

import json
import math
import os
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import citess
from citess import Dataset
from citess.metrics import (
    Undefined,
    complementarity_gain,
    contributions,
    offer_continuity,
    one_stop_completeness,
    redundancy_ratio,
    service_coverage,
    service_overlap,
    shapley_coverage,
    single_provider_share,
)
from citess.metrics.contribution import overlap_matrix, provided
from citess.metrics.services import offered

REFERENCE = os.environ.get("CITESS_REFERENCE_DIR")
needs_reference = pytest.mark.skipif(
    REFERENCE is None, reason="CITESS_REFERENCE_DIR names no folder of reference values"
)
SETS = {"A": {1, 2, 3}, "B": {2, 3, 4, 5, 6}}
LAND = citess.Territory(id="land", name=citess.Text(en="Land"), level=citess.TerritoryLevel.COUNTRY)
HUB = citess.Hub(id="hub", name=citess.Text(en="Hub"), territories=("land",))


def service(kind):
    return citess.Service(
        id=f"s-{kind}", kind=kind, name=citess.Text(en=kind), stages=(citess.Stage.IDEA,)
    )


def offer(id_, kind, *providers, **more):
    return citess.ServiceOffer(id=id_, hub="hub", service=f"s-{kind}", providers=providers, **more)


def partner(id_, sector=None):
    return citess.Partner(id=id_, name=citess.Text(en=id_), sector=sector)


def small(*offers, others=()):
    kinds = ("legal", "finance", "training")
    parties = (partner("a", citess.Sector.PUBLIC), partner("b", citess.Sector.SSE), partner("c"))
    return Dataset.of(LAND, HUB, *map(service, kinds), *parties, *offers, *others)


def reference(id_):
    records = json.loads(Path(REFERENCE, "reference_values.json").read_text("utf-8"))["records"]
    return next(record for record in records if record.get("catalogue_id") == id_)


def shapley(sets):
    return shapley_coverage.compute(offered(sets)).parts


WORKED = {
    "S01": lambda: service_coverage.compute(offered({"a": range(9)}, required=range(12))).value,
    "S02": lambda: {
        "direct": (
            found := one_stop_completeness.compute(
                {
                    **offered({"a": range(4)}, required=range(8)),
                    **offered({"b": (4, 5)}, channel="referral"),
                }
            )
        ).parts["direct"],
        "with_referral": found.value,
    },
    "S03": lambda: redundancy_ratio.compute(offered(SETS)).value,
    "S04": lambda: single_provider_share.compute(offered(SETS)).value,
    "S05": lambda: {
        "jaccard": (found := service_overlap(*SETS.values())).value,
        "simpson": found.parts["simpson"],
    },
    "S06": lambda: {
        "A": (parts := shapley(SETS))["A"],
        "B": parts["B"],
        "uniqueA": parts["unique:A"],
        "uniqueB": parts["unique:B"],
    },
    "S06b": lambda: {
        who: value
        for who, value in shapley({**SETS, "C": {6, 7}}).items()
        if not who.startswith("unique")
    },
    "S07": lambda: complementarity_gain.compute(offered(SETS, required=range(1, 9))).value,
}


@needs_reference
@pytest.mark.parametrize("id_", WORKED)
def test_the_worked_examples_of_the_offer_are_reproduced(id_):
    record = reference(id_)
    assert pytest.approx(record["value"], abs=record["tolerance"]) == WORKED[id_]()


def test_needs_weigh_by_demand_and_what_does_not_apply_leaves():
    facts = offered({"a": (1, 2)}, required=(1, 2, 3, 4))
    demand = {("1", "any", "any"): 6, ("2", "any", "any"): 1, ("3", "any", "any"): 3}
    found = service_coverage.compute(facts, required={**demand, ("4", "any", "any"): None})
    assert (0.7, 10, 3, 1) == (found.value, found.denominator, found.n, found.not_applicable)
    assert [["3", "any", "any"]] == found.method["gaps"]
    with pytest.raises(ValueError, match="weight of 0 or more"):
        service_coverage.compute(facts, required={("1", "any", "any"): -1})
    with pytest.raises(ValueError, match="weight of 0 or more"):
        service_coverage.compute(facts, required={("1", "any", "any"): math.inf})


def test_missing_is_not_zero_an_offer_not_recorded_is_not_known():
    assert Undefined.NOT_KNOWN is service_coverage(small()).reason
    facts = offered({}, required=(1,))
    for found in (service_coverage, one_stop_completeness):
        assert Undefined.NOT_KNOWN is found.compute(facts).reason


def test_zero_division_has_a_reason_and_no_number():
    nothing = small(offer("o", "legal", "a"))
    for found in (service_coverage, one_stop_completeness, complementarity_gain):
        assert (None, Undefined.ZERO_DENOMINATOR) == (
            (measure := found(nothing, required=[])).value,
            measure.reason,
        )


def test_coverage_of_records_counts_cells_of_kind_stage_and_territory():
    data = small(
        offer("o1", "legal", "a"), offer("o2", "finance", "b", stages=(citess.Stage.GROWTH,))
    )
    needs = [("legal", "idea", "land"), ("finance", "idea", "land"), ("legal", "growth", "land")]
    found = service_coverage(data, required=needs, by="kind")
    assert (1, 3, 1 / 3) == (found.numerator, found.denominator, found.value)
    assert {("finance",): 0, ("legal",): 0.5} == {
        group: measure.value for group, measure in found.breakdown.items()
    }
    weights = {needs[0]: 2, needs[1]: 1, needs[2]: 1}
    assert 0.5 == service_coverage(data, required=weights).value


def test_where_takes_some_offers_and_needs():
    data = small(offer("o1", "legal", "a"), offer("o2", "finance", "b"))
    found = service_coverage(data, where={"kind": "legal"})
    assert (1, 6) == (found.numerator, found.denominator)


def test_a_referral_counts_while_its_agreement_is_signed_and_holds():
    agreement = citess.Partnership(
        id="agreed",
        kind=citess.PartnershipKind.REFERRAL,
        members=(citess.Member(party="hub"), citess.Member(party="b")),
        form=citess.AgreementForm.CONVENTION,
        period=citess.Period.of("2020-01-01", "2022-01-01"),
    )
    through = offer(
        "o",
        "legal",
        "b",
        channel=citess.OfferChannel.REFERRAL,
        period=citess.Period.of("2019-01-01"),
    )
    data = small(through, others=(agreement,))
    needs = [("legal", "idea", "land")]
    values = {
        day: one_stop_completeness(data, required=needs, on=day).value
        for day in ("2019-06-01", "2021-06-01", "2023-06-01")
    }
    assert {"2019-06-01": 0, "2021-06-01": 1, "2023-06-01": 0} == values
    claimed = one_stop_completeness(data, required=needs, on="2023-06-01").parts["claimed"]
    assert 1 == claimed
    for changed in (
        citess.evolve(agreement, form=None),
        citess.evolve(agreement, kind=citess.PartnershipKind.COOPERATION),
        citess.evolve(agreement, members=(citess.Member(party="hub"), citess.Member(party="c"))),
        citess.evolve(agreement, period=citess.Period.of("2010", "2012")),
    ):
        other = data.replace(changed)
        assert 0 == one_stop_completeness(other, required=needs).value
    for period in (None, citess.Period.of("unknown", "unknown")):
        other = data.replace(citess.evolve(agreement, period=period))
        assert 1 == one_stop_completeness(other, required=needs, on="2021-06-01").value
    undated = data.replace(citess.evolve(through, period=None))
    assert 0 == one_stop_completeness(undated, required=needs, on="2023-06-01").value
    unknown = citess.Period.of("unknown", "unknown")
    both = data.replace(citess.evolve(agreement, period=unknown)).replace(
        citess.evolve(through, period=unknown)
    )
    assert 1 == one_stop_completeness(both, required=needs, on="2021-06-01").value


def brute_force(sets, weights):
    orders = list(permutations(sets))
    added = dict.fromkeys(sets, 0.0)
    for order in orders:
        seen = set()
        for who in order:
            added[who] += sum(weights.get(cell, 1) for cell in sets[who] - seen)
            seen |= sets[who]
    return {who: total / len(orders) for who, total in added.items()}


cells = st.sets(st.integers(0, 6), min_size=1)


@given(
    st.dictionaries(st.sampled_from("abcd"), cells, min_size=1),
    st.dictionaries(st.integers(0, 6), st.integers(0, 5)),
)
def test_contributions_are_the_mean_over_all_orders_of_joining(sets, weights):
    found = contributions(sets, weights)
    for who, expected in brute_force(sets, weights).items():
        assert math.isclose(expected, found[who].shapley, abs_tol=1e-9)
        others = set().union(*(needs for name, needs in sets.items() if name != who))
        alone = sum(weights.get(cell, 1) for cell in sets[who] - others)
        assert alone == found[who].unique
        assert found[who].unique <= found[who].shapley + 1e-9 <= found[who].total + 2e-9


def test_contributions_refuse_weights_that_are_no_weights():
    with pytest.raises(ValueError, match="weights are numbers of 0 or more, not -1 of 1"):
        contributions(SETS, {1: -1})
    with pytest.raises(ValueError, match="weights are numbers"):
        contributions(SETS, {1: math.nan})


def test_contributions_of_records_add_up_by_sector_and_by_weight():
    data = small(
        offer("o1", "legal", "a", "b"),
        offer("o2", "finance", "b", "hub"),
        offer("o3", "training", "c"),
    )
    found = shapley_coverage(data)
    assert (3, 4) == (found.value, found.n)
    assert (0.5, 1.0, 0.5) == (
        found.parts["sector:public"],
        found.parts["sector:sse"],
        found.parts["sector:hub"],
    )
    sectors = {name for name in found.parts if name.startswith("sector:")}
    assert {"sector:public", "sector:sse", "sector:hub"} == sectors
    demand = {("legal", "idea", "land"): 10, ("finance", "idea", "land"): 4}
    weighed = shapley_coverage(data, required=demand)
    assert (14, 5.0, 7.0, 0) == (
        weighed.value,
        weighed.parts["a"],
        weighed.parts["b"],
        weighed.parts["c"],
    )


@given(st.dictionaries(st.sampled_from("abcd"), cells, min_size=2), st.integers(0, 9))
def test_the_gain_lies_between_none_and_all_of_the_gap(sets, more):
    needs = range(7 + more)
    found = complementarity_gain.compute(offered(sets, required=needs))
    best = max(map(len, sets.values()))
    if best == len(needs):
        assert Undefined.NOT_APPLICABLE is found.reason
    else:
        joint = len(set().union(*sets.values()))
        assert math.isclose((joint - best) / (len(needs) - best), found.value)
        assert len(sets[found.method["best"]]) == best


def test_a_partner_that_meets_every_need_leaves_no_gap():
    found = complementarity_gain.compute(offered({"a": (1, 2), "b": (1,)}, required=(1, 2)))
    assert (Undefined.NOT_APPLICABLE, "a", 2) == (found.reason, found.method["best"], found.n)


def test_offers_beyond_the_needs_give_no_gain():
    found = complementarity_gain.compute(offered({"a": (8,), "b": (9,)}, required=(1, 2)))
    assert (0, None) == (found.value, found.method["best"])
    assert (
        Undefined.TOO_FEW
        is complementarity_gain.compute(offered({"a": (1,)}, required=(1, 2))).reason
    )


@given(cells, cells)
def test_overlap_is_the_same_from_both_sides(first, second):
    found = service_overlap(first, second)
    assert (found.value, found.parts) == (
        service_overlap(second, first).value,
        service_overlap(second, first).parts,
    )
    assert 0 <= found.value <= found.parts["simpson"] <= 1
    assert 1 == service_overlap(first, first).value


def test_overlap_with_nothing_and_with_what_is_not_known():
    assert Undefined.ZERO_DENOMINATOR is service_overlap((), set()).reason
    assert (0, None) == ((found := service_overlap({1}, ())).value, found.parts["simpson"])
    assert (Undefined.NOT_KNOWN, 1) == (
        (unknown := service_overlap(None, {1})).reason,
        unknown.missing,
    )


def test_overlap_of_records_is_a_matrix_of_pairs():
    data = small(offer("o1", "legal", "a", "b"), offer("o2", "finance", "b"))
    assert {"a", "b"} == set(provided(data))
    assert {("a", "b"): 0.5} == {pair: found.value for pair, found in overlap_matrix(data).items()}
    assert {} == overlap_matrix(data, where={"kind": "finance"})


def continuity(**sets):
    return {(when.replace("_", "-"), str(n)): 1 for when, ns in sets.items() for n in ns}


def test_continuity_leaves_out_what_perhaps_held():
    found = offer_continuity.compute(
        continuity(before={1, 2}, after={1, 2}, perhaps_after={2, 3}, perhaps_before={4})
    )
    assert (1.0, 2, 2) == (found.value, found.n, found.missing)
    gone = offer_continuity.compute(continuity(before={1}))
    assert (0, 0, 1) == (gone.value, gone.parts["persistence"], gone.parts["ended"])
    new = offer_continuity.compute(continuity(after={1}))
    assert (0, None) == (new.value, new.parts["persistence"])
    assert Undefined.ZERO_DENOMINATOR is offer_continuity.compute({}).reason
    assert Undefined.NOT_KNOWN is offer_continuity.compute(continuity(perhaps_after={1})).reason


def test_continuity_of_records_compares_two_days():
    period = citess.Period.of
    data = small(
        offer("o1", "legal", "a", period=period("2020-01-01", "2021-06-01")),
        offer("o2", "finance", "a", period=period("2020-01-01")),
        offer("o3", "training", "a", period=period("2021-03-01")),
        offer("o4", "training", "a", period=period("2021-03-01"), stages=(citess.Stage.GROWTH,)),
        offer("o5", "legal", "a", stages=(citess.Stage.SCALE,)),
    )
    found = offer_continuity(data, period="2021")
    assert (1, 4, 1, 2) == (
        found.numerator,
        found.denominator,
        found.parts["ended"],
        found.parts["begun"],
    )
    assert 1 == found.missing
    days = {"before": "2021-01-01", "after": "2021-12-31"}
    assert found.value == offer_continuity(data, **days).value
    assert Undefined.NOT_APPLICABLE is offer_continuity(data).reason
    endless = citess.Period.of("2021-01-01")
    assert Undefined.NOT_APPLICABLE is offer_continuity(data, period=endless).reason


@pytest.mark.parametrize(
    ("start", "end", "kept"),
    [
        ("2021-01-01", "2022-01-01", (1, 1)),
        ("2021-01-01", "2021-12-31", (0, 1)),
        ("2021-01-02", "2022-01-01", (0, 1)),
        ("2022-01-01", "2023-01-01", (None, None)),
    ],
)
def test_continuity_of_a_year_is_of_its_first_and_its_last_day(start, end, kept):
    data = small(offer("o", "legal", "a", period=citess.Period.of(start, end)))
    found = offer_continuity(data, period="2021")
    assert kept == (found.numerator, found.denominator)


@pytest.mark.parametrize(
    "metric", [redundancy_ratio, single_provider_share, shapley_coverage, complementarity_gain]
)
def test_needs_met_by_one_or_by_nobody_named_give_no_answer(metric):
    cell = ("legal", "idea", "land")
    alone = metric.compute(offered({"a": [cell]}, required=[cell, ("x", "y", "z")]))
    assert (None, Undefined.TOO_FEW) == (alone.value, alone.reason)
    unnamed = metric.compute(offered({"": [cell]}, required=[cell]))
    assert (Undefined.NOT_KNOWN, 1) == (unnamed.reason, unnamed.missing)
    records = metric(small(offer("o", "legal")))
    assert (Undefined.NOT_KNOWN, 1) == (records.reason, records.missing)
