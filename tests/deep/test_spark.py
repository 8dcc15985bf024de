"""The same script on pandas, Polars, DuckDB and a real Spark cluster prints the same table."""

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "examples" / "outgrow" / "same_table.py"

pytestmark = [
    pytest.mark.deep,
    pytest.mark.skipif(
        importlib.util.find_spec("pyspark") is None, reason="the extra spark is not installed"
    ),
    pytest.mark.skipif(shutil.which("java") is None, reason="no java: Debian default-jre-headless"),
]


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def wait_for(port, process, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(f"it ended with {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.5)
    raise AssertionError(f"nothing answers on port {port}")


@pytest.fixture(scope="module")
def master(tmp_path_factory):
    """A standalone master and two workers on the loopback."""
    import pyspark

    home, place = Path(pyspark.__file__).parent, tmp_path_factory.mktemp("spark")
    port, page = free_port(), free_port()
    environment = {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(place / "local"),
        "PYSPARK_PYTHON": sys.executable,
    }
    command = [str(home / "bin" / "spark-class")]
    url, started = f"spark://127.0.0.1:{port}", []

    def start(*arguments):
        with (place / f"{len(started)}.log").open("w") as log:
            made = subprocess.Popen(
                [*command, *arguments], env=environment, stdout=log, stderr=subprocess.STDOUT
            )
        started.append(made)
        return made

    try:
        leader = start(
            "org.apache.spark.deploy.master.Master",
            *("--host", "127.0.0.1", "--port", str(port), "--webui-port", str(page)),
        )
        wait_for(port, leader)
        for worker in range(2):
            start(
                "org.apache.spark.deploy.worker.Worker",
                *("--host", "127.0.0.1", "--webui-port", str(free_port())),
                *("--cores", "1", "--memory", "1g", "--work-dir", str(place / f"w{worker}"), url),
            )
        yield url, environment
    finally:
        for one in reversed(started):
            one.terminate()
        for one in started:
            one.wait(30)


def printed(engine, environment=None):
    made = subprocess.run(
        [sys.executable, str(SCRIPT), engine],
        env=environment,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert made.returncode == 0, made.stderr[-4000:]
    return made.stdout


def test_the_same_script_prints_the_same_table_on_one_machine_and_on_a_cluster(master):
    url, environment = master
    expected = printed("polars")
    assert expected.count("\n") >= 16
    assert expected == printed("pandas") == printed("duckdb")
    assert expected == printed("spark", {**environment, "SPARK_MASTER": url})
