"""Who is reached, and whether groups fare alike; by hand and on records."""

import json
import math
import os
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import citess
from citess import AgeBand, PartialDate
from citess.metrics import (
    Undefined,
    adverse_impact_ratio,
    compare,
    dissimilarity,
    location_quotient,
    parity_index,
    penetration_rate,
    representation_quotient,
    unique_beneficiaries,
    women_share,
    youth_share,
)
from citess.metrics.parity import adjusted
from citess.metrics.reach import chapman
from citess.metrics.segregation import assigned, dissimilarity_index
from tests.metrics.small_hub import case, hub, records, session

REFERENCE = os.environ.get("CITESS_REFERENCE_DIR")
needs_reference = pytest.mark.skipif(
    REFERENCE is None, reason="CITESS_REFERENCE_DIR names no folder of reference values"
)
FEMALE, MALE = citess.Sex.FEMALE, citess.Sex.MALE
TWO_HUBS = {("female", "a"): 30, ("female", "b"): 10, ("male", "a"): 20, ("male", "b"): 40}
HERE, THERE = "here", "there"
FUNNEL = {
    ("applied", "female"): 60,
    ("granted", "female"): 30,
    ("applied", "male"): 50,
    ("granted", "male"): 40,
}


def reference(id_):
    found = json.loads(Path(REFERENCE, "reference_values.json").read_text("utf-8"))["records"]
    return next(record for record in found if record.get("catalogue_id") == id_)


def flat(value):
    if isinstance(value, dict):
        return [x for part in value.values() for x in flat(part)]
    return [x for part in value for x in flat(part)] if isinstance(value, list) else [value]


def ends(found):
    return [found.interval.low, found.interval.high]


WORKED = {
    "R01": lambda: {
        "sum": (
            found := unique_beneficiaries.compute(
                {("people",): 4, ("by_hub", "A"): 3, ("by_hub", "B"): 2}
            )
        ).parts["claimed"],
        "unique": found.value,
        "double_count_factor": found.parts["double_count_factor"],
    },
    "R04": lambda: {
        "gpi": (
            found := parity_index.compute(
                {"female": 120, "male": 80}, population={"female": 5000, "male": 5200}
            )
        ).value,
        "gpi_adjusted": found.parts["adjusted"],
        "ci": ends(found),
    },
    "R05": lambda: {
        "rq": (
            found := representation_quotient.compute({"female": 120, "male": 80}, reference=0.49)
        ).value,
        "ci": ends(found),
    },
    "R07": lambda: adverse_impact_ratio.compute(FUNNEL, steps=("applied", "granted")).value,
    "R15": lambda: dissimilarity.compute(TWO_HUBS).value,
    "R16": lambda: location_quotient(20, 200, 500, 10000).value,
}


@needs_reference
@pytest.mark.parametrize("id_", WORKED)
def test_the_worked_examples_of_reach_are_reproduced(id_):
    record = reference(id_)
    assert pytest.approx(flat(record["value"]), abs=record["tolerance"]) == flat(WORKED[id_]())


def person(n):
    return f"p-{n:032d}"


def people():
    """Persons 1 to 4 at two hubs, 3 at both, and one case that names nobody."""
    return records(
        case("a", client=person(1), sex=FEMALE),
        case("b", client=person(2), sex=MALE),
        case("c", client=person(3), sex=FEMALE),
        case("d", client=person(3), sex=FEMALE, hub="other"),
        case("e", client=person(4), hub="other"),
        case("f", hub="other", sex=MALE),
        hubs=("hub", "other"),
    )


def test_double_counting_of_people_across_hubs_is_undone_by_ids():
    found = unique_beneficiaries(people(), by="hub")
    assert (4, 1.25, 1, (4, 5)) == (
        found.value,
        found.parts["double_count_factor"],
        found.missing,
        found.bounds,
    )
    assert ("missing",) == found.warnings
    assert {("hub",): 3, ("other",): 2} == {
        group: measure.value for group, measure in found.breakdown.items()
    }


