"""The project itself: light, whole, said once, and speaking of itself alone."""

import importlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import citess

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
HEAVY = {"networkx", "pendulum", "msgspec", "cattrs", "narwhals", "numpy"}
README_LINES = (
    'python3 -m venv .venv && .venv/bin/pip install -q ".[cli]" && .venv/bin/citess demo',
    'python3 -m venv .venv && .venv/bin/pip install -q ".[all,test]" && .venv/bin/pytest -q -n auto',  # noqa: E501
)


def loaded(code):
    """Modules of the heavy ones that some code loads in a fresh process."""
    script = f"import sys; {code}; print(*sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_importing_citess_and_its_classes_loads_nothing_heavy():
    assert set() == loaded("import citess")
    assert set() == loaded("import citess; citess.Hub, citess.Dataset, citess.vocab")


def test_every_public_name_is_there_and_listed():
    assert sorted(citess.__all__) == sorted(set(citess.__all__))
    for name in citess.__all__:
        assert getattr(citess, name) is not None
        assert name in dir(citess)
    with pytest.raises(AttributeError, match="no attribute 'Hubb'"):
        citess.Hubb  # noqa: B018


@pytest.mark.parametrize(
    "package", ["errors", "i18n", "io", "metrics", "model", "network", "report", "testing", "vocab"]
)
def test_packages_export_what_they_list(package):
    module = importlib.import_module(f"citess.{package}")
    assert [] == [name for name in module.__all__ if not hasattr(module, name)]


def test_the_version_has_one_home():
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"version: {citess.__version__}" in citation.splitlines()
    assert ["version"] == PROJECT["dynamic"]


def test_the_pythons_listed_begin_with_the_one_required():
    listed = re.findall(r"Python :: (3\.\d+)", "\n".join(PROJECT["classifiers"]))
    assert ["3.11", "3.12", "3.13", "3.14"] == listed
    assert f">={listed[0]}" == PROJECT["requires-python"]


def test_the_readme_has_its_two_lines():
    readme = (ROOT / "README.md").read_text("utf-8")
    for line in README_LINES:
        assert line in readme.splitlines()


def test_the_extras_are_those_of_the_design():
    features = {"tables", "fast", "sql", "plot", "report", "rdf", "i18n", "cli", "testing"}
    extras = PROJECT["optional-dependencies"]
    assert features | {"spark", "all", "test", "oracles", "docs", "dev"} == set(extras)
    assert features == set(re.findall(r"\w+", extras["all"][0])) - {"citess"}


def test_files_hold_one_concept():
    long = [f.name for f in (ROOT / "src").rglob("*.py") if len(f.read_text().splitlines()) > 400]
    assert [] == long


def tracked():
    done = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return [ROOT / name for name in done.stdout.split("\n") if name]


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="outside a checkout no file is tracked")
def test_the_project_speaks_of_itself_alone():
    words = "|".join(("\\.\\./sha" + "red", "/wo" + "rk/", "pypi\\.o" + "rg", "pythonho" + "sted"))
    found = [
        file.name for file in tracked() if re.search(words, file.read_text("utf-8", "replace"))
    ]
    assert ["run"] == found


def test_no_source_prints_or_asserts():
    pattern = re.compile(r"^\s*(?:print\(|assert )", re.MULTILINE)
    found = [f.name for f in (ROOT / "src").rglob("*.py") if pattern.search(f.read_text("utf-8"))]
    assert [] == found


def test_the_package_runs_as_a_module_and_lists_its_model():
    assert callable(importlib.import_module("citess.__main__").main)
    assert "Hub" in dir(importlib.import_module("citess.model"))
