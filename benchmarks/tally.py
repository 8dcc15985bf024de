"""Counts on objects against a bare Python loop that does the same."""

import statistics
import sys
import time
from collections import Counter, defaultdict
from datetime import date

from citess import Case, PartialDate, Sex
from citess.metrics import count
from citess.metrics._asked import Asked
from citess.metrics.tables import CASES
from citess.model import Dataset

ROUNDS = 7


def cases(n):
    days = [PartialDate(f"202{year}-0{month}-15") for year in range(5) for month in range(1, 10)]
    return [
        Case(
            id=f"c{k:08}",
            hub=f"hub-{k % 20}",
            opened=days[k * 7 % len(days)],
            sex=(Sex.FEMALE, Sex.MALE, None)[k % 3],
            client=f"p-{k // 2:032x}",
        )
        for k in range(n)
    ]


def seconds(call):
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def loop_rows(records):
    found = Counter()
    for case in records:
        found[case.hub, case.sex] += 1
    return found


def loop_period(records):
    found = Counter()
    start, end = date(2022, 1, 1), date(2023, 1, 1)
    for case in records:
        if case.opened.earliest >= start and case.opened.latest < end:
            found[case.hub, case.sex] += 1
    return found


def loop_distinct(records):
    found = defaultdict(set)
    for case in records:
        found[case.hub, case.sex].add(case.client)
    return found


def main(n):
    records = cases(n)
    data = Dataset()
    plain = {
        "rows by hub and sex": (count("cases", of="sex"), {}, loop_rows),
        "the same in a year": (count("cases", of="sex"), {"period": "2022"}, loop_period),
        "different clients": (count("cases", of="sex", distinct="client"), {}, loop_distinct),
    }
    for name, (reader, when, bare) in plain.items():
        asked = Asked.of(by="hub", options={}, **when)

        def ours(reader=reader, asked=asked):
            fold = reader.begin(data, asked)
            fold.take(records)
            return fold.tally()

        facts, expected = ours().facts(), bare(records)
        for (hub, sex), found in expected.items():
            number = found if isinstance(found, int) else len(found)
            assert facts[hub,]["" if sex is None else str(sex)] == number
        ratios = [seconds(ours) / seconds(lambda bare=bare: bare(records)) for _ in range(ROUNDS)]
        shown = f"{statistics.median(ratios):.2f} [{min(ratios):.2f}, {max(ratios):.2f}]"
        print(f"{name}, {n} records of {CASES.name}: {shown} x a bare loop")


if __name__ == "__main__":
    main(10_000 if "--small" in sys.argv else 300_000)