def test_without_ids_there_are_only_bounds_and_never_the_sum():
    nameless = records(
        *(case(f"a{n}") for n in range(3)),
        *(case(f"b{n}", hub="other") for n in range(2)),
        hubs=("hub", "other"),
    )
    found = unique_beneficiaries(nameless)
    assert (None, Undefined.ONLY_BOUNDS, (3, 5)) == (found.value, found.reason, found.bounds)
    by_hand = unique_beneficiaries.compute({("by_hub", "a"): 3, ("by_hub", "b"): 2})
    assert (found.bounds, found.reason) == (by_hand.bounds, by_hand.reason)
    nobody = unique_beneficiaries.compute({})
    assert (Undefined.ZERO_DENOMINATOR, None) == (nobody.reason, nobody.bounds)


@given(st.lists(st.tuples(st.integers(0, 6), st.sampled_from(("hub", "other"))), min_size=1))
def test_the_bounds_without_ids_hold_the_number_of_people(visits):
    by_hub = {h: len({n for n, at in visits if at == h}) for h in ("hub", "other")}
    facts = {("by_hub", h): n for h, n in by_hub.items() if n}
    low, high = unique_beneficiaries.compute(facts).bounds
    assert low <= len({n for n, _ in visits}) <= high


def test_women_of_records_are_counted_once():
    found = women_share(people())
    assert (0.5, 4, 1) == (found.value, found.n, found.missing)


def test_youth_is_defined_by_the_band_that_is_named():
    bands = {"15-24": 10, "25-34": 6, "35+": 4, "": 3}
    narrow = youth_share.compute(bands, band="15-24")
    wide = youth_share.compute(bands, band=AgeBand(lower=15, upper=29))
    assert (0.5, 3, "15-24") == (narrow.value, narrow.missing, narrow.method["band"])
    assert (10 / 14, 9, 6) == (wide.value, wide.missing, wide.parts["straddling"])
    assert (10 / 23, 19 / 23) == wide.bounds
    nobody = youth_share.compute(bands)
    assert (Undefined.NOT_APPLICABLE, ("no-age-band",)) == (nobody.reason, nobody.warnings)
    old = youth_share.compute(bands, band="60+")
    assert (0, 7) == (old.value, old.missing)
    for wrong in ("young", "30-20", "-5"):
        with pytest.raises(ValueError, match="a band of ages is such as '18-35'"):
            youth_share.compute(bands, band=wrong)


def test_the_young_of_records_are_found_by_their_band():
    data = records(
        case("a", age_band=AgeBand(lower=18, upper=24)),
        case("b", age_band=AgeBand(lower=30, upper=40)),
        case("c", age_band=AgeBand(lower=40)),
        case("d"),
    )
    found = youth_share(data, band="18-35", by="hub")
    assert (0.5, 2, 2) == (found.value, found.n, found.missing)
    assert 0.5 == found.breakdown["hub",].value


def regions():
    return (
        *(
            citess.Territory(
                id=name, name=citess.Text(en=name), level=citess.TerritoryLevel.GOVERNORATE
            )
            for name in (HERE, THERE)
        ),
        hub("h", HERE),
    )


def spread():
    rows = [(HERE, FEMALE)] * 6 + [(HERE, MALE)] * 2 + [(THERE, FEMALE)] * 3 + [(THERE, MALE)] * 3
    cases = [
        case(f"c{n}", hub="h", territory=place, sex=sex, client=person(n))
        for n, (place, sex) in enumerate(rows)
    ]
    unknown = case("unknown", hub="h", territory=HERE, client=person(99))
    return records(*regions(), *cases, unknown)


POPULATION = {
    (HERE, "female"): 100,
    (HERE, "male"): 100,
    (THERE, "female"): 60,
    (THERE, "male"): 20,
}


