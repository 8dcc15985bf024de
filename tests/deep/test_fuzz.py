"""Whatever bytes atheris finds, nothing leaves a reader but a dataset or a CitessError.

CITESS_FUZZ_SECONDS says how long it tries each reader.
"""

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from citess import CitessError
from citess.io.formats import FORMATS
from tests.io.scenes import mahdia

pytestmark = pytest.mark.deep
SECONDS = os.environ.get("CITESS_FUZZ_SECONDS", "300")
READ = [name for name, found in FORMATS.items() if found.can_read]
ROOT = Path(__file__).parents[2]
LIMIT = "-rss_limit_mb=4096"
HARNESS = """
import sys
import atheris
with atheris.instrument_imports(include=["citess.io"]):
    from tests.deep.test_fuzz import reads
atheris.Setup(sys.argv, lambda content: reads(content, {name!r}))
atheris.Fuzz()
"""


def seeds(name):
    """Content that is valid: of the file, or of the files of the folder."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "seed" + (FORMATS[name].suffixes or ("",))[0])
        FORMATS[name].write(mahdia(), path)
        files = sorted(path.rglob("*.csv")) if path.is_dir() else [path]
        return {file.name: file.read_bytes() for file in files}


def reads(content, name):
    """Read bytes, or say in every language why not; nothing else may come out."""
    found = FORMATS[name]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "organizations.csv")
        source.write_bytes(content)
        try:
            found.read(Path(folder) if found.needs_path else io.BytesIO(content))
        except CitessError as error:
            return all(map(error.text, ("en", "fr", "ar")))
    return True


@pytest.mark.parametrize("name", READ)
def test_seeds_are_read(name):
    assert all(reads(content, name) for content in seeds(name).values())


@pytest.mark.parametrize("name", READ)
def test_atheris_finds_no_way_out(name, tmp_path):
    pytest.importorskip("atheris", reason="atheris is not installed")
    script = tmp_path / "fuzz.py"
    script.write_text(HARNESS.format(name=name), "utf-8")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for file, content in seeds(name).items():
        (corpus / file).write_bytes(content)
    done = subprocess.run(
        [sys.executable, str(script), str(corpus), f"-max_total_time={SECONDS}", LIMIT],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert 0 == done.returncode, done.stderr[-4000:]
