"""Fields of a newer format: plain data, that follow the parts they belong to."""

import json
from decimal import Decimal

import pytest

import citess
from citess import (
    AgeBand,
    Dataset,
    Enterprise,
    FinancingLine,
    InvalidValueError,
    Money,
    PartialDate,
    Stage,
    StageEntry,
    Text,
)

NAME = Text(fr="e")


def entry(stage, since):
    return StageEntry(stage=stage, since=PartialDate(since))


IDEA, MADE, GROWN = (
    entry(stage, since)
    for stage, since in ((Stage.IDEA, "2020"), (Stage.CREATION, "2021"), (Stage.GROWTH, "2023"))
)
KNOWN = {"stages": {"0": {"by": "a"}, "1": {"by": "b"}}, "motto": "x"}


def enterprise(*stages, extra=None):
    return Enterprise(id="e", name=NAME, stages=stages, extra=extra)


def by(record):
    """What the document says of each stage: the stage, and who noted it."""
    document = json.loads(citess.dumps(Dataset.of(record)))
    return [(s["stage"], s.get("by")) for s in document["enterprises"][0]["stages"]]


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        ((IDEA, MADE), [("idea", "a"), ("creation", "b")]),
        ((IDEA, MADE, GROWN), [("idea", "a"), ("creation", "b"), ("growth", None)]),
        ((MADE,), [("creation", "b")]),
        ((MADE, GROWN), [("creation", "b"), ("growth", None)]),
        ((IDEA, GROWN), [("idea", "a"), ("growth", "b")]),
        ((GROWN,), [("growth", None)]),
        ((), []),
    ],
)
def test_what_is_unknown_of_a_part_follows_the_part(stages, expected):
    changed = citess.evolve(enterprise(IDEA, MADE, extra=KNOWN), stages=stages)
    assert expected == by(changed)
    assert "x" == changed.extra["motto"]
    data = Dataset.of(changed)
    assert data == citess.loads(citess.dumps(data))


def test_what_is_unknown_of_a_single_part_goes_when_the_part_goes():
    line = FinancingLine(
        id="l", name=NAME, amount_max=Money.of(5, "TND"), extra={"amount_max": {"gross": True}}
    )
    more = citess.evolve(line, amount_max=Money.of(6, "TND"))
    assert {"amount_max": {"gross": True}} == dict(more.extra)
    none = citess.evolve(line, amount_max=None)
    assert {} == dict(none.extra)
    for data in (Dataset.of(more), Dataset.of(none)):
        assert data == citess.loads(citess.dumps(data))
    assert {"y": 1} == dict(citess.evolve(line, extra={"y": 1}).extra)
    assert line == citess.evolve(line, name=NAME)


NOT_PLAIN = [
    5,
    "x",
    [("a", 1)],
    {1: 2},
    {"a": object()},
    {"a": {1}},
    {"a": b"x"},
    {"a": Decimal(1)},
]


@pytest.mark.parametrize("place", range(len(NOT_PLAIN)))
def test_what_json_has_no_form_for_is_refused(place):
    with pytest.raises(TypeError, match="extra must"):
        enterprise(extra=NOT_PLAIN[place])
    with pytest.raises(TypeError, match="extra must"):
        Dataset(extra=NOT_PLAIN[place])


def nested(depth):
    found = 1
    for _ in range(depth):
        found = [found]
    return {"a": found}


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("not-finite", {"a": float("nan")}),
        ("not-finite", {"a": [float("inf")]}),
        ("number-too-large", {"a": 2**53 + 1}),
        ("number-too-large", {"a": -(2**53) - 1}),
        ("surrogate", {"a": "\ud800"}),
        ("surrogate", {"\udfff": 1}),
        ("too-deep", nested(62)),
        ("duplicate-key", {"name": "x"}),
        ("duplicate-key", {"name": {"x": 1}}),
        ("duplicate-key", {"stages": "x"}),
        ("duplicate-key", {"stages": {"0": "x"}}),
        ("duplicate-key", {"stages": {"0": {"stage": "idea"}}}),
        ("duplicate-key", {"stages": {"1": {"by": "x"}}}),
    ],
)
def test_what_would_not_come_back_is_refused_and_not_shown(code, given):
    with pytest.raises(InvalidValueError) as refused:
        enterprise(IDEA, extra=given)
    assert (code, "(withheld)") == (refused.value.issue.code, refused.value.issue.given)
    for language in ("en", "fr", "ar"):
        assert refused.value.text(language)


@pytest.mark.parametrize(
    "extra",
    [
        {"a": 2**53, "b": -(2**53), "c": 1.5, "d": None, "e": False},
        {"a": ("x", ["y", {"z": ()}])},
        {"a": "ⵣ é \u0007 \u202e", "": "", "é": 1},
        nested(61),
        {"stages": {"0": {"by": {"a": 1}}}},
    ],
)
def test_plain_data_comes_back_as_it_was(extra):
    data = Dataset.of(enterprise(IDEA, extra=extra))
    assert data == citess.loads(citess.dumps(data))
    assert {} == dict(enterprise(extra={}).extra)


def test_unknown_fields_of_a_dataset_are_checked_too():
    data = Dataset(extra={"a": (1,), **{f"b{n}": v for n, v in enumerate(nested(63).values())}})
    assert data == citess.loads(citess.dumps(data))
    for name in ("hubs", "past_hubs", "format"):
        with pytest.raises(InvalidValueError, match="duplicate-key"):
            Dataset(extra={name: []})
    with pytest.raises(InvalidValueError, match="too-deep"):
        Dataset(extra=nested(64))


def test_a_part_has_no_unknown_fields_of_its_own():
    with pytest.raises(TypeError, match="AgeBand is a part"):
        AgeBand(lower=18, extra={"a": 1})
    assert {} == dict(AgeBand(lower=18, extra={}).extra)


def test_what_was_given_is_copied():
    given = {"a": [1]}
    made = enterprise(extra=given)
    given["a"].append(2)
    assert {"a": [1]} == dict(made.extra)
