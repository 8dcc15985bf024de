"""Jobs: flows, full-time equivalents, who holds them, and how often they are claimed."""

import itertools
import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import citess
from citess import AgeBand, Dataset, LabourType, Sex
from citess.metrics import (
    Undefined,
    catalogue,
    changes,
    claims,
    double_count_adjustment,
    fte,
    job_flows,
    women_jobs_share,
    youth_jobs_share,
)
from citess.metrics._job_counts import by_words
from tests.metrics.samples import (
    case,
    close,
    enterprise,
    follow_up,
    hub,
    jobs,
    land,
    needs_reference,
    reference,
)

WORKED = [(0, 4), (5, 8), (6, 3), (2, 0)]
RECORDS = [id_ for id_ in catalogue if id_[0] in "ET" and catalogue[id_].takes == "records"]


def numbers(found, *names):
    return [found.parts[name] for name in names]


@needs_reference
def test_flows_are_those_of_the_worked_example():
    record = reference("job_flows")
    found = job_flows.compute(changes(WORKED))
    names = {
        "created": "created",
        "destroyed": "destroyed",
        "net": "net",
        "maintained": "maintained",
        "avg": "mean_employment",
        "jcr": "creation_rate",
        "jdr": "destruction_rate",
        "net_rate": "net_rate",
        "reallocation": "reallocation_rate",
    }
    for theirs, ours in names.items():
        assert close(record, found.parts[ours], record["value"][theirs])


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1))
def test_created_less_destroyed_is_net_and_what_was_before_is_kept_or_lost(pairs):
    found = job_flows.compute(changes(pairs))
    created, destroyed, kept = numbers(found, "created", "destroyed", "maintained")
    assert sum(b - a for a, b in pairs) == created - destroyed == found.value
    assert sum(a for a, _ in pairs) == kept + destroyed
    assert sum(b for _, b in pairs) == kept + created
    rate = found.parts["net_rate"]
    assert rate is None or -2 <= rate <= 2


def test_an_enterprise_without_jobs_at_either_end_has_no_rate():
    found = job_flows.compute(changes([(0, 0)]))
    assert (0, None) == (found.value, found.parts["net_rate"])


def test_closures_are_zero_jobs_and_lost_is_not_closed():
    records = [
        land(),
        hub("h"),
        enterprise("open", ("start_up", "2020-01-01")),
        enterprise("shut", ("start_up", "2020-01-01"), ("closed", "2022-06-01")),
        enterprise("gone", ("start_up", "2020-01-01")),
        case("c", "h", "2020-02-01", "gone"),
        follow_up("f", "c", "2022-09-01", "lost"),
        *(jobs(e, "2021-11-01", 5) for e in ("open", "shut", "gone")),
        jobs("open", "2022-11-01", 7),
    ]
    found = job_flows(Dataset.of(*records), period="2022")
    assert (2, 1) == (found.n, found.missing)
    assert [2, 5, 1] == numbers(found, "created", "destroyed", "exits")


def test_survivors_alone_are_not_the_whole():
    """Only those that answer have grown: the others are not known, and too many."""
    records = [
        enterprise("a", ("start_up", "2020-01-01")),
        enterprise("b", ("start_up", "2020-01-01")),
        *(jobs(e, "2021-11-01", 5) for e in "ab"),
        jobs("a", "2022-11-01", 9),
    ]
    data = Dataset.of(*records)
    found = job_flows(data, period="2022")
    assert (None, Undefined.TOO_MANY_MISSING, 1) == (found.value, found.reason, found.missing)
    found = job_flows(data, period="2022", allow_missing=True)
    assert (4, ("few", "missing")) == (found.value, found.warnings)


def test_entries_start_from_nothing():
    records = [
        enterprise("new", ("idea", "2020-01-01"), ("start_up", "2022-03-01")),
        jobs("new", "2022-11-01", 4),
    ]
    data = Dataset.of(*records)
    assert [4, 0, 1] == numbers(job_flows(data, period="2022"), "created", "destroyed", "entries")
    assert 4 == job_flows(data).value
    assert 0 == job_flows(data, period="2019").n


def test_a_count_that_is_too_old_says_nothing():
    records = [
        enterprise("e", ("start_up", "2019-01-01")),
        jobs("e", "2020-06-01", 4),
        jobs("e", "2022-06-01", 6),
    ]
    data = Dataset.of(*records)
    assert Undefined.NOT_KNOWN is job_flows(data, period="2022").reason
    found = job_flows(data, period="2022", stale_after=24)
    assert (2, 24) == (found.value, found.method["stale_after"])
    assert 1 == job_flows(data, period="2020-07/2020-10").missing


