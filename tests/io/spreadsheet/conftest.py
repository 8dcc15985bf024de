"""Tests of spreadsheets need the extra ``tables``."""

from importlib.util import find_spec

collect_ignore_glob = (
    [] if find_spec("python_calamine") and find_spec("xlsxwriter") else ["test_*.py"]
)
