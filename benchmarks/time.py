"""Slicing by day against a plain list comprehension; growth of the search for duplicates."""

import datetime as dt
import math
import statistics
import sys
import time

import citess
from citess import Member, Partner, Partnership, PartnershipKind, Period, Text

ROUNDS = 5


def seconds(call):
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def ties(n):
    partners = [Partner(id=f"p{k}", name=Text(fr=f"p{k}")) for k in range(100)]
    made = [
        Partnership(
            id=f"t{k}",
            kind=PartnershipKind.COOPERATION,
            members=(Member(party=f"p{k % 100}"), Member(party=f"p{(k * 7 + 1) % 100}")),
            period=Period.of(f"{2000 + k % 20}-0{1 + k % 9}", f"{2021 + k % 5}-01-01"),
        )
        for k in range(n)
        if k % 100 != (k * 7 + 1) % 100
    ]
    return citess.Dataset((*partners, *made))


def slicing(n):
    data = ties(n)
    records = list(data.records())
    day = dt.date(2012, 6, 1)

    def plain():
        return [
            r for r in records
            if getattr(r, "period", None) is None or r.period.holds(day) is not False
        ]  # fmt: skip

    ratios = [seconds(lambda: data.at(day)) / seconds(plain) for _ in range(ROUNDS)]
    assert len(plain()) == len(data.at(day))
    shown = f"{statistics.median(ratios):.2f} [{min(ratios):.2f}, {max(ratios):.2f}]"
    print(f"at(date) / list comprehension, {len(records)} records: {shown}")


def words(n):
    syllables = ("ba", "di", "ro", "ku", "me", "lo", "sa", "ti", "na", "fe", "gu", "hi", "jo")
    for k in range(n):
        left, name = k // 2, ""
        for _ in range(6):
            left, place = divmod(left * 7 + 5, len(syllables))
            name += syllables[(place + left) % len(syllables)]
        yield f"{name} {k // 2:x}".translate(str.maketrans("0123456789", "bcdfgjklmn"))


def duplicates(sizes):
    times = []
    for n in sizes:
        data = citess.Dataset(
            Partner(id=f"p{k}", name=Text(fr=name)) for k, name in enumerate(words(n))
        )
        times.append(seconds(lambda data=data: citess.duplicates(data)))
        print(f"duplicates of {n} partners: {times[-1]:.2f} s")
    growth = math.log(times[-1] / times[0]) / math.log(sizes[-1] / sizes[0])
    print(f"growth exponent: {growth:.2f}")


if __name__ == "__main__":
    big = "--small" not in sys.argv
    slicing(100_000 if big else 10_000)
    duplicates((20_000, 200_000) if big else (2_000, 20_000))