def test_parity_of_records_compares_people_with_the_population_of_their_territory():
    found = parity_index(spread(), population=POPULATION, by="territory")
    assert math.isclose((9 / 160) / (5 / 120), found.value)
    assert {(HERE,): 3.0, (THERE,): pytest.approx(1 / 3)} == {
        group: measure.value for group, measure in found.breakdown.items()
    }
    low, high = found.bounds
    assert (low, high) == ((9 / 160) / (6 / 120), (10 / 160) / (5 / 120))
    women = parity_index(spread(), population=POPULATION, by="hub").breakdown
    assert math.isclose((9 / 100) / (5 / 100), women["h",].value)


def test_ecological_fallacy_pooled_parity_stands_beside_its_parts():
    found = parity_index(spread(), population=POPULATION, by="territory")
    parts = [measure.value for measure in found.breakdown.values()]
    assert min(parts) < 1 < max(parts)
    assert "person" == found.level


def test_parity_needs_populations_and_men():
    facts = {"female": 3, "male": 2}
    assert Undefined.NOT_KNOWN is parity_index.compute(facts).reason
    assert Undefined.NOT_KNOWN is parity_index(spread()).reason
    half = parity_index(
        spread(), population={(HERE, "female"): 9, (HERE, "male"): 9}, by="territory"
    )
    assert Undefined.NOT_KNOWN is half.breakdown[THERE,].reason
    population = {"female": 10, "male": 10}
    nobody = parity_index.compute({"female": 3}, population=population)
    assert Undefined.ZERO_DENOMINATOR is nobody.reason
    assert Undefined.ZERO_DENOMINATOR is parity_index.compute({}, population=population).reason
    beyond = parity_index.compute({"female": 13, "male": 5}, population=population)
    assert (2.6, None) == (pytest.approx(beyond.value), beyond.interval)
    assert "beyond-population" in beyond.warnings
    equal = parity_index.compute({"female": 5, "male": 5}, population=population)
    assert (1, 1) == (equal.value, equal.parts["within_band"])
    for wrong in (-1, math.inf, True, "many"):
        with pytest.raises(ValueError, match="population is a finite number of 0 or more"):
            parity_index.compute(facts, population={"female": wrong, "male": 9})


@given(st.floats(0.01, 100))
def test_adjusted_parity_is_alike_on_both_sides(index):
    assert math.isclose(adjusted(index) - 1, 1 - adjusted(1 / index), abs_tol=1e-9)


def test_representation_takes_a_share_or_a_population():
    found = representation_quotient(spread(), population=POPULATION)
    assert math.isclose((9 / 14) / (160 / 280), found.value)
    men = representation_quotient(spread(), reference=0.5, group="male")
    assert (pytest.approx(10 / 14), "male") == (men.value, men.method["group"])
    facts = {"female": 3, "": 1}
    assert (0.75 / 0.5, 2.0) == representation_quotient.compute(facts, reference=0.5).bounds
    assert Undefined.NOT_KNOWN is representation_quotient.compute(facts).reason
    assert Undefined.ZERO_DENOMINATOR is representation_quotient.compute({}).reason
    for reference_, group, reason in (
        (0.5, {"": 2}, Undefined.NOT_KNOWN),
        (0.0, {"female": 2}, Undefined.ZERO_DENOMINATOR),
        (0.5, {}, Undefined.ZERO_DENOMINATOR),
    ):
        assert reason is representation_quotient.compute(group, reference=reference_).reason
    with pytest.raises(ValueError, match="reference is a finite number, 0 to 1"):
        representation_quotient.compute(facts, reference=1.5)


def test_a_funnel_tells_at_which_step_a_group_is_lost():
    facts = {
        ("a", "female"): 100,
        ("b", "female"): 90,
        ("c", "female"): 30,
        ("a", "male"): 100,
        ("b", "male"): 90,
        ("c", "male"): 60,
        ("a", ""): 50,
    }
    found = adverse_impact_ratio.compute(facts, steps=("a", "b", "c"))
    assert (0.5, {"b": 1.0, "c": 0.5}, "c") == (found.value, found.parts, found.method["lost_at"])
    assert ("missing", "four-fifths") == found.warnings
    assert found.interval.low < 0.5 < found.interval.high
    other = adverse_impact_ratio.compute(facts, steps=("a", "c"), group="male", reference="female")
    assert (2.0, ("missing",)) == (other.value, other.warnings)
    with pytest.raises(ValueError, match="steps are two or more"):
        adverse_impact_ratio.compute(facts, steps=("a",))


