"""Mutation score of the model: a seeded sample of small faults, and how many the tests notice.

python benchmarks/mutation.py [--sample 120] [--seed 0] [--jobs 2]
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parent.parent
MODEL = Path("src/citess/model")
TESTS = (
    "tests/model",
    "tests/questions",
    "tests/datasets",
    "tests/io/test_native.py",
    "tests/network",
    "tests/test_examples.py",
)
SWAPS = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


def places(tree):
    """Faults that can be made in a file, as functions that change its tree."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS:
            yield node, "compare"
        elif isinstance(node, ast.BoolOp):
            yield node, "bool"
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield node, "not"
        elif isinstance(node, ast.Constant) and type(node.value) in {int, bool}:
            yield node, "constant"
        elif isinstance(node, ast.Return) and node.value is not None:
            yield node, "return"
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
            yield node, "arithmetic"


def harm(node, kind):
    """Make the fault in the tree."""
    if kind == "compare":
        node.ops[0] = SWAPS[type(node.ops[0])]()
    elif kind == "bool":
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif kind == "not":
        node.op = ast.UAdd()
        node.operand = ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])
    elif kind == "constant":
        node.value = not node.value if isinstance(node.value, bool) else node.value + 1
    elif kind == "return":
        node.value = ast.Constant(None)
    else:
        node.op = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()


def in_annotation(node, tree):
    """Whether a node stands where nothing runs: an annotation."""
    for other in ast.walk(tree):
        hints = []
        if isinstance(other, ast.AnnAssign | ast.arg):
            hints = [other.annotation]
        elif isinstance(other, ast.FunctionDef):
            hints = [other.returns]
        if any(node is inner for hint in hints if hint for inner in ast.walk(hint)):
            return True
    return False


def survives(folder, file, number):
    """Whether the tests pass with a fault in place."""
    path = folder / file
    source = (ROOT / file).read_text("utf-8")
    tree = ast.parse(source)
    node, kind = list(places(tree))[number]
    line = node.lineno
    if in_annotation(node, tree):
        return None
    harm(node, kind)
    path.write_text(ast.unparse(ast.fix_missing_locations(tree)), "utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *TESTS],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            timeout=300,
            check=False,
        )
        alive = done.returncode == 0
    except subprocess.TimeoutExpired:
        alive = False
    path.write_text(source, "utf-8")
    if alive:
        print(f"survived: {file}:{line} {kind}: {ast.unparse(node)[:80]}", flush=True)
    return alive


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--sample", type=int, default=120)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--jobs", type=int, default=2)
    given = options.parse_args()
    files = sorted((ROOT / MODEL).glob("*.py"))
    faults = [
        (file.relative_to(ROOT), n)
        for file in files
        for n, _ in enumerate(places(ast.parse(file.read_text("utf-8"))))
    ]
    chosen = random.Random(given.seed).sample(faults, min(given.sample, len(faults)))
    with tempfile.TemporaryDirectory() as made:
        copies = []
        for job in range(given.jobs):
            copy = Path(made, str(job))
            for part in ("src", "tests"):
                shutil.copytree(ROOT / part, copy / part)
            shutil.copy(ROOT / "pyproject.toml", copy)
            copies.append(copy)
        with ThreadPoolExecutor(given.jobs) as pool:
            runs = [
                pool.submit(
                    lambda copy, mine: [survives(copy, *fault) for fault in mine],
                    copy,
                    chosen[job :: given.jobs],
                )
                for job, copy in enumerate(copies)
            ]
            results = [result for run in runs for result in run.result() if result is not None]
    killed = results.count(False)
    print(f"{killed} of {len(results)} faults noticed ({len(faults)} possible): ", end="")
    print(f"{100 * killed / len(results):.0f} %")


if __name__ == "__main__":
    main()