def test_the_whole_record_runs_from_the_first_count_to_the_last():
    records = [
        enterprise("two", ("growth", "2019")),
        jobs("two", "2020-06-01", 4),
        jobs("two", "2022-06-01", 6),
        enterprise("once"),
        jobs("once", "2020-06-01", 4),
        enterprise("never", ("growth", "2019")),
        enterprise("project", ("idea", "2019")),
        enterprise("shut", ("start_up", "2019"), ("closed", "2021")),
        jobs("shut", "2019-12-01", 3),
        enterprise("counted-first", ("idea", "2021-01-01"), ("start_up", "2021-06-01")),
        jobs("counted-first", "2020-01-01", 2),
        jobs("counted-first", "2022-01-01", 3),
    ]
    found = job_flows(Dataset.of(*records), allow_missing=True)
    assert (3, 2) == (found.n, found.missing)
    assert [3, 3, 9] == numbers(found, "created", "destroyed", "before")


def test_an_open_period_runs_to_the_last_count():
    records = [
        enterprise("e", ("start_up", "2019-01-01")),
        jobs("e", "2020-06-01", 4),
        jobs("e", "2022-06-01", 6),
    ]
    found = job_flows(Dataset.of(*records), period=citess.Period.of("2020-09-01"))
    assert 2 == found.value
    found = job_flows(Dataset.of(*records), period=citess.Period.of("unknown", "2021"))
    assert 1 == found.missing


def split(sex=None, age=None, labour=None):
    band = None if age is None else AgeBand(lower=age[0], upper=age[1])
    return {"sex": sex, "age_band": band, "labour": labour}


def test_totals_and_splits_of_a_day_are_the_same_jobs():
    records = [enterprise("e", ("start_up", "2019-01-01"))]
    for year, total, women in ((2021, 10, 4), (2022, 12, 7)):
        day = f"{year}-06-01"
        records += [
            jobs("e", day, total),
            jobs("e", day, women, **split(sex=Sex.FEMALE)),
            jobs("e", day, 3, **split(age=(15, 24))),
        ]
    data = Dataset.of(*records)
    assert 2 == job_flows(data, period="2021-12/2022-12").value
    found = job_flows(data, by="sex", period="2021-12/2022-12")
    assert 2 == found.value
    groups = {group: measure.value for group, measure in found.breakdown.items()}
    assert {("female",): 3, ("not known",): -1} == groups
    assert 3 == job_flows(data, where={"sex": "female"}, period="2021-12/2022-12").value


@given(
    st.dictionaries(
        st.tuples(*(st.sampled_from(["", "x", "y"]) for _ in range(3))), st.integers(0, 9)
    ),
    st.sampled_from([(), ("sex",), ("sex", "labour"), ("sex", "age_band", "labour")]),
)
def test_no_split_holds_more_jobs_than_it_tells(cells, wanted):
    found = by_words(cells, wanted)
    assert all(len(cell) == len(wanted) for cell in found)
    whole = sum(cells.values())
    assert 0 <= sum(found.values()) <= whole


def test_jobs_are_broken_down_by_enterprise_and_by_holder():
    data = citess.datasets.synthetic(hubs=2, partners=4, enterprises=12)
    found = job_flows(data, by=("hub", "sex"))
    assert {2} == {len(group) for group in found.breakdown}
    by_hub = job_flows(data, by="hub").breakdown.values()
    assert found.n <= sum(measure.n for measure in by_hub)  # some are at two hubs
    with pytest.raises(ValueError, match="no dimension"):
        job_flows(data, by="colour")


def test_flows_of_full_time_equivalents_are_exact():
    records = [
        enterprise("e", ("start_up", "2019-01-01")),
        jobs("e", "2020-06-01", 3, fte=Decimal("2.35")),
        jobs("e", "2022-06-01", 3, fte=Decimal("2.8")),
        enterprise("heads", ("start_up", "2019-01-01")),
        jobs("heads", "2020-06-01", 3),
    ]
    found = job_flows(Dataset.of(*records), measure="fte", allow_missing=True)
    assert (0.45, "fte", 1) == (found.value, found.method["measure"], found.missing)
    with pytest.raises(ValueError, match="'hours' is no measure of jobs; they are heads, fte"):
        job_flows(Dataset.of(*records), measure="hours")