def test_a_funnel_without_a_group_has_no_ratio():
    nobody = adverse_impact_ratio.compute({("intake", ""): 3})
    assert (Undefined.NOT_KNOWN, 3, None) == (
        nobody.reason,
        nobody.missing,
        nobody.method["lost_at"],
    )
    assert Undefined.ZERO_DENOMINATOR is adverse_impact_ratio.compute({}).reason


def test_steps_of_records_hold_the_earlier_ones():
    line = citess.FinancingLine(id="line", name=citess.Text(en="Line"))

    def granted(case_):
        return citess.FinanceApplication(
            id=f"f-{case_}",
            line="line",
            case=case_,
            submitted=PartialDate("2022-05-01"),
            status=citess.ApplicationStatus.DISBURSED,
        )

    data = records(
        line,
        case("a", sex=FEMALE),
        session("a", "legal", "2022-02-01"),
        case("b", sex=FEMALE),
        granted("b"),
        case("c", sex=MALE, closed="2023-01-01", closure=citess.Closure.FINANCED),
        case("d", sex=MALE),
        citess.Diagnosis(id="d1", case="d", on=PartialDate("2022-01-02")),
        case("e"),
    )
    found = adverse_impact_ratio(data, by="hub")
    assert (1.0, 4, 1) == (found.value, found.n, found.missing)
    assert {"diagnosis": 1.0, "plan": 2.0, "support": 1.0, "application": 0.5, "financed": 1.0} == (
        found.parts
    )
    assert "application" == found.method["lost_at"]


def test_segregation_is_read_beside_what_chance_gives():
    found = dissimilarity.compute(TWO_HUBS)
    assert (100, 2) == (found.n, found.method["hubs"])
    assert found.parts["z"] > 3
    assert found.parts["p"] < 0.01
    assert found == dissimilarity.compute(dict(reversed(TWO_HUBS.items())))
    seeded = dissimilarity.compute(TWO_HUBS, seed=3, draws=50)
    assert (3, 50) == (seeded.method["seed"], seeded.method["draws"])
    small = dissimilarity.compute({("female", str(n)): 1 for n in range(4)} | {("male", "9"): 3})
    assert (1.0, True) == (small.value, small.parts["expected"] > 0.5)


def test_segregation_of_records_unites_people():
    found = dissimilarity(people(), by="cohort")
    assert (5, 1) == (found.n, found.missing)
    assert math.isclose(1 / 6, found.value)
    assert found.breakdown["2022",].value == found.value


def test_segregation_needs_two_hubs_and_two_groups():
    assert Undefined.TOO_FEW is dissimilarity.compute({("female", "a"): 3}).reason
    one_group = dissimilarity.compute({("female", "a"): 3, ("female", "b"): 3})
    assert Undefined.ZERO_DENOMINATOR is one_group.reason
    assert Undefined.NOT_KNOWN is dissimilarity.compute({("", "a"): 3}).reason
    assert Undefined.ZERO_DENOMINATOR is dissimilarity.compute({}).reason
    assert dissimilarity_index((0, 0), (1, 2)) is None
    with pytest.raises(ValueError, match="second has one count a place: 2, not 1"):
        dissimilarity_index((1, 2), (1,))
    with pytest.raises(ValueError, match="first is a finite number"):
        dissimilarity_index((-1, 2), (1, 1))


@given(st.lists(st.integers(0, 300), min_size=1, max_size=6), st.data())
def test_random_assignment_keeps_the_margins(sizes, data):
    marked = data.draw(st.integers(0, sum(sizes)))
    drawn = assigned(Random(data.draw(st.integers(0, 9))), sizes, marked)
    assert marked == sum(drawn)
    assert all(0 <= k <= size for k, size in zip(drawn, sizes, strict=True))


