"""Wrong arguments of datasets and of what compares them are told in words."""

import pytest

import citess
from citess import Dataset, Period

REAL = citess.datasets.tunisia()
HUB = REAL.hubs["citess-mahdia"]
DAY = "2026-01-01"

WRONG = {
    "a word for doubt at a day": lambda: REAL.at(DAY, unknown="maybe"),
    "a word for doubt during a period": lambda: REAL.during(Period.of("2020"), unknown="maybe"),
    "a word for doubt of what was known": lambda: REAL.known_on(DAY, unknown=None),
    "a year for a period": lambda: REAL.during("2020"),
    "no reference": lambda: REAL.get(None),
    "a number for a reference": lambda: REAL.get(5),
    "a number taken away": lambda: REAL.without(5),
    "nothing taken away": lambda: REAL.without(None),
    "a word added": lambda: REAL.add("x"),
    "a word put in place": lambda: REAL.replace("x"),
    "a word corrected": lambda: REAL.correct("x", on=DAY),
    "a number retracted": lambda: REAL.retract(5, on=DAY),
    "a number joined": lambda: REAL | 5,
    "a difference to a number": lambda: citess.diff(REAL, 5),
    "a difference to nothing": lambda: REAL.diff(None),
    "no difference applied": lambda: citess.apply(None, REAL),
    "a name looked up nowhere": lambda: citess.find(None, "x"),
    "nothing looked up": lambda: citess.find(REAL, None),
    "duplicates of nothing": lambda: citess.duplicates(None),
    "nothing fused": lambda: citess.fuse(REAL, None, None),
    "fused in nothing": lambda: citess.fuse(None, "hub:a", "hub:b"),
    "merged with nothing": lambda: citess.merge(REAL, REAL, None),
}


@pytest.mark.parametrize("what", WRONG)
def test_wrong_arguments_are_told_in_words(what):
    with pytest.raises((TypeError, ValueError)) as refused:
        WRONG[what]()
    assert "has no attribute" not in str(refused.value)
    assert "is not iterable" not in str(refused.value)


def test_right_words_are_taken():
    for word in ("include", "exclude"):
        assert isinstance(REAL.at(DAY, unknown=word), Dataset)
        assert isinstance(REAL.known_on(DAY, unknown=word), Dataset)
    assert isinstance(REAL.at(DAY, unknown="report"), citess.Slice)
    assert REAL | Dataset() == REAL
    assert HUB in REAL.hubs.values()
