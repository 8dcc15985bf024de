"""Disclosure control: nothing small shows, and nothing hidden can be worked out."""

import json
import os
import sys
from itertools import product
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import citess
from citess import MissingExtraError
from citess.metrics import Undefined, evaluate, women_share
from citess.metrics.disclosure import (
    TOTAL,
    CountTable,
    Policy,
    PublishableTable,
    audit_interval,
    complementary_suppression,
    dominance,
    intervals,
    k_anonymity,
    primary_suppression,
    publish,
    round_counts,
    safe_ratio,
)
from citess.metrics.disclosure.suppression import hide

REFERENCE = os.environ.get("CITESS_REFERENCE_DIR")
needs_reference = pytest.mark.skipif(
    REFERENCE is None, reason="CITESS_REFERENCE_DIR names no folder of reference values"
)
TOY = CountTable.grid([[20, 50, 10], [3, 19, 22], [17, 32, 12]])
COUNTS = (0, 1, 2, 3, 4, 6, 8, 12, 20, 35)
ROUNDS = 500 if os.environ.get("CITESS_DEEP") else 8


def reference(metric):
    records = json.loads(Path(REFERENCE or "", "reference_values.json").read_text("utf-8"))
    return next(r for r in records["records"] if r["metric"] == metric)


def random_table(seed, dimensions=2, most=5):
    random = Random(seed)
    axes = [range(random.randint(2, most)) for _ in range(dimensions)]
    names = tuple("abc"[:dimensions])
    cells = {tuple(map(str, at)): random.choice(COUNTS) for at in product(*axes)}
    return CountTable.of(names, cells)


def unsafe(table, threshold=5):
    found = primary_suppression(table, threshold=threshold).method["cells"]
    return frozenset(map(tuple, found))


def by_brute_force(table, hidden):
    """Every value of each hidden inner cell in whole tables that agree with what is published."""
    free = [cell for cell in table.counts if TOTAL not in cell and cell in hidden]
    shown = [
        ([cell for cell in line[:-1] if cell in hidden], table.counts[line[-1]], line)
        for line in table.lines()
        if line[-1] not in hidden and all(TOTAL not in cell for cell in line[:-1])
    ]
    sums = [
        (cells, whole - sum(table.counts[c] for c in line[:-1] if c not in hidden))
        for cells, whole, line in shown
    ]
    seen = {cell: set() for cell in free}
    for values in product(range(12), repeat=len(free)):
        guess = dict(zip(free, values, strict=True))
        if all(sum(guess[cell] for cell in cells) == rest for cells, rest in sums):
            for cell, value in guess.items():
                seen[cell].add(value)
    return seen


@needs_reference
def test_reference_values_of_disclosure_control_are_reproduced():
    pytest.importorskip("scipy", reason="the audit needs the extra fast")
    audit = reference("sdc_audit_interval")
    table = CountTable.grid(audit["parameters"]["table"])
    found = intervals(table, [("1", "0")])["1", "0"]
    assert audit["value"] == {"(1, 0)": [*found]}
    rounding = reference("sdc_round_base5")
    assert rounding["value"] == round_counts(rounding["parameters"]["x"], 5)
    rules = reference("dominance")["value"]
    assert rules["nk_2_85"] == dominance([60, 30, 10]).parts["nk"]
    assert rules["p10"] == dominance([60, 30, 10], p=10).parts["p"]
    assert rules["p20"] == dominance([60, 30, 10], p=20).parts["p"]
    six = ["F/18-25/SB", "M/18-25/SB", "F/26-35/MH"] * 2
    rows = [dict(zip(("sex", "age", "gov"), row.split("/"), strict=True)) for row in six]
    assert reference("k_anonymity")["value"] == k_anonymity(rows, ["sex", "age", "gov"]).value


def test_the_least_costly_suppression_of_the_toy_table_is_found():
    pytest.importorskip("scipy", reason="the least costly suppression needs the extra fast")
    found = complementary_suppression(TOY, [("1", "0")])
    assert (3, 51, True) == (found.value, found.parts["cost"], found.method["exact"])
    hidden = [("1", "0"), *map(tuple, found.method["cells"])]
    assert 20.0 == audit_interval(TOY, hidden).value
    assert {("1", "0"): (3.0, 3.0)} == intervals(TOY, [("1", "0")])


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_no_attack_by_linear_programming_narrows_an_unsafe_cell(seed):
    pytest.importorskip("scipy", reason="the attack needs the extra fast")
    table = random_table(seed)
    small = unsafe(table)
    hidden, _ = hide(table, small, 5)
    assert small <= hidden
    for cell, (low, high) in intervals(table, hidden).items():
        if cell in small:
            assert high - low >= 5 - 1e-6


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_hypercubes_protect_tables_of_three_dimensions_and_tables_without_the_extra(seed):
    pytest.importorskip("scipy", reason="the attack needs the extra fast")
    table = random_table(seed, dimensions=3, most=3)
    small = unsafe(table)
    hidden, exact = hide(table, small, 5)
    assert exact is (not small)
    for cell, (low, high) in intervals(table, hidden).items():
        if cell in small:
            assert high - low >= 5 - 1e-6


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_no_attack_by_brute_force_narrows_an_unsafe_cell(seed):
    random = Random(seed)
    table = CountTable.grid([[random.choice((1, 2, 4)) for _ in range(2)] for _ in range(2)])
    small = unsafe(table, threshold=3)
    hidden, _ = hide(table, small, 3)
    seen = by_brute_force(table, hidden)
    for cell in small & seen.keys():
        assert max(seen[cell]) - min(seen[cell]) >= 3