@pytest.mark.parametrize("bad", [-1, math.inf, math.nan])
def test_impossible_numbers_of_jobs_are_refused(bad):
    with pytest.raises(ValueError, match="before is a number of zero or more"):
        changes([(bad, 1)])
    with pytest.raises(ValueError, match="after is a number of zero or more"):
        changes([(1, bad)])


def test_jobs_that_are_not_known_are_no_zero():
    assert Undefined.NOT_KNOWN is job_flows.compute(changes([(None, 3)])).reason
    assert Undefined.ZERO_DENOMINATOR is job_flows.compute(changes([])).reason
    assert (1, 1) == (
        job_flows.compute(changes([(1, 2), (None, 3), (2, 3)])).missing,
        job_flows.compute(changes([(1, 2), (None, 3), (2, 3)])).n - 1,
    )


def test_many_enterprises_are_not_flagged():
    assert () == job_flows.compute(changes([(1, 2)] * 30)).warnings


@needs_reference
def test_full_time_equivalents_record_their_hours():
    found = fte([48, 24, 12], full_time_hours=48)
    assert close(reference("fte"), found.value)
    assert 2.1 == pytest.approx(fte([48, 24, 12], full_time_hours=40).value)
    assert {"full_time_hours": 40} == fte([1], full_time_hours=40).method


def test_hours_that_are_not_known_are_counted():
    assert Undefined.NOT_KNOWN is fte([None], full_time_hours=48).reason
    assert Undefined.ZERO_DENOMINATOR is fte([], full_time_hours=48).reason
    assert Undefined.TOO_MANY_MISSING is fte([48, None], full_time_hours=48).reason
    found = fte([48, None], full_time_hours=48, allow_missing=True)
    assert (1, 1, ("missing",)) == (found.value, found.missing, found.warnings)
    assert () == fte([48], full_time_hours=48).warnings


@pytest.mark.parametrize(
    ("hours", "full", "said"),
    [
        ([-1], 48, "hours is a finite number, 0 or more, not -1"),
        ([math.nan], 48, "hours is a finite"),
        ([1], 0, "full_time_hours is above zero"),
        ([1], math.inf, "full_time_hours is a finite number"),
    ],
)
def test_impossible_hours_are_refused(hours, full, said):
    with pytest.raises(ValueError, match=said):
        fte(hours, full_time_hours=full)


def test_women_and_young_people_hold_a_share_of_heads_and_of_work():
    day = "2022-01-01"
    records = [
        enterprise("e"),
        jobs("e", day, 3, fte=Decimal(1), **split(sex=Sex.FEMALE, age=(18, 24))),
        jobs("e", day, 1, fte=Decimal(1), **split(sex=Sex.MALE, age=(18, 24))),
        jobs("e", day, 4, **split(sex=Sex.MALE, age=(20, 40))),
        jobs("e", "2021-01-01", 100, **split(sex=Sex.MALE)),
    ]
    data = Dataset.of(*records)
    found = women_jobs_share(data)
    assert (3 / 8, 0.5, 8) == (found.value, found.parts["fte_share"], found.n)
    assert 0 == women_jobs_share(data, period="2021").value
    found = youth_jobs_share(data, band="18-35")
    assert (1, 4, "18-35") == (found.value, found.missing, found.method["band"])
    found = women_jobs_share(data, by="age_band")
    assert {("18-24",): 0.75, ("20-40",): 0} == {g: m.value for g, m in found.breakdown.items()}
    assert 0.75 == women_jobs_share(data, where={"age_band": "18-24"}).value


def test_kinds_of_jobs_are_never_added_up():
    records = [
        enterprise("e"),
        jobs("e", "2022-01-01", 3, sex=Sex.FEMALE),
        jobs("e", "2022-01-01", 5, sex=Sex.MALE, kind=citess.JobsKind.PROMISED),
    ]
    data = Dataset.of(*records)
    assert (1, 3) == (women_jobs_share(data).value, women_jobs_share(data).n)
    found = women_jobs_share(data, kind="promised")
    assert (0, 5, "promised") == (found.value, found.n, found.method["kind"])
    with pytest.raises(ValueError, match="hoped"):
        women_jobs_share(data, kind="hoped")


