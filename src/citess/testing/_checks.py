"""Checks that a test can make of datasets."""

from citess.io import dumps, loads
from citess.model import Dataset


def assert_valid(data: Dataset) -> None:
    """Check that a dataset has no error.

    Raises
    ------
    AssertionError
        With the whole report.
    """
    report = data.check()
    if not report.ok:
        raise AssertionError(str(report))


def assert_round_trips(data: Dataset) -> None:
    """Check that saving and reading a dataset loses nothing, on the fast and the careful path.

    Raises
    ------
    AssertionError
        Naming the path that lost something.
    """
    content = dumps(data)
    for fast in (True, False):
        if loads(content, fast=fast) != data or dumps(loads(content, fast=fast)) != content:
            msg = f"the {'fast' if fast else 'careful'} path lost something"
            raise AssertionError(msg)
