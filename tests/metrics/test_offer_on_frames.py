"""Offers, paths and reach: the same on frames and in parts; options that frames refuse."""

from datetime import date

import pytest

import citess
from citess.metrics import (
    Undefined,
    catalogue,
    complementarity_gain,
    double_count_adjustment,
    high_growth_share,
    job_flows,
    offer_continuity,
    one_stop_completeness,
    parity_index,
    pathway_completion,
    penetration_rate,
    service_coverage,
    shapley_coverage,
    synergy_contrast,
    women_jobs_share,
    youth_jobs_share,
)
from citess.metrics._registry import Metric
from citess.metrics._tables import Tables
from tests.metrics.asking import HERE, THERE, WHOLE, told

pl = pytest.importorskip("polars")
DATA = citess.datasets.synthetic(hubs=3, partners=12)
FRAMES = Tables.of(DATA, backend="polars")
BROUGHT = Tables({name: FRAMES[name].to_native() for name in ("journeys", "service_arms")})
FAMILIES = [
    id_ for id_, found in catalogue.items() if id_[0] in "SRE" and isinstance(found, Metric)
]


@pytest.mark.parametrize("by", [None, "hub", "territory"])
@pytest.mark.parametrize("id_", FAMILIES)
def test_frames_give_the_same_as_objects(id_, by):
    found = catalogue[id_]
    options = told(id_)
    assert found(DATA, by=by, **options) == found(FRAMES, by=by, **options)


@pytest.mark.parametrize(
    "metric", [service_coverage, one_stop_completeness, complementarity_gain, shapley_coverage]
)
def test_needs_may_be_named_on_frames_of_offers_alone(metric):
    place = next(iter(DATA.territories))
    required = {("legal", "idea", place): 3, ("training", "idea", place): 1}
    offers = Tables(offers=FRAMES["offers"].to_native())
    for by in (None, "kind"):
        expected = metric(DATA, required=required, by=by)
        assert expected.value == metric(offers, required=required, by=by).value
    with pytest.raises(
        ValueError, match="cannot shape the rows of the frame 'needs', save by kind"
    ):
        metric(offers, required=required, by="hub")
    whole = metric(FRAMES, required=required, by="hub")
    assert metric(DATA, required=required, by="hub") == whole


def test_a_population_may_be_told_beside_a_frame_of_cases():
    cases = pl.DataFrame(
        {
            "client": ["a", "b", "c", "d", "d"],
            "sex": ["female", "female", "male", None, None],
            "territory": ["x", "x", "x", "y", "x"],
        }
    )
    tables = Tables(cases=cases)
    told = {("x", "female"): 100, ("x", "male"): 50}
    assert 1.0 == parity_index(tables, population=told).value
    found = penetration_rate(tables, population=told, by="territory")
    assert (4 / 150, 4 / 150) == (found.value, found.breakdown["x",].value)
    assert Undefined.NOT_KNOWN is found.breakdown["y",].reason
    framed = pl.DataFrame({"territory": ["x", "x"], "sex": ["female", "male"], "people": [100, 50]})
    both = Tables(cases=cases, population=framed)
    assert found.value == penetration_rate(both).value


def test_options_do_not_shape_rows_that_a_frame_holds():
    with pytest.raises(ValueError, match="'limit' cannot shape the rows of the frame 'journeys':"):
        pathway_completion(BROUGHT, limit=30)
    with pytest.raises(ValueError, match="'first' cannot shape the rows"):
        synergy_contrast(BROUGHT, first="legal", second="finance")
    states = pl.DataFrame({"state": ["complete"] * 7 + ["broken"] * 3 + ["open"]})
    found = pathway_completion(Tables(journeys=states))
    assert (0.7, 1) == (found.value, found.censored)
    offers = Tables(offers=FRAMES["offers"].to_native())
    with pytest.raises(ValueError, match=r"give records, or Tables.of\(records\)"):
        offer_continuity(offers, period="2022")
    expected = offer_continuity(DATA, period="2022")
    assert expected == offer_continuity(FRAMES, period="2022")


def _part(seed):
    return citess.datasets.synthetic(hubs=2, partners=6, enterprises=12, seed=seed)


@pytest.mark.parametrize("by", [None, "hub", "territory"])
@pytest.mark.parametrize("id_", FAMILIES)
def test_tallies_of_two_hubs_with_cases_add_to_that_of_both(id_, by):
    first, second = _part(1), _part(2)
    found, options = catalogue[id_], told(id_, WHOLE)
    one = found.tally(first, by=by, **told(id_, HERE))
    two = found.tally(second, by=by, **told(id_, THERE))
    both = found.tally(first | second, by=by, **options)
    assert both == one + two == two + one
    assert found.of(both, **options) == found.of(one + two, **options)


JOBS = {
    "enterprise": ["e", "e"],
    "hub": ["a", "a"],
    "on": [date(2022, 1, 1), date(2022, 12, 31)],
    "heads": [3, 5],
    "fte": [3.0, 4.0],
    "sex": [None, None],
    "age_band": [None, None],
    "labour": [None, None],
}
PAIRS = {"since": [date(2022, 1, 1)], "before": [10], "after": [20]}
SUPPORTED = {"on": [date(2022, 1, 1)], "jobs": [10], "supporters": ["a+b"]}


@pytest.mark.parametrize(
    ("metric", "frame", "rows", "options"),
    [
        (job_flows, "jobs", JOBS, {"kind": "created", "stale_after": 6}),
        (women_jobs_share, "jobs", JOBS, {"kind": "created"}),
        (youth_jobs_share, "jobs", JOBS, {"kind": "created"}),
        (high_growth_share, "job_pairs", PAIRS, {"kind": "created", "stale_after": 6}),
        (high_growth_share, "job_pairs", PAIRS, {"measure": "fte"}),
        (
            double_count_adjustment,
            "supported_jobs",
            SUPPORTED,
            {"claimant": "funder", "weights": "sessions", "kind": "existing", "measure": "fte"},
        ),
    ],
)  # fmt: skip
def test_options_that_choose_among_records_are_refused_on_frames(metric, frame, rows, options):
    brought = Tables({frame: pl.DataFrame(rows)})
    assert metric(brought).metric == metric.id
    for name, given in options.items():
        with pytest.raises(
            ValueError, match=f"{name!r} cannot shape the rows of the frame {frame!r}"
        ):
            metric(brought, **{name: given})
        assert metric(FRAMES, **{name: given}) == metric(DATA, **{name: given})