def test_youth_needs_a_band_and_says_it():
    facts = {"15-24": 3, "25-64": 5, "65+": 2, "20-30": 1, "": 4}
    found = youth_jobs_share.compute(facts, band=AgeBand(lower=15, upper=24))
    assert (0.3, 5, "15-24") == (found.value, found.missing, found.method["band"])
    assert 0.5 == youth_jobs_share.compute({"65+": 2, "15-24": 2}, band="60+").value
    assert Undefined.NOT_APPLICABLE is youth_jobs_share.compute(facts).reason
    for bad in ("young", "15-", "x+"):
        with pytest.raises(ValueError, match=bad.replace("+", ".")):
            youth_jobs_share.compute(facts, band=bad)


@needs_reference
def test_jobs_of_two_hubs_are_shared_so_that_each_counts_once():
    record = reference("double_counting")["value"]
    found = double_count_adjustment.compute(claims([(10, {"h1", "h2"}), (6, {"h1"})]))
    names = ("claimed", "jobs", "share:h1", "share:h2")
    shares = record["fractional"]
    assert [record["naive"], record["unique"], shares["h1"], shares["h2"]] == numbers(found, *names)
    assert record["factor"] == found.value


@given(
    st.lists(
        st.tuples(
            st.integers(0, 40),
            st.dictionaries(st.sampled_from("abcd"), st.integers(1, 5), min_size=1),
        )
    )
)
def test_fractional_shares_sum_to_the_jobs(enterprises):
    found = double_count_adjustment.compute(claims(enterprises))
    total = sum(n for n, _ in enterprises)
    shares = [x for name, x in found.parts.items() if name.startswith("share:")]
    assert math.isclose(total, sum(shares), abs_tol=1e-9)
    assert found.value is None or found.value >= 1


def test_shares_follow_the_intensity_of_support():
    found = double_count_adjustment.compute(claims([(10, {"a": 3, "b": 1}), (4, {"c": 0.5})]))
    assert [7.5, 2.5, 4] == numbers(found, "share:a", "share:b", "share:c")
    found = double_count_adjustment.compute(claims([(10, {"a": 1, "b": 0})]))
    assert (1, 0) == (found.value, found.parts["claimed:b"])


def test_jobs_claimed_without_ids_give_bounds_and_never_a_sum():
    facts = claims([(4, {"a"})], without_ids={"a": 16, "b": 10})
    found = double_count_adjustment.compute(facts)
    assert (None, Undefined.ONLY_BOUNDS) == (found.value, found.reason)
    assert [16, 30] == numbers(found, "least", "most")
    assert (1, 30 / 16) == found.bounds


def test_jobs_that_nobody_supports_are_not_claimed():
    found = double_count_adjustment.compute(claims([(5, ())]))
    assert (None, Undefined.ZERO_DENOMINATOR, 5) == (
        found.value,
        found.reason,
        found.parts["unclaimed"],
    )


@pytest.mark.parametrize(
    ("given_claims", "said"),
    [
        ([(-1, {"a"})], "numbers of zero or more, not -1"),
        ([(1, {"a": math.nan, "b": 1})], "numbers of zero or more, not nan"),
        ([(1, {"a": 0})], "some supporter has a weight above zero"),
    ],
)
def test_impossible_claims_are_refused(given_claims, said):
    with pytest.raises(ValueError, match=said):
        claims(given_claims)
    with pytest.raises(ValueError, match="numbers of zero or more"):
        claims(without_ids={"a": -1})


def shared():
    funder, programme = "funder", "programme"
    party = citess.Partner(id=funder, name=citess.Text(fr="Bailleur"))
    members = (citess.Member(party=funder, role=citess.Role.FUNDER),)
    created = {"kind": citess.JobsKind.CREATED}
    return Dataset.of(
        land(),
        hub("a"),
        hub("b"),
        party,
        citess.Programme(id=programme, name=citess.Text(fr="P"), members=members),
        enterprise("both", hub="a"),
        enterprise("one", hub="a"),
        enterprise("none"),
        enterprise("not-counted", hub="a"),
        case("c1", "a", "2020-01-01", "both", programme=programme),
        case("c2", "b", "2020-02-01", "both"),
        citess.Service(id="s", name=citess.Text(fr="S"), kind="legal"),
        *(
            citess.SupportSession(
                id=f"s{n}", cases=(case_id,), service="s", on=citess.PartialDate("2020-03-01")
            )
            for n, case_id in enumerate(("c1", "c1", "c1", "c2"))
        ),
        jobs("both", "2022-01-01", 10, **created),
        jobs("one", "2022-01-01", 6, **created),
        jobs("none", "2022-01-01", 2, programme=programme, **created),
    )


