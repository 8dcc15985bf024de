"""Tallies that come from elsewhere: nothing is taken on trust."""

import json

import pytest

import citess
from citess import ReadError
from citess.metrics import Tally, formality_share, satisfaction, sector_balance, women_share
from citess.metrics._merging import Bounds
from tests.metrics.test_exchange import DATA, GOOD, KEY, PERSON

HASHES = [f"k-{n:032x}" for n in range(6)]
KEYED = json.loads(women_share.tally(DATA["a"], by="hub").to_json(key=KEY))


def cell(**values):
    return {"cells": [{"group": [], "fact": ["x"], **values}]}


def pair(whole, part):
    return {"cells": [{"group": [], "fact": ["x"]} | whole, {"group": ["a"], "fact": ["x"]} | part]}


def universe(**changed):
    return {"universe": GOOD["universe"] | changed}


def read(change, *, like=GOOD, **options):
    return Tally.from_json(json.dumps(like | change), **options)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (cell(n=-1), "-1 is out of range; expected 0 or more"),
        (cell(distinct=-1), "-1 is out of range; expected 0 or more"),
        (cell(low=-1, high=4), "-1 is out of range; expected 0 or more"),
        (cell(distinct=5.5), "5.5 is out of range; expected a whole number"),
        (cell(n=2**53 + 1), "is beyond what every reader keeps exactly"),
        (cell(n=10**400), "is beyond what every reader keeps exactly"),
        (cell(distinct=True), "of another form"),
        (cell(low=1, high=4, distinct=3), "of another form"),
        (cell(low=1, high=4, distinct=False), "of another form"),
        (cell(low=True, high=4), "of another form"),
        (cell(low=5, high=4), "of another form"),
        (cell(withheld=1), "of another form"),
        (cell(n=1), "tells small numbers"),
        (cell(n=4), "tells small numbers"),
        (cell(distinct=4), "tells small numbers"),
        (cell(low=3, high=3), "tells small numbers"),
        (cell(low=3, high=4), "tells small numbers"),
        (cell(low=1, high=3), "tells small numbers"),
        (cell(low=1, high=4) | {"threshold": 10}, "tells small numbers"),
        (cell(n=4) | {"threshold": 0}, "tells small numbers"),
        (cell(n=9) | {"threshold": 10}, "tells small numbers"),
        (cell(ids=HASHES), "is hashed with another key"),
        (pair({"n": 5}, {"n": 6}), "'a x' is out of range; expected 0 to 5"),
        (pair({"low": 1, "high": 4}, {"n": 5}), "'a x' is out of range; expected 0 to 4"),
        ({"cells": [{"group": ["a"], "fact": ["x"], "n": 6}]}, "expected 0 to 0"),
        (universe(on="2020-01-01"), "universe.on: '2020-01-01' is of another form"),
        (universe(period=None), "universe.period: None is of another form"),
        ({"on": "hello", **universe(on="hello")}, "on: 'hello' is not a date"),
        ({"on": "2020-1-1", **universe(on="2020-1-1")}, "is not a date"),
        ({"on": "20200101", **universe(on="20200101")}, "is not a date"),
        ({"by": ["hub", "hub"], "cells": []}, "by: 'hub, hub' is given twice"),
        ({"by": ["client"]}, "by: 'client' is nothing that a tally may hold"),
        ({"by": ["id"]}, "by: 'id' is nothing that a tally may hold"),
        ({"where": {"case": ["c-1"]}}, "where: 'case' is nothing that a tally may hold"),
        ({"where": {"sex": [PERSON[1]]}}, "may be about persons"),
        ({"sources": [PERSON[1]]}, "may be about persons"),
        ({"frame": [{"group": [], "facts": []}] * 2}, "frame.1.: '' is a cell given twice"),
        ({"frame": [{"group": ["a", "b"], "facts": []}]}, "frame.0.: 'a/b' is of another form"),
    ],
)
def test_what_cannot_be_or_was_not_agreed_is_refused_with_the_reason(change, reason):
    with pytest.raises(ReadError, match=reason):
        read(change)


