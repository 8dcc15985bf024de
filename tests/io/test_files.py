"""Files: atomic, locked, and whole whatever happens."""

import errno
import io
import os
import pickle
import random
import signal
import subprocess
import sys
import time

import pytest

import citess
from citess import Dataset, LockedError
from citess.io import _file
from tests.io.documents import small

ROUNDS = 200 if os.environ.get("CITESS_DEEP") else 6

WRITER = """
import sys, citess
path = sys.argv[1]
data = citess.datasets.synthetic(enterprises=300, seed=1)
other = citess.datasets.synthetic(enterprises=300, seed=2)
print("ready", flush=True)
while True:
    citess.save(data, path)
    citess.save(other, path)
"""

EDITOR = """
import sys, citess
path, name, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
for n in range(times):
    with citess.edit(path) as box:
        service = citess.Service(id=f"{name}-{n}", kind="advice", name=citess.Text(fr="Conseil"))
        box.data = box.data.add(service)
"""


def kill_rounds(folder, rounds):
    """Outcomes of killing a process that saves, at random moments."""
    path = folder / "hubs.json"
    allowed = [citess.datasets.synthetic(enterprises=300, seed=seed) for seed in (1, 2)]
    citess.save(allowed[0], path)
    chance = random.Random(0)
    torn = lost = 0
    for _ in range(rounds):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True
        )
        process.stdout.readline()
        time.sleep(chance.random() * 0.1)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        try:
            lost += citess.load(path) not in allowed
        except citess.CitessError:
            torn += 1
    citess.save(allowed[0], path)
    return torn, lost, [file.name for file in folder.iterdir() if "tmp" in file.name]


def test_a_killed_save_leaves_a_whole_file_and_its_litter_is_swept(tmp_path):
    assert (0, 0, []) == kill_rounds(tmp_path, min(ROUNDS, 6))


@pytest.mark.deep
def test_two_hundred_killed_saves_leave_whole_files(tmp_path):
    assert (0, 0, []) == kill_rounds(tmp_path, 200)


def test_eight_processes_that_edit_lose_no_update(tmp_path):
    path = tmp_path / "hubs.json"
    citess.save(Dataset(), path)
    times = 5
    writers = [
        subprocess.Popen([sys.executable, "-c", EDITOR, str(path), f"writer{n}", str(times)])
        for n in range(8)
    ]
    assert [0] * 8 == [writer.wait() for writer in writers]
    assert 8 * times == len(citess.load(path).services)


def test_what_is_saved_is_loaded(tmp_path):
    path = tmp_path / "hubs.json"
    citess.save(small(), path)
    assert small() == citess.load(path) == citess.load(str(path), fast=False)


def test_streams_are_read_and_written():
    stream = io.BytesIO()
    citess.save(small(), stream)
    assert small() == citess.load(io.BytesIO(stream.getvalue()))
    assert small() == citess.load(io.StringIO(stream.getvalue().decode()))


def test_a_file_that_is_too_large_is_refused_without_reading_all_of_it(tmp_path):
    path = tmp_path / "hubs.json"
    citess.save(small(), path)
    with pytest.raises(citess.ReadError, match="too-large"):
        citess.load(path, max_bytes=10)


@pytest.mark.parametrize("name", ["hubs.yaml", "hubs", "hubs.JSON"])
def test_a_suffix_that_names_no_format_is_refused(tmp_path, name):
    with pytest.raises(ValueError, match=r"names no format that citess knows.*\.json"):
        citess.save(small(), tmp_path / name)


def test_a_missing_file_is_an_os_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        citess.load(tmp_path / "none.json")


def test_a_folder_is_no_file(tmp_path):
    (tmp_path / "hubs.json").mkdir()
    with pytest.raises(OSError, match="not a file"):
        citess.load(tmp_path / "hubs.json")
    with pytest.raises(OSError, match="not a file"):
        citess.save(small(), tmp_path / "hubs.json")


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS])
@pytest.mark.parametrize("call", ["fsync", "open"])
def test_a_save_that_fails_leaves_the_old_file_whole(tmp_path, monkeypatch, code, call):
    path = tmp_path / "hubs.json"
    citess.save(Dataset(), path)
    before = path.read_bytes()
    genuine = getattr(os, call)

    def failing(*args, **kwargs):
        if call == "fsync" or "citess-tmp" in str(args[0]):
            raise OSError(code, os.strerror(code))
        return genuine(*args, **kwargs)

    monkeypatch.setattr(_file.os, call, failing)
    with pytest.raises(OSError, match=os.strerror(code)):
        citess.save(small(), path)
    monkeypatch.undo()
    assert before == path.read_bytes()
    assert [] == [file.name for file in tmp_path.iterdir() if "tmp" in file.name]


def test_the_mode_of_a_file_is_kept(tmp_path):
    path = tmp_path / "hubs.json"
    citess.save(Dataset(), path)
    path.chmod(0o640)
    citess.save(small(), path)
    assert 0o640 == path.stat().st_mode & 0o777


def test_a_link_stays_a_link(tmp_path):
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    citess.save(Dataset(), real)
    link.symlink_to(real)
    citess.save(small(), link)
    assert (True, small()) == (link.is_symlink(), citess.load(real))


def test_who_waits_too_long_is_told_who_holds_the_lock(tmp_path):
    path = tmp_path / "hubs.json"
    citess.save(small(), path)
    with citess.edit(path), pytest.raises(LockedError) as caught:
        citess.save(small(), path, timeout=0.05)
    error = caught.value
    assert f"process {os.getpid()}" == error.owner
    assert str(error) == str(pickle.loads(pickle.dumps(error)))
    assert 3 == len({error.text(language) for language in ("en", "fr", "ar")})


def test_an_owner_that_left_no_name_is_another_process(tmp_path):
    assert "another process" == _file._owner(tmp_path / "none")


def test_an_edit_that_fails_changes_nothing(tmp_path):
    path = tmp_path / "hubs.json"
    citess.save(small(), path)
    before = path.read_bytes()

    def fail():
        with citess.edit(path) as box:
            box.data = Dataset()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert before == path.read_bytes()


def test_an_edit_without_a_change_does_not_write(tmp_path):
    path = tmp_path / "hubs.json"
    citess.save(small(), path)
    before = path.stat().st_mtime_ns
    with citess.edit(path) as box:
        assert "Box(Dataset(territories=1, hubs=1))" == repr(box)
    assert before == path.stat().st_mtime_ns


def test_litter_of_a_killed_save_is_swept(tmp_path):
    litter = tmp_path / ".hubs.json.1-00000000.citess-tmp"
    litter.write_text("x")
    citess.save(small(), tmp_path / "hubs.json")
    assert not litter.exists()


def test_litter_of_others_is_left_alone(tmp_path):
    other = tmp_path / ".other.json.1-00000000.citess-tmp"
    other.write_text("x")
    citess.save(small(), tmp_path / "hubs.json")
    assert other.exists()


def test_folders_are_synced_on_posix_only(tmp_path, monkeypatch):
    monkeypatch.setattr(_file.os, "name", "nt")
    _file._sync_folder(tmp_path / "none")
    monkeypatch.undo()
    with pytest.raises(FileNotFoundError):
        _file._sync_folder(tmp_path / "none")