def test_claims_are_read_from_cases_hubs_and_programmes():
    data = shared()
    found = double_count_adjustment(data, by="hub")
    assert (26 / 16, 2) == (found.value, found.parts["unclaimed"])
    assert [11, 5] == numbers(found, "share:a", "share:b")
    assert 2 == found.breakdown[("b",)].value
    found = double_count_adjustment(data, weights="sessions")
    assert [7.5 + 6, 2.5] == numbers(found, "share:a", "share:b")
    found = double_count_adjustment(data, claimant="programme")
    assert (1, 12) == (found.value, found.parts["share:programme"])
    assert 12 == double_count_adjustment(data, claimant="programme", weights="sessions").n
    assert 12 == double_count_adjustment(data, claimant="funder").parts["share:funder"]
    assert Undefined.ZERO_DENOMINATOR is double_count_adjustment(data, period="2019").reason
    with pytest.raises(ValueError, match="'donor' is none of hub, programme, funder"):
        double_count_adjustment(data, claimant="donor")
    with pytest.raises(ValueError, match="'hours' is none of equal, sessions"):
        double_count_adjustment(data, weights="hours")


def test_tallies_of_two_hubs_with_the_same_enterprise_do_not_add():
    data = shared()
    one = double_count_adjustment.tally(data)
    with pytest.raises(ValueError, match="counted twice"):
        one + one


@pytest.mark.parametrize("id_", RECORDS)
@pytest.mark.parametrize("seed", range(2))
def test_tallies_of_different_enterprises_add_to_that_of_all(id_, seed):
    parts = [
        citess.datasets.synthetic(hubs=2, partners=4, enterprises=n, seed=seed + 7 * n)
        for n in (5, 8)
    ]
    whole = Dataset({r.id: r for r in itertools.chain(*(p.records() for p in parts))}.values())
    metric = catalogue[id_]
    for options in ({}, {"by": "hub"}, {"period": "2021/2024", "by": "territory"}):
        one, two = (metric.tally(part, **options) for part in parts)
        assert metric.tally(whole, **options) == one + two == two + one
        assert metric(whole, **options) == metric.of(one + two)
    assert metric(whole) == metric(reversed(list(whole.records())))


def test_labour_is_a_dimension_of_jobs():
    records = [
        enterprise("e", ("start_up", "2019-01-01")),
        *(
            jobs("e", day, n, labour=tie)
            for day, n in (("2020-01-01", 2), ("2022-01-01", 5))
            for tie in (LabourType.SUBORDINATE, LabourType.VOLUNTARY)
        ),
    ]
    found = job_flows(Dataset.of(*records), by="labour")
    assert {("subordinate",): 3, ("voluntary",): 3} == {
        group: measure.value for group, measure in found.breakdown.items()
    }
    assert 6 == found.value


def test_flows_of_frames_leave_out_what_was_seen_once():
    pl = pytest.importorskip("polars")
    frame = pl.DataFrame(
        {
            "enterprise": ["a", "a", "b", "c", "c"],
            "hub": ["h"] * 5,
            "on": ["2022-01-01", "2022-12-31", "2022-06-01", "2022-01-01", "2022-12-31"],
            "heads": [4, 6, 100, 3, 0],
            "fte": [4.0, 5.5, 90.0, 3.0, 0.0],
            "sex": [None] * 5,
            "age_band": [None] * 5,
            "labour": [None] * 5,
        },
        schema_overrides={"sex": pl.String, "age_band": pl.String, "labour": pl.String},
    ).with_columns(pl.col("on").str.to_date())
    found = job_flows(citess.metrics.Tables(jobs=frame), by="hub")
    assert (-1, 2, 1) == (found.value, found.n, found.missing)
    assert [2, 3, 4, 7, 6] == numbers(
        found, "created", "destroyed", "maintained", "before", "after"
    )
    assert -1.5 == job_flows(citess.metrics.Tables(jobs=frame), measure="fte").value


def test_counts_of_jobs_are_a_table():
    records = [enterprise("e"), jobs("e", "2022-01-01", 3, labour=LabourType.VOLUNTARY)]
    reads = citess.metrics.count("jobs", of=("sex", "labour"), sums="heads")
    facts = reads(Dataset.of(*records), citess.metrics.Asked()).facts()[()]
    assert 3 == facts["sum", "heads", "", "voluntary"]
