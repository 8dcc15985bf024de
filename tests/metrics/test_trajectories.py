"""Ways from stage to stage: transitions, mobility, time to a stage, the long run."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citess import Dataset
from citess.metrics import (
    Undefined,
    absorption,
    expected_time_to_stage,
    mobility_index,
    shorrocks,
    stage_transition_matrix,
    stationary,
    transition_homogeneity,
    transition_probabilities,
    transitions,
)
from tests.metrics.samples import (
    case,
    close,
    enterprise,
    follow_up,
    hub,
    land,
    needs_reference,
    reference,
)

COUNTS = [[30, 10, 5], [2, 40, 8], [0, 3, 27]]
FACTS = transitions(COUNTS)
ROW = st.lists(st.integers(0, 20), min_size=3, max_size=3)


@needs_reference
def test_probabilities_and_mobility_are_those_of_the_reference():
    record = reference("markov_cohort_estimator")
    found = stage_transition_matrix.compute(FACTS)
    for a, row in enumerate(record["value"]["P"], 1):
        for b, p in enumerate(row, 1):
            assert close(record, found.parts[f"{a}>{b}"], p)
            assert close(record, transition_probabilities(COUNTS)[a - 1][b - 1], p)
    assert close(record, mobility_index.compute(FACTS).value, record["value"]["shorrocks"])
    intervals = reference("multinomial_ci_sison_glaz")
    for b, (low, high) in enumerate(intervals["value"], 1):
        assert close(intervals, found.parts[f"low:1>{b}"], low)
        assert close(intervals, found.parts[f"high:1>{b}"], high)


@needs_reference
def test_the_land_of_oz_and_the_drunkard_come_out_as_in_the_book():
    record = reference("markov_stationary")
    for expected, share in zip(record["value"], stationary(record["parameters"]["P"]), strict=True):
        assert close(record, share, expected)
    record = reference("markov_absorption_time")
    for expected, steps in zip(
        record["value"], absorption(record["parameters"]["Q"]).steps, strict=True
    ):
        assert close(record, steps, expected)


WALK = [
    [1, 0, 0, 0, 0],
    [0.5, 0, 0.5, 0, 0],
    [0, 0.5, 0, 0.5, 0],
    [0, 0, 0.5, 0, 0.5],
    [0, 0, 0, 0, 1],
]


def test_the_drunkard_ends_at_home_or_in_the_bar():
    found = absorption(WALK)
    assert ((1, 2, 3), (0, 4)) == (found.transient, found.absorbing)
    assert [(0.75, 0.25), (0.5, 0.5), (0.25, 0.75)] == [
        tuple(round(p, 9) for p in row) for row in found.chances
    ]
    assert found == absorption(WALK, [0, 4])


def test_what_may_never_end_has_no_mean_time():
    found = absorption([[0, 0.5, 0.5], [0, 1, 0], [0, 0, 1]], [1])
    assert (None, None) == found.steps
    assert ((0.5,), (0.0,)) == found.chances


def test_a_long_run_that_depends_on_the_start_is_not_given():
    assert None is stationary([[1, 0], [0, 1]])
    assert [0.0, 1.0] == stationary([[0.5, 0.5], [0, 1]])
    assert [1.0] == stationary([[1]])


@given(st.lists(st.lists(st.integers(1, 20), min_size=3, max_size=3), min_size=3, max_size=3))
def test_the_long_run_stays_as_it_is(counts):
    matrix = transition_probabilities(counts)
    shares = stationary(matrix)
    after = [sum(shares[j] * matrix[j][k] for j in range(3)) for k in range(3)]
    assert all(math.isclose(a, b, abs_tol=1e-9) for a, b in zip(shares, after, strict=True))
    assert math.isclose(1, sum(shares))
    assert 0 <= shorrocks(matrix) <= 1.5


@given(st.lists(ROW, min_size=3, max_size=3))
def test_rows_are_probabilities_within_their_intervals(counts):
    found = stage_transition_matrix.compute(transitions(counts))
    if found.value is None:
        assert 0 == sum(map(sum, counts))
        return
    for name, p in found.parts.items():
        if ">" in name and ":" not in name:
            low, high = found.parts[f"low:{name}"], found.parts[f"high:{name}"]
            assert 0 <= low <= p <= high <= 1


@pytest.mark.parametrize(
    ("matrix", "said"),
    [
        ([[1, 0]], "square"),
        ([], "square"),
        ([[0.5, 0.6], [0, 1]], "adds up to one at most"),
        ([[-0.5, 1], [0, 1]], "zero or more"),
        ([[math.nan, 1], [0, 1]], "zero or more"),
    ],
)
def test_matrices_that_are_none_are_refused(matrix, said):
    with pytest.raises(ValueError, match=said):
        absorption(matrix)


def test_rows_that_leave_the_chain_have_no_long_run():
    with pytest.raises(ValueError, match="each row of probabilities adds up to one"):
        stationary([[0.5, 0.4], [0, 1]])
    with pytest.raises(ValueError, match="absorbing names places from 0 to 1, not 7"):
        absorption([[0.5, 0.5], [0, 1]], [7])
    assert None is shorrocks([[1]])
    assert [[None, None], [0, 1]] == transition_probabilities([[0, 0], [0, 3]])


def test_groups_that_move_alike_are_homogeneous():
    same = transition_homogeneity([[30, 10], [5, 25]], [[60, 20], [10, 50]])
    assert (0, 2, 1) == (round(same.chi_square, 9), same.df, round(same.p, 9))
    one = transition_homogeneity([[3, 0], [0, 0]], [[5, 0], [0, 0]])
    assert (0, 1.0) == (one.df, one.p)
    with pytest.raises(ValueError, match="two or more matrices of one size"):
        transition_homogeneity([[1]])
    with pytest.raises(ValueError, match="two or more matrices of one size"):
        transition_homogeneity([[1]], [[1, 0], [0, 1]])


def test_names_of_stages_fit_the_table():
    assert 3 == transitions([[3, 1], [0, 2]], ["idea", "creation"])["idea", "idea"]
    with pytest.raises(ValueError, match="give a name to each of the 2 stages"):
        transitions([[3, 1], [0, 2]], ["idea", "idea"])


def test_few_steps_are_flagged_and_none_are_no_answer():
    assert ("few-events",) == stage_transition_matrix.compute({("a", "b"): 3}).warnings
    for metric in (stage_transition_matrix, mobility_index, expected_time_to_stage):
        assert Undefined.ZERO_DENOMINATOR is metric.compute({}).reason
    assert Undefined.TOO_FEW is mobility_index.compute({("a", "a"): 3}).reason


def test_mobility_may_be_resampled_with_a_seed():
    found = mobility_index.compute(FACTS, bootstrap=True, seed=3)
    assert found.interval.low < found.value < found.interval.high
    assert found.interval.method.startswith("bca seed=3")


WALK_FACTS = {("1", "0"): 1, ("1", "2"): 1, ("2", "1"): 1, ("2", "3"): 1, ("3", "2"): 1}
WALK_FACTS[("3", "4")] = 1


def test_the_time_to_a_stage_is_that_of_the_drunkard():
    found = expected_time_to_stage.compute(WALK_FACTS, to="4", ends=["0"])
    assert [3, 4, 3] == [round(found.parts[f"from:{k}"], 9) for k in "123"]
    middle = expected_time_to_stage.compute(WALK_FACTS, to="4", ends=["0"], start="2")
    assert 4 == round(middle.value, 9)
    assert ("1", 0.25) == (found.method["start"], round(found.parts["reaches:1"], 9))
    with pytest.raises(ValueError, match="start is one of 1, 2, 3, not '9'"):
        expected_time_to_stage.compute(WALK_FACTS, to="4", ends=["0"], start="9")


def test_a_stage_that_cannot_be_reached_has_no_time():
    found = expected_time_to_stage.compute({("idea", "idea"): 5, ("growth", "growth"): 2})
    assert (None, Undefined.UNREACHABLE) == (found.value, found.reason)
    found = expected_time_to_stage.compute({("idea", "creation"): 5})
    assert (None, Undefined.NOT_KNOWN) == (found.value, found.reason)
    found = expected_time_to_stage.compute({("idea", "creation"): 5, ("idea", "growth"): 5})
    assert (None, Undefined.NOT_KNOWN) == (found.value, found.reason)
    found = expected_time_to_stage.compute({("growth", "growth"): 5})
    assert (Undefined.NOT_APPLICABLE, None) == (found.reason, found.method["start"])
    found = expected_time_to_stage.compute({("idea", "idea"): 5})
    assert (None, Undefined.UNREACHABLE) == (found.value, found.reason)
    with pytest.raises(ValueError, match="start is one of no stages, not 'idea'"):
        expected_time_to_stage.compute({("growth", "growth"): 5}, start="idea")


def test_steps_of_a_year_end_with_what_was_seen():
    data = Dataset.of(
        land(),
        hub("h"),
        enterprise("a", ("idea", "2020-01-01"), ("start_up", "2021-06-01")),
        case("c", "h", "2020-01-01", "a"),
        follow_up("f", "c", "2022-03-01", "active"),
        enterprise("b", ("start_up", "2020-01-01"), ("start_up", "2020-02-01")),
        case("d", "h", "2020-01-01", "b"),
        follow_up("g", "d", "2020-09-01", "closed"),
        enterprise("no-date", ("idea", None)),
    )
    found = stage_transition_matrix(data)
    assert (3, 2) == (found.n, found.numerator)
    steps = {name: p for name, p in found.parts.items() if ">" in name and ":" not in name and p}
    assert {"idea>idea": 0.5, "idea>start_up": 0.5, "start_up>closed": 1.0} == steps
    assert math.isclose(1 / (517 / 365.25), found.parts["rate:idea>start_up"])
    assert "rate:start_up>closed" in found.parts
    assert 1 == stage_transition_matrix(data, period="2021").n
    assert {("h",)} == set(stage_transition_matrix(data, by="hub").breakdown)


def test_what_was_closed_from_the_first_day_has_no_step():
    data = Dataset.of(enterprise("x", ("closed", "2020-01-01"), ("idea", "2021-01-01")))
    assert Undefined.ZERO_DENOMINATOR is stage_transition_matrix(data).reason