@pytest.mark.parametrize("sizes", [(20, 30), (5, 400), (400, 5), (3000, 4000)])
def test_random_assignment_has_the_mean_and_spread_of_chance(sizes):
    random, whole = Random(4), sum(sizes)
    for marked in (whole // 5, whole - whole // 5):
        counts = [assigned(random, sizes, marked)[0] for _ in range(3000)]
        mean = sizes[0] * marked / whole
        variance = mean * (1 - marked / whole) * (whole - sizes[0]) / (whole - 1)
        found = sum(counts) / len(counts)
        assert abs(found - mean) < 5 * math.sqrt(variance / len(counts)) + 1e-9
        spread_ = sum((n - found) ** 2 for n in counts) / (len(counts) - 1)
        assert math.isclose(variance, spread_, rel_tol=0.15)


def test_a_quotient_of_places_is_checked():
    assert Undefined.NOT_KNOWN is location_quotient(None, 200, 500, 10000).reason
    assert Undefined.ZERO_DENOMINATOR is location_quotient(0, 0, 5, 10).reason
    with pytest.raises(ValueError, match=r"local is at most local_total \(20\), not 30"):
        location_quotient(30, 20, 500, 10000)
    with pytest.raises(ValueError, match="whole is a finite number"):
        location_quotient(3, 20, math.nan, 10000)
    found = location_quotient(2, 20, 500, 10000)
    assert (2.0, ("few",)) == (found.value, found.warnings)


def test_penetration_of_records_counts_people_once():
    found = penetration_rate(spread(), population=POPULATION, by="territory")
    assert (15 / 280, 15, 280) == (found.value, found.numerator, found.denominator)
    assert {(HERE,): 9 / 200, (THERE,): 6 / 80} == {
        group: measure.value for group, measure in found.breakdown.items()
    }
    assert 15 / 1000 == penetration_rate(spread(), population=1000).value
    mixed = penetration_rate(people(), population=100)
    assert (0.04, (0.04, 0.05), 1) == (mixed.value, mixed.bounds, mixed.missing)


def test_penetration_without_ids_or_population_is_not_known():
    assert Undefined.ONLY_BOUNDS is penetration_rate(records(case("a")), population=9).reason
    assert Undefined.NOT_KNOWN is penetration_rate.compute({"reached": 4}).reason
    assert Undefined.ZERO_DENOMINATOR is penetration_rate.compute({}, population=9).reason
    beyond = penetration_rate.compute({"reached": 4}, population=2)
    assert (2.0, None, ("beyond-population",)) == (beyond.value, beyond.interval, beyond.warnings)
    assert 0.05 == penetration_rate.compute({"reached": 400}, population=8000).value


@given(st.integers(0, 200), st.integers(0, 200), st.data())
def test_two_overlapping_lists_tell_how_many_there_are(first, second, data):
    both = data.draw(st.integers(0, min(first, second)))
    estimate, interval = chapman(first, second, both)
    assert interval.low <= estimate + 1e-9 <= interval.high + 2e-9
    assert interval.low >= first + second - both
    if both == first == second:
        assert math.isclose(first, estimate, abs_tol=1e-9)


def test_lists_cannot_share_more_than_the_shorter_holds():
    with pytest.raises(ValueError, match=r"both is between 0 and the shorter list \(3\), not 4"):
        chapman(3, 9, 4)


def test_simpson_reversal_is_told_by_a_comparison():
    def measure(groups):
        cases = [
            case(f"{hub_}-{n}", hub=hub_, sex=FEMALE if n < women else MALE)
            for hub_, (women, all_) in groups.items()
            for n in range(all_)
        ]
        return women_share(records(*cases, hubs=("hub", "other")), by="hub")

    here = measure({"hub": (9, 10), "other": (30, 100)})
    there = measure({"hub": (80, 100), "other": (2, 10)})
    found = compare(here, there)
    assert found.difference < 0
    assert found.reversed
    assert not compare(here, here).reversed
    assert not compare(women_share(people()), women_share(people())).reversed