@pytest.mark.parametrize(
    ("change", "options"),
    [
        (cell(n=0), {}),
        (cell(n=5), {}),
        (cell(n=2**53), {}),
        (cell(n=5.5), {}),
        (cell(low=1, high=4), {}),
        (cell(low=0, high=4), {}),
        (cell(low=2, high=5), {}),
        (cell(n=4) | {"threshold": 4}, {"threshold": 4}),
        (cell(n=9) | {"threshold": 9}, {}),
        (cell(n=1), {"small_cells": True}),
        (pair({"n": 5}, {"n": 5}), {}),
        (pair({"withheld": True}, {"n": 6}), {}),
        (pair({"low": 1, "high": 6}, {"n": 6}), {}),
        (pair({"n": 5}, {"low": 5, "high": 9}), {}),
        ({"on": "2020-01-01", "period": None, **universe(on="2020-01-01", period=None)}, {}),
        ({"frame": [{"group": [], "facts": []}, {"group": ["a"], "facts": []}]}, {}),
    ],
)
def test_what_can_be_is_read(change, options):
    assert read(change, **options).reads


def test_numbers_beyond_the_finite_and_the_readable_are_refused():
    text = json.dumps(GOOD | cell(n=5))
    with pytest.raises(ReadError, match="inf is not a finite number"):
        Tally.from_json(text.replace('"n": 5', '"n": 1e999'))
    with pytest.raises(ReadError, match="is not JSON"):
        Tally.from_json(text.replace('"n": 5', '"n": ' + "9" * 5000))


def test_a_sum_may_be_below_zero_and_its_groups_beyond_it():
    facts = [{"group": g, "fact": ["sum", "v"], "n": n} for g, n in (([], -2.5), (["a"], 4.0))]
    assert -2.5 == read({"cells": facts}).groups[()]["sum", "v"]


def test_few_hashes_are_a_small_number():
    few = {"cells": [{"group": [], "fact": ["x"], "ids": HASHES[:4]}]}
    with pytest.raises(ReadError, match="tells small numbers"):
        read(few, like=KEYED, key=KEY)
    assert read(few | {"threshold": 4}, like=KEYED, key=KEY, threshold=3).ids
    enough = {"cells": [{"group": [], "fact": ["x"], "ids": HASHES[:5]}]}
    assert 5 == len(read(enough, like=KEYED, key=KEY).ids[()]["x",])
    more = pair({"ids": HASHES[:5]}, {"ids": HASHES})
    with pytest.raises(ReadError, match="expected 0 to 5"):
        read(more, like=KEYED, key=KEY)


def test_hashes_go_on_as_they_are_and_never_under_another_key():
    back = read({}, like=KEYED, key=KEY)
    again = Tally.from_json(back.to_json(key=KEY), key=KEY)
    assert back.ids == again.ids
    other = json.loads(back.to_json(key=b"another secret of sixteen"))
    assert not [one for one in other["cells"] if "ids" in one]
    assert women_share.of(back).value == women_share.of(Tally.from_json(back.to_json())).value


@pytest.mark.parametrize(
    ("made", "name"),
    [
        (lambda: women_share.tally(DATA["a"], by="id"), "id"),
        (lambda: women_share.tally(DATA["a"], where={"client": PERSON[1]}), "client"),
        (lambda: satisfaction.tally(citess.datasets.synthetic(), by="case"), "case"),
    ],
)
def test_what_names_persons_one_by_one_does_not_leave(made, name):
    with pytest.raises(ValueError, match=f"told by '{name}', which names persons one by one"):
        made().to_json(hubs=["a"])


def test_a_tally_of_another_metric_is_refused():
    with pytest.raises(ValueError, match="formality_share is computed from rows of agreements"):
        formality_share.of(read({}))
    assert women_share.of(read({})).value is not None


def test_tallies_add_to_tallies_and_sum_from_nothing():
    a, b = (women_share.tally(DATA[name]) for name in "ab")
    assert a + b == sum([a, b])
    with pytest.raises(TypeError):
        a + 5
    with pytest.raises(TypeError):
        5 + a


def test_bounds_are_told_only_where_they_hold():
    sectors = {("public",): Bounds(1, 4), ("private",): Bounds(1, 4), ("sse",): Bounds(1, 4)}
    known = {(): sectors}
    tally = Tally(reads="x", groups={(): {}}, bounded=known)
    found = sector_balance.of(tally)
    assert (None, None, "only_bounds") == (found.value, found.bounds, found.reason.value)
    signed = Tally(
        reads="x", groups={(): {("unsigned",): 6}}, bounded={(): {("signed",): Bounds(1, 4)}}
    )
    assert (1 / 7, 0.4) == formality_share.of(signed).bounds
