"""The example portal, by its own tests: started with one command, and without a failure."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PORTAL = Path(__file__).parents[2] / "examples" / "portal"


@pytest.mark.deep
def test_the_portal_starts_with_one_command_and_schemathesis_finds_no_failure():
    for package in ("litestar", "uvicorn", "schemathesis"):
        pytest.importorskip(package, reason=f"{package} is not installed")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-c", "pyproject.toml", "tests"],
        cwd=PORTAL,
        env={**os.environ, "PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stdout[-4000:]
