"""A plugin of pytest that tells coverage which test runs, and keeps how long each took."""

import json
from pathlib import Path

import coverage

SECONDS = {}


def pytest_runtest_setup(item):
    if measuring := coverage.Coverage.current():
        measuring.switch_context(item.nodeid)


def pytest_runtest_teardown():
    if measuring := coverage.Coverage.current():
        measuring.switch_context("")


def pytest_runtest_logreport(report):
    SECONDS[report.nodeid] = SECONDS.get(report.nodeid, 0) + report.duration


def pytest_sessionfinish():
    if coverage.Coverage.current():
        Path("seconds.json").write_text(json.dumps(SECONDS), "utf-8")
