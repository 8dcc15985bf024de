"""A plugin of pytest: tells coverage which test runs, and keeps how long those that pass took.

Where nothing is measured, faults are looked for, and properties are tried on few examples.
"""

import json
import sys
from pathlib import Path

import coverage
from hypothesis import settings

FEW = 15
USED = "_hypothesis_internal_use_settings"
WANTED = "wanted.json"
"""Where the names of the tests are that a fault is shown to, in their order."""
SECONDS = {}
FAILED = set()


def pytest_collection_modifyitems(items):
    if coverage.Coverage.current():
        return
    wanted = json.loads(Path(WANTED).read_text("utf-8"))
    place = {test: n for n, test in enumerate(wanted)}
    items[:] = sorted((i for i in items if i.nodeid in place), key=lambda i: place[i.nodeid])
    for item in items:
        for holder, name in ((item.obj, USED), (item.cls, "settings")):
            used = getattr(holder, name, None)
            if isinstance(used, settings):
                setattr(holder, name, settings(used, max_examples=min(FEW, used.max_examples)))


def pytest_runtest_setup(item):
    if measuring := coverage.Coverage.current():
        measuring.switch_context(item.nodeid)


def pytest_runtest_teardown():
    if measuring := coverage.Coverage.current():
        measuring.switch_context("")


def pytest_runtest_logreport(report):
    SECONDS[report.nodeid] = SECONDS.get(report.nodeid, 0) + report.duration
    if not report.passed:
        FAILED.add(report.nodeid)


def pytest_sessionfinish():
    if coverage.Coverage.current():
        kept = {test: seconds for test, seconds in SECONDS.items() if test not in FAILED}
        Path("seconds.json").write_text(json.dumps(kept), "utf-8")
        for test in sorted(FAILED):
            sys.stderr.write(f"left out, not passed without a fault: {test}\n")
