"""The portal, started as a user starts it and asked over the network of this machine."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

import citess

PATIENCE = 60.0


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a portal that has been started with one command."""
    file = tmp_path_factory.mktemp("portal") / "dataset.json"
    citess.save(citess.datasets.synthetic(enterprises=30), file)
    port = _free_port()
    command = [sys.executable, "-m", "citess_portal", str(file), "--port", str(port)]
    with subprocess.Popen(command) as process:  # noqa: S603  (our own)
        try:
            _wait(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError


def _ask(address: str, path: str) -> tuple[int, str, object]:
    try:
        with urllib.request.urlopen(address + path) as answer:  # noqa: S310  (of this machine)
            return answer.status, answer.headers["content-type"], json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers["content-type"], json.load(error)


def test_it_serves_hubs_services_places_and_measures(address: str) -> None:
    status, _, hubs = _ask(address, "/hubs")
    assert isinstance(hubs, list)
    assert (status, len(hubs)) == (200, 2)
    assert hubs[0] == _ask(address, f"/hubs/{hubs[0]['id']}")[2]
    services = _ask(address, f"/services?hub={hubs[0]['id']}")[2]
    assert isinstance(services, list)
    assert {hubs[0]["id"]} == {one["hub"] for one in services}
    status, type_, places = _ask(address, "/places.geojson")
    assert isinstance(places, dict)
    assert (
        status,
        type_.startswith("application/geo+json"),
        places["type"],
    ) == (200, True, "FeatureCollection")
    measures = _ask(address, "/measures")[2]
    assert isinstance(measures, list)
    assert {"women_share", "formality_share"} <= {one["name"] for one in measures}


def test_nothing_about_persons_is_served(address: str) -> None:
    for path in ("/hubs", "/services", "/places.geojson", "/measures"):
        assert "client" not in json.dumps(_ask(address, path)[2])


def test_what_is_not_there_is_said(address: str) -> None:
    status, _, problem = _ask(address, "/hubs/nowhere")
    assert isinstance(problem, dict)
    assert (status, problem["detail"]) == (404, "no hub has the id 'nowhere'")


def test_schemathesis_finds_no_failure(address: str) -> None:
    pytest.importorskip("schemathesis", reason="schemathesis is not installed")
    done = subprocess.run(  # noqa: S603  (our own)
        [
            sys.executable,
            "-m",
            "schemathesis.cli",
            "run",
            f"{address}/schema/openapi.json",
            "--max-examples",
            os.environ.get("CITESS_EXAMPLES", "30"),
            "--no-color",
        ],
        check=False,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent.parent,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def test_a_file_that_cannot_be_served_is_said_and_nothing_starts(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{", "utf-8")
    for file in (broken, tmp_path / "none.json", tmp_path / "none.txt"):
        command = [sys.executable, "-m", "citess_portal", str(file)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  (our own)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
        assert "citess-portal: error: " in done.stderr