def test_hypercubes_cost_no_less_than_the_least(monkeypatch):
    pytest.importorskip("scipy", reason="the least costly suppression needs the extra fast")
    least = complementary_suppression(TOY, [("1", "0")])
    monkeypatch.setattr("citess.metrics.disclosure.suppression.find_spec", lambda _: None)
    found = complementary_suppression(TOY, [("1", "0")])
    assert not found.method["exact"]
    assert found.parts["cost"] >= least.parts["cost"]


def test_a_table_that_cannot_be_protected_hides_as_much_as_it_can():
    lone = CountTable.grid([[3]])
    hidden, _ = hide(lone, unsafe(lone), 50)
    assert unsafe(lone) <= hidden


def test_differencing_a_total_and_its_other_parts_reveals_nothing():
    table = publish(CountTable.of(("hub",), {("a",): 3, ("b",): 9, ("c",): 30}))
    assert (("a",), ("b",)) == table.withheld
    assert {("a",): None, ("b",): None, ("c",): 30, (TOTAL,): 42} == {
        row.group: row.value for row in table.rows
    }


def test_two_editions_do_not_tell_of_the_one_person_between_them():
    first = publish(CountTable.of(("hub",), {("a",): 12, ("b",): 30}))
    second = CountTable.of(("hub",), {("a",): 13, ("b",): 30})
    assert () == publish(second).withheld
    assert ("a",) in publish(second, previous=[first]).withheld
    other = CountTable.of(("territory",), {("a",): 13, ("b",): 30})
    assert () == publish(other, previous=[first]).withheld


def test_a_share_is_withheld_with_the_counts_it_is_made_of():
    data = citess.datasets.synthetic(hubs=9, enterprises=90)
    measure = women_share(data, by="hub")
    table = publish(measure)
    for row in table.rows:
        one = measure.breakdown.get(row.group, measure)
        others = (one.denominator or 0) - (one.numerator or 0)
        if row.value is not None:
            assert one.numerator in {0, *range(5, 100)}
            assert others in {0, *range(5, 100)}
            assert one.denominator >= 10
    assert table.withheld
    assert (measure.period, measure.sources) == (table.period, table.sources)


def test_a_measure_without_groups_and_one_without_a_share_are_protected_too():
    few = women_share.compute({"female": 2, "male": 30})
    whole = citess.evolve(women_share(citess.datasets.synthetic()), breakdown={}, by=())
    small = citess.evolve(
        whole, value=few.value, numerator=few.numerator, denominator=few.denominator, n=few.n
    )
    assert ((),) == publish(small).withheld
    assert () == publish(whole).withheld
    index = citess.metrics.sector_balance(citess.datasets.synthetic(), by="hub")
    assert index.value == publish(index).rows[0].value
    nothing = women_share(citess.Dataset())
    assert Undefined.ZERO_DENOMINATOR is publish(nothing).rows[0].reason


def test_results_of_several_metrics_are_protected_one_by_one():
    data = citess.datasets.synthetic(hubs=3, partners=20)
    results = evaluate(data, ["women_share", "formality_share"], by="hub")
    tables = publish(results)
    assert [measure.name for measure in results.measures] == [table.name for table in tables]
    assert tables == tuple(publish(measure) for measure in results.measures)
    assert publish(evaluate(data, [])) == ()


def test_publishable_tables_are_made_by_publish_alone():
    with pytest.raises(TypeError, match="made by citess"):
        PublishableTable(name="x", dimensions=(), rows=(), policy=Policy())
    with pytest.raises(
        TypeError, match="publish takes a table of counts, a measure or results, not dict"
    ):
        publish({})


