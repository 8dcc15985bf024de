"""Mutation score of a package: a seeded sample of small faults, and how many the tests notice.

python benchmarks/mutation.py src/citess/model [--sample 200] [--seed 0] [--jobs 2]

The tests run once to learn which of them run which line, and how long each takes; a fault is then
shown to those that run its line, the quickest first. A fault that makes them run on, or that keeps
the package from being imported, is noticed. A smaller sample is the beginning of a larger one.
"""

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import coverage
import faults
import traced

ROOT = Path(__file__).parent.parent
TESTS = {"src/citess/model": ("tests/model", "tests/questions")}
"""Tests of a package, where they are not the folder of the same name; its examples always are."""

PATIENCE = 60
"""Seconds of the processor that tests may take beyond twice what they took unharmed."""
NOTHING_RAN = 5
"""What pytest returns when none of the tests is there."""
QUICK = 0.5
"""Seconds up to which a test is shown a fault before the others."""


def tests_of(package):
    mirror = package.replace("src/citess", "tests")
    name = package.removeprefix("src/").replace("/", ".")
    examples = ("tests/test_examples.py", "-k", f"not test_examples_of or {name}")
    return (*TESTS.get(package, (mirror,)), *examples)


class Known:
    """Which tests run a line, and how long they take."""

    def __init__(self, copy, package):
        settings = f"--rcfile={os.devnull}"
        measure = ("coverage", "run", settings, f"--source={package}", "-m", "pytest")
        done = run(copy, (*measure, *tests_of(package)), stop=False)
        told = done.stderr.decode()
        if done.returncode not in {0, 1}:
            raise SystemExit(f"the tests do not run:\n{done.stdout.decode()[-2000:]}\n{told}")
        left_out = [line for line in told.splitlines() if line.startswith("left out")]
        sys.stderr.write("".join(f"{line}\n" for line in left_out))
        self.seconds = json.loads((copy / "seconds.json").read_text("utf-8"))
        data = coverage.CoverageData(str(copy / ".coverage"))
        data.read()
        self.lines = {}
        self.files = {}
        for measured in data.measured_files():
            file = str(Path(measured).relative_to(copy.resolve()))
            by_line = data.contexts_by_lineno(measured)
            self.lines[file] = {line: {*names} - {""} for line, names in by_line.items()}
            self.files[file] = set().union(*self.lines[file].values())

    def order(self, file, lines):
        """Tests that run a line of a statement; for one that only runs at import, all of them.

        The quick tests of the module that has most of them come first, by themselves: most faults
        are noticed there, and reading the other modules takes longer than running their tests.
        """
        by_line = self.lines.get(file, {})
        running = set().union(*(by_line.get(line, ()) for line in lines)) & {*self.seconds}
        near = self.files.get(file, set())
        tests = sorted(running or self.seconds, key=lambda t: (t not in near, self.seconds[t]))
        quick = [test for test in tests if test in near and self.seconds[test] < QUICK]
        modules = Counter(test.partition("::")[0] for test in quick)
        best = modules.most_common(1)[0][0] if modules else None
        first = [test for test in quick if test.partition("::")[0] == best]
        rest = [test for test in tests if test not in first]
        return [group for group in (first, rest) if group]


def within(seconds):
    """Limit the time of the processor, which a busy machine does not use up."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def run(copy, command, limit=None, *, stop=True):
    here = f"{copy / 'src'}{os.pathsep}{Path(__file__).parent}"
    fixed = {"PYTHONPATH": here, "PYTHONDONTWRITEBYTECODE": "1", "COVERAGE_CORE": "ctrace"}
    quiet = ["-q", "-p", "traced", "-p", "no:cacheprovider", "--hypothesis-seed=0"]
    return subprocess.run(
        [sys.executable, "-m", *command, *quiet, *(["-x"] if stop else [])],
        cwd=copy,
        env={**os.environ, **fixed},
        capture_output=True,
        preexec_fn=None if limit is None else lambda: within(limit),
        check=False,
    )


def survives(copy, known, file, number):
    """Whether the tests pass with a fault in place."""
    path = copy / file
    source = path.read_text("utf-8")
    harmed, lines, what = faults.harmed(source, number)
    path.write_text(harmed, "utf-8")
    for tests in known.order(file, lines):
        limit = PATIENCE + round(2 * sum(known.seconds[test] for test in tests))
        (copy / traced.WANTED).write_text(json.dumps(tests), "utf-8")
        modules = dict.fromkeys(test.partition("::")[0] for test in tests)
        done = run(copy, ("pytest", *modules), limit)
        code = 0 if done.returncode == NOTHING_RAN else done.returncode
        if code:
            break
    path.write_text(source, "utf-8")
    alive = code == 0
    sys.stderr.write("s" if alive else "t" if code < 0 else "e" if code > 1 else ".")
    if code > 1:
        said = (done.stdout + done.stderr).decode().splitlines()
        told = [line for line in said if "rror" in line][-1:]
        sys.stderr.write(f" {file}:{lines[0]} {what}: {told}\n")
    sys.stderr.flush()
    if alive:
        print(f"survived: {file}:{lines[0]} {what}", flush=True)
    return alive


def copies(made, jobs):
    for job in range(jobs):
        copy = Path(made, str(job))
        for part in ("src", "tests"):
            shutil.copytree(ROOT / part, copy / part)
        shutil.copy(ROOT / "pyproject.toml", copy)
        yield copy


def main():
    options = argparse.ArgumentParser()
    options.add_argument("package")
    options.add_argument("--sample", type=int, default=200)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--jobs", type=int, default=2)
    given = options.parse_args()
    package = given.package.rstrip("/")
    with tempfile.TemporaryDirectory() as made:
        places = [*copies(made, given.jobs)]
        possible = [
            (str(file.relative_to(places[0])), number)
            for file in sorted((places[0] / package).rglob("*.py"))
            for number in faults.numbers(file.read_text("utf-8"))
        ]
        random.Random(given.seed).shuffle(possible)
        chosen = possible[: given.sample]
        known = Known(places[0], package)
        shares = defaultdict(list)
        for n, fault in enumerate(chosen):
            shares[n % given.jobs].append(fault)

        def judge(job):
            return [survives(places[job], known, *fault) for fault in shares[job]]

        with ThreadPoolExecutor(given.jobs) as pool:
            alive = [one for share in pool.map(judge, shares) for one in share]
    noticed = alive.count(False)
    print(
        f"{package}: {noticed} of {len(alive)} faults noticed ({len(possible)} possible), ", end=""
    )
    print(f"{100 * noticed / len(alive):.1f} %")


if __name__ == "__main__":
    main()
