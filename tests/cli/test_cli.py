"""The command line: results, exit codes, streams, languages."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import citess
from citess.cli import _main, _progress, main
from citess.cli._commands import execute

MORE_THAN_A_PIPE_HOLDS = 1 << 22
HERE = {k: v for k, v in os.environ.items() if k != "FORCE_COLOR"} | {"COLUMNS": "80"}


def run(capsys, *arguments):
    """Exit code, standard output and errors of a command run here."""
    with pytest.raises(SystemExit) as left:
        main(arguments)
    out, err = capsys.readouterr()
    return left.value.code, out, err


def shell(arguments, **options):
    """The same in a process of its own."""
    command = [sys.executable, "-m", "citess", *arguments]
    settings = {"capture_output": True, "env": HERE, "encoding": "utf-8", **options}
    return subprocess.run(command, check=False, **settings)


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "hubs.json"
    citess.save(citess.datasets.synthetic(enterprises=2), path)
    return str(path)


@pytest.fixture
def bad(tmp_path):
    path = tmp_path / "bad.json"
    content = citess.dumps(citess.datasets.synthetic(enterprises=2))
    path.write_bytes(content.replace(b'"2020-', b'"2020-9'))
    return str(path)


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "Report on the hubs"), ("fr", "Rapport sur les pôles"), ("ar", "تقرير عن الأقطاب")],
)
def test_demo_reports_in_three_languages(capsys, language, title):
    code, out, err = run(capsys, "demo", "--lang", language)
    assert (0, "") == (code, err)
    assert title in out
    assert "CitESS Mahdia" in out
    assert "None" not in out


def test_results_have_a_versioned_shape_as_json(capsys, good, bad):
    shapes = {
        ("demo", "--json"): "citess.demo/1",
        ("report", good, "--json"): "citess.report/1",
        ("validate", good, "--json"): "citess.validate/1",
        ("metrics", "--json"): "citess.catalogue/1",
        ("metrics", good, "--json"): "citess.metrics/1",
    }
    found = {call: json.loads(run(capsys, *call)[1])["schema"] for call in shapes}
    assert shapes == found
    code, out, _ = run(capsys, "validate", bad, "--json", "--lang", "fr")
    problems = json.loads(out)
    assert (1, False) == (code, problems["ok"])
    assert "n'est pas une date" in problems["issues"][0]["message"]


def test_validate_tells_every_problem_and_leaves_with_1(capsys, good, bad):
    assert (0, "no issue\n") == run(capsys, "validate", good)[:2]
    code, out, _ = run(capsys, "validate", bad)
    assert 1 == code
    assert "[bad-date]" in out


@pytest.mark.parametrize("command", ["report", "metrics"])
def test_bad_data_are_refused_with_their_report(capsys, bad, command):
    code, out, err = run(capsys, command, bad)
    assert (1, "") == (code, out)
    assert "[bad-date]" in err


def test_report_and_metrics_take_a_day(capsys, good):
    code, out, _ = run(capsys, "report", good, "--on", "2021-06-30")
    assert 0 == code
    assert "What is dated holds on 2021-06-30." in out
    assert "on 2021-06-30" in run(capsys, "metrics", good, "--on", "2021-06-30")[1]


def test_metrics_without_a_file_lists_the_catalogue(capsys):
    code, out, _ = run(capsys, "metrics")
    lines = out.splitlines()
    titles = [line for line in lines if line and not line.startswith(" ")]
    assert ["Service offer", "Reach and equity", "Employment"] == titles[:3]
    assert 0 == code
    listed = [line.split()[0] for line in lines if line.startswith(" ")]
    assert sorted(citess.metrics.catalogue) == sorted(listed)
    assert listed.index("S01") < listed.index("R01") < listed.index("N01") < listed.index("D01")
    assert "شراكة" in run(capsys, "metrics", "--lang", "ar")[1]
    found = json.loads(run(capsys, "metrics", "--json")[1])["metrics"]
    (people,) = [row for row in found if row["id"] == "R01"]
    assert ("Reach and equity", ["IRIS+ PI4060", "IRIS+ PI2998"]) == (
        people["group"],
        people["alignments"],
    )


def test_metrics_of_a_file_are_those_of_its_records_and_its_network(capsys, good):
    code, out, _ = run(capsys, "metrics", good, "--json")
    found = json.loads(out)
    ids = {one["metric"] for one in found["measures"]}
    assert 0 == code
    assert {"S01", "G07", "N01", "N02", "N25"} <= ids
    assert "N18" not in ids
    assert 1 == len([line for line in found["not_computed"] if "two sides" in line])
    text = run(capsys, "metrics", good)[1]
    assert "Centralisation" in text
    assert "not computed here" in text


def test_metrics_of_packages_are_listed_last(monkeypatch, capsys):
    class Odd:
        id, name = "x1", "odd"

        def question(self, language):
            return "Odd?"

    class Two(dict):
        """A catalogue."""

    monkeypatch.setattr(
        "citess.cli._metrics.catalogue", Two(x1=Odd(), S01=citess.metrics.service_coverage)
    )
    out = run(capsys, "metrics")[1]
    assert ["Service offer", "Others"] == [
        line for line in out.splitlines() if line and not line.startswith(" ")
    ]


@pytest.mark.parametrize(
    "arguments",
    [["nothing"], ["validate"], ["demo", "--lang", "de"], ["demo", "extra"], ["report", "--wrong"]],
)
def test_wrong_usage_leaves_with_2(capsys, arguments):
    code, out, err = run(capsys, *arguments)
    assert 2 == code or "--wrong" in arguments
    assert "" == out
    assert err


def test_help_and_version(capsys):
    assert (0, f"citess {citess.__version__}\n", "") == run(capsys, "--version")
    assert "validate" in run(capsys, "--help")[1]
    assert 0 == execute(["--help"])


def test_input_that_cannot_be_read_leaves_with_3(capsys, tmp_path, good):
    code, _, err = run(capsys, "report", str(tmp_path / "none.json"))
    assert (3, True) == (code, "No such file" in err)
    code, _, err = run(capsys, "validate", "hubs.yaml")
    assert (3, True) == (code, "names no format" in err)
    code, _, err = run(capsys, "validate", str(tmp_path))
    assert 3 == code


def test_a_dash_reads_the_standard_input(good):
    with Path(good).open("rb") as stream:
        done = shell(["validate", "-"], stdin=stream)
    assert (0, "no issue\n") == (done.returncode, done.stdout)


def test_output_is_utf8_and_plain_in_any_locale():
    done = shell(["demo", "--lang", "ar"], env={**HERE, "LC_ALL": "C"})
    assert 0 == done.returncode
    assert "الأقطاب" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_pipe_that_closes_early_ends_quietly():
    command = f"{sys.executable} -m citess demo --json | head -n 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, env=HERE, check=False
    )
    assert (0, b"") == (done.returncode, done.stderr)


def test_a_broken_pipe_is_silenced(monkeypatch, tmp_path):
    def broken():
        raise BrokenPipeError

    with (tmp_path / "out").open("w") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        assert 0 == _main._guarded(broken)


def test_an_interruption_leaves_with_130(monkeypatch):
    def interrupted():
        raise KeyboardInterrupt

    assert 130 == _main._guarded(interrupted)


def test_an_interrupted_process_leaves_with_130():
    process = subprocess.Popen(
        [sys.executable, "-m", "citess", "validate", "-"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=HERE,
    )
    process.stdin.write(b" " * MORE_THAN_A_PIPE_HOLDS)  # returns once the command is reading
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert (130, b"") == (process.returncode, err)


def test_an_interruption_while_the_commands_are_imported_leaves_with_130(monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "citess.cli._commands")
    monkeypatch.setattr("builtins.__import__", interrupted)
    left = _main.run(["demo"])
    monkeypatch.undo()
    assert 130 == left


def test_errors_of_citess_leave_with_1(capsys):
    def fail():
        raise citess.UnknownIdError("hub", "x")

    assert 1 == _main._guarded(fail)
    assert "no hub has the id 'x'" in capsys.readouterr().err


def test_without_the_extra_the_command_names_it(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "citess.cli._commands", None)
    code, _, err = run(capsys, "demo")
    assert (2, True) == (code, 'pip install "citess[cli]"' in err)


def test_closed_streams_raise_nothing(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    _main._speak_utf8()
    assert 0 == _main._guarded(lambda: 0)
    _main._complain("nobody reads this")


def test_arguments_come_from_the_process(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["citess", "--version"])
    with pytest.raises(SystemExit) as left:
        main()
    assert 0 == left.value.code
    assert "citess" in capsys.readouterr().out


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_sign_of_life_is_shown_on_a_terminal_after_a_while(monkeypatch):
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    with _progress.working("hubs.json", patience=0.0):
        time.sleep(0.3)
    assert "hubs.json" in stream.getvalue()


def test_no_sign_of_life_off_a_terminal(capsys):
    with _progress.working("hubs.json", patience=0.0):
        time.sleep(0.05)
    assert "" == capsys.readouterr().err


def test_version_answers_before_the_command_line_is_imported():
    code = (
        "import sys; from citess.cli import _main; _main.run(['--version']);"
        "print('cyclopts' in sys.modules, 'rich' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert f"citess {citess.__version__}\nFalse False\n" == done.stdout


def test_diff_tells_what_changed_and_leaves_with_1(capsys, good, bad, tmp_path):
    other = tmp_path / "other.json"
    data = citess.load(good)
    hub = citess.evolve(next(iter(data.hubs.values())), charter=True)
    citess.save(data.replace(hub), other)
    assert (0, "no difference\n", "") == run(capsys, "diff", good, good)
    code, out, _ = run(capsys, "diff", good, str(other), "--lang", "fr")
    assert (1, True) == (code, "charter : inconnu -> oui" in out)
    code, out, _ = run(capsys, "diff", good, str(other), "--json")
    shown = json.loads(out)
    assert (1, "citess.diff/1", 1) == (code, shown["schema"], len(shown["lines"]))
    assert [] == json.loads(run(capsys, "diff", good, good, "--json")[1])["lines"]
    assert 1 == run(capsys, "diff", good, bad)[0]