def test_a_published_table_is_plain_data_and_a_page():
    table = publish(TOY, Policy(base=5))
    made = json.loads(json.dumps(table.to_dict()))
    assert "citess.publishable/1" == made["schema"]
    assert {"value": None, "reason": "withheld"}.items() <= made["rows"][4].items()
    assert all(row.value is None or row.value % 5 == 0 for row in table.rows)
    assert "withheld to protect persons" in table._repr_html_()
    shares = publish(women_share(citess.datasets.synthetic(), by="hub"))
    assert "<th>total</th>" in shares._repr_html_()


def test_policies_are_checked():
    for bad in ({"threshold": 0}, {"base": 1}):
        with pytest.raises(ValueError, match="are 1 or more"):
            Policy(**bad)
    assert ("0", "0") in publish(CountTable.grid([[0, 9], [9, 9]]), Policy(zeros=True)).withheld


def test_small_cells_and_margins_are_unsafe_and_zeros_by_option():
    table = CountTable.grid([[0, 3], [9, 8]])
    assert 2 == primary_suppression(table).value
    assert 3 == primary_suppression(table, zeros=True).value
    with pytest.raises(ValueError, match="threshold is 1 or more"):
        primary_suppression(table, threshold=0)


def test_dominance_by_both_rules():
    assert {"nk": 1, "p": 0} == dominance([60, 30, 10]).parts
    assert 1 == dominance([60, 30, 10], p=20).parts["p"]
    assert 1.0 == dominance([5]).value
    assert Undefined.ZERO_DENOMINATOR is dominance([]).reason
    with pytest.raises(ValueError, match="contributions are zero or more"):
        dominance([-1])
    with pytest.raises(ValueError, match="k up to 100"):
        dominance([1], k=0)


def test_a_rate_of_few_is_withheld_and_its_class_shown_where_all_are_many():
    assert (Undefined.WITHHELD, None) == (
        (found := safe_ratio(4, 6)).reason,
        found.parts["class"],
    )
    assert 4 == safe_ratio(20, 20).parts["class"]
    assert 1 == safe_ratio(2, 20).parts["class"]
    assert 0.5 == safe_ratio(10, 20).value
    assert Undefined.ZERO_DENOMINATOR is safe_ratio(0, 0).reason
    with pytest.raises(ValueError, match="up to the denominator"):
        safe_ratio(3, 2)


@given(st.lists(st.integers(0, 200), max_size=20), st.sampled_from([3, 5, 10]))
def test_rounding_errs_by_less_than_one_base(counts, base):
    for way in ("nearest", "random", "controlled"):
        rounded = round_counts(counts, base, way=way, seed=1)
        assert all(
            n % base == 0 and abs(n - m) < base for n, m in zip(rounded, counts, strict=True)
        )
    assert abs(sum(round_counts(counts, base, way="controlled")) - sum(counts)) <= base


def test_rounding_is_refused_where_it_makes_no_sense():
    with pytest.raises(ValueError, match="the base is 2 or more"):
        round_counts([1], 1)
    with pytest.raises(ValueError, match="the way one of nearest, random, controlled"):
        round_counts([1], way="up")
    with pytest.raises(ValueError, match="counts are zero or more, not -1"):
        round_counts([-1])


def test_a_value_not_known_is_a_class_of_its_own():
    rows = [{"sex": "f", "age": None}, {"sex": "f", "age": None}, {"sex": "f", "age": "18-29"}]
    found = k_anonymity(rows, ["sex", "age"], sensitive="sex")
    assert (1, 2, 1) == (found.value, found.parts["classes"], found.parts["l_diversity"])
    assert Undefined.ZERO_DENOMINATOR is k_anonymity([], ["sex"]).reason
    with pytest.raises(ValueError, match="row 1 lacks the column 'gov'"):
        k_anonymity(rows, ["gov"])


def test_a_table_says_what_does_not_fit_it():
    with pytest.raises(ValueError, match="one category for each"):
        CountTable.of(("a",), {("x", "y"): 1})
    with pytest.raises(ValueError, match="one category for each"):
        CountTable.of(("a",), {("total",): 1})
    for bad in (-1, 1.5, True):
        with pytest.raises(ValueError, match="whole number of zero or more"):
            CountTable.of(("a",), {("x",): bad})
    with pytest.raises(ValueError, match="is no cell of the table"):
        complementary_suppression(TOY, [("9", "9")])
    with pytest.raises(ValueError, match="is no cell of the table"):
        intervals(TOY, [("9", "9")])
    with pytest.raises(ValueError, match="nothing is hidden"):
        audit_interval(TOY, [])


def test_the_extra_is_named_where_it_is_needed(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    with pytest.raises(MissingExtraError, match="fast"):
        intervals(TOY, [("1", "0")])


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=2, max_size=3))
def test_what_is_published_agrees_with_the_truth(rows):
    table = CountTable.grid(rows)
    for row in publish(table).rows:
        assert row.value in {None, table.counts[row.group]}
        assert row.value is None or row.value == 0 or row.value >= 5
