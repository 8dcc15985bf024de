"""One runner for every check: ``nox`` is what the gate runs, ``nox -s deep`` takes long."""

import re
import shutil
import sys
import tomllib
from pathlib import Path

import nox

nox.options.default_venv_backend = "uv|virtualenv"
nox.options.sessions = ["lint", "types", "tests", "docs", "lowest", "minimal", "example"]
nox.options.error_on_missing_interpreters = False

PROJECT = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]
SUPPORTED = re.findall(r"Python :: (3\.\d+)", "\n".join(PROJECT["classifiers"]))
PRESENT = [v for v in SUPPORTED if shutil.which(f"python{v}")] or [f"3.{sys.version_info[1]}"]
LONGEST_FILE = 400
MAPS = ("libpysal", "inequality", "access", "segregation")
ORACLES = [one for one in PROJECT["optional-dependencies"]["oracles"] if not one.startswith(MAPS)]
"""Oracles of the gate; those of maps bring much, and agree in ``deep``."""
BENCHMARKS = ["imports", "native", "time", "tally", "spreadsheet", "streams", "network", "frames"]
LOWEST = (
    "tests/io/test_bad_input.py",
    "tests/io/test_files.py",
    "tests/io/test_migration.py",
    "tests/io/test_native.py",
    "tests/io/test_schema.py",
    "tests/metrics/test_judgement.py",
    "tests/metrics/test_sustainability.py",
    "tests/network/test_partnership.py",
    "tests/network/test_graphs.py",
    "tests/cli/test_cli.py",
)
"""Tests that use every package of the core, and the extras cli and testing."""
CORE = (
    *LOWEST,
    "tests/metrics/test_metrics.py",
    "tests/model",
    "tests/vocab",
    "tests/i18n",
    "tests/errors",
    "tests/test_project.py",
)
"""Tests that tell one Python from another."""


@nox.session
def lint(session):
    """Style, import contracts, length of files."""
    session.install("-e", ".", "ruff", "import-linter")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("lint-imports")
    long = [f for f in Path("src").rglob("*.py") if len(f.read_text().splitlines()) > LONGEST_FILE]
    if long:
        session.error(f"files over {LONGEST_FILE} lines: {long}")


@nox.session
def types(session):
    """Two strict checkers, and a public interface that is typed completely."""
    session.install(".[all]", "mypy", "pyright[nodejs]", "types-networkx", "pytest")
    session.run("mypy")
    session.run("mypy", "tests/typing/api.py")
    session.run("pyright")
    session.run("pyright", "--verifytypes", "citess", "--ignoreexternal")


@nox.session(python=PRESENT)
def tests(session):
    """Every test and docstring example with all branches; the core of them on other Pythons.

    The first Python also has the oracles, official readers and judges of documents. Properties
    are tried on few examples here, on many in ``deep``.
    """
    first = session.python == PRESENT[0]
    session.install(".[all,test]", "coverage", *(ORACLES if first else ()))
    few = {"CITESS_EXAMPLES": "5"}
    if first:
        run = ("coverage", "run", "-p", "-m", "pytest", "-q", "-n", "2")
        session.run(*run, *session.posargs, env=few)
        session.run("coverage", "combine", "-q")
        session.run("coverage", "report")
    else:
        session.run("pytest", "-q", "-n", "2", *CORE, *session.posargs, env=few)


@nox.session
def docs(session):
    """The site, without a warning, and every example in README and pages."""
    session.install(".[docs,cli,testing,rdf,tables,fast]", "pytest")
    session.run("sphinx-build", "-n", "-W", "-q", "-b", "html", "docs", "docs/_build/html")
    session.run("pytest", "-q", "--doctest-glob=*.md", "README.md", "docs/tutorial", "docs/how-to")


@nox.session
def lowest(session):
    """The lower bounds of the core and of the extras that are used."""
    session.install("--resolution", "lowest-direct", ".[cli,testing]", "pytest>=8.2")
    session.run("pytest", "-q", "-x", *LOWEST, env={"CITESS_EXAMPLES": "10"})


@nox.session
def minimal(session):
    """The core alone, without any extra: import, load, graph, metrics."""
    session.install(".")
    session.run("python", "tests/minimal.py")


@nox.session
def example(session):
    """A package that extends citess, built on its wheel: strict types, its own tests."""
    wheels = session.create_tmp()
    session.install("build", "mypy", "pytest", "types-networkx")
    session.run("python", "-m", "build", "-q", "--wheel", "--outdir", wheels)
    session.install(*map(str, Path(wheels).glob("*.whl")))
    session.chdir("examples/citess-apiary")
    session.install("--no-deps", ".")
    session.run("mypy", "src", "tests")
    session.run("pytest", "-q", "tests")


@nox.session
def bench(session):
    """Ratios to the named peers."""
    session.install(".[all,test,oracles]", "pydantic", "networkit")
    for name in BENCHMARKS:
        session.run("python", f"benchmarks/{name}.py", *session.posargs)


@nox.session
def deep(session):
    """Long proofs: kill -9, many examples, oracles, networkx's own suite, a Spark cluster."""
    session.install(".[all,test,oracles,spark]", "atheris", "litestar", "uvicorn", "schemathesis")
    session.run(
        "pytest",
        "-q",
        "-m",
        "deep",
        *session.posargs,
        env={"CITESS_DEEP": "1", "CITESS_EXAMPLES": "200"},
    )


@nox.session
def mutation(session):
    """How many small faults the tests notice: ``nox -s mutation -- src/citess/metrics``."""
    session.install(".[all,test]")
    session.run("python", "benchmarks/mutation.py", *session.posargs)
