"""Questions of graphs against igraph, networkit, rustworkx and networkx; writes RESULTS.md.

Run ``python benchmarks/network.py 10000 100000 1000000 --growth 10000000``. Rounds are interleaved, equal
output is checked before a ratio is printed. Every library runs on one thread and seconds are those
of the processor, since other work shares the machine. A call that took over
three seconds is not repeated; a peer that took over two at one size is not asked at the next.
"""

import argparse
import gc
import importlib.metadata
import math
import os
import platform
import statistics
import sys
import time
import tracemalloc
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ[variable] = "1"

# ruff: noqa: ARG005, B023, C901, E402, E501, ISC004, PLR0913, PLR0917  (threads are fixed before
# libraries start; calls are timed where they are made; rows of tables are long)
import igraph
import networkit
import networkx as nx
import numpy as np
import rustworkx

from citess.network import TieArrays, project_arrays
from citess.network import _brokerage as brokerage
from citess.network import _clustering as clustering
from citess.network import _crossing as crossing
from citess.network import _delegated as delegated
from citess.network import _holes as holes
from citess.network import _removal as removal
from citess.network import _robustness as robustness
from citess.network._ties import read_ties

networkit.setNumberOfThreads(1)
ROUNDS, MOST, ENOUGH, PATIENCE, SLOW = 3, 20, 0.3, 3.0, 2.0
SECTIONS = ("own", "alone", "delegated", "build", "removal")
LINES: list[str] = []
TOO_SLOW: set[tuple[str, str]] = set()


def say(*cells):
    LINES.append("| " + " | ".join(map(str, cells)) + " |")
    print(LINES[-1], flush=True)


def title(text, *columns):
    LINES.extend(["", f"## {text}", ""])
    print(f"\n## {text}\n", flush=True)
    say(*columns)
    say(*("---" for _ in columns))


def shapes(m):
    draw = np.random.default_rng(0)
    n = m // 5
    yield "random", n, draw.integers(0, n, m), draw.integers(0, n, m)
    yield "path", m + 1, np.arange(m), np.arange(1, m + 1)
    yield "star", m + 1, np.zeros(m, int), np.arange(1, m + 1)
    k = int((2 * m) ** 0.5)
    yield "clique", k, *np.triu_indices(k, 1)
    k = int((m / 2) ** 0.5)
    g = np.arange(k * k).reshape(k, k)
    right, down = (g[:, :-1].ravel(), g[:, 1:].ravel()), (g[:-1].ravel(), g[1:].ravel())
    yield "grid", k * k, *(np.concatenate(ends) for ends in zip(right, down, strict=True))
    p = m // 20
    yield "twenty hubs", p + 20, np.repeat(np.arange(20), p), np.tile(np.arange(20, 20 + p), 20)


def once(ties):
    tails = ties.tails()
    keep = tails < ties.heads
    return tails[keep], ties.heads[keep]


def seconds(call):
    started = time.process_time()
    result = call()
    return time.process_time() - started, result


def race(kernel, shape, m, ours, peers, same):
    """Interleaved rounds of ours and the peers that are quick enough."""
    runners = {"citess": ours}
    runners |= {
        name: call for name, call in peers.items() if (name, kernel + shape) not in TOO_SLOW
    }
    times = {name: [] for name in runners}
    gc.collect()
    results = {}
    for turn in range(MOST):
        longest = max(map(sum, times.values()))
        if longest > PATIENCE or (turn >= ROUNDS and longest > ENOUGH):
            break
        for name, call in runners.items():
            if sum(times[name]) < PATIENCE:
                spent, results[name] = seconds(call)
                times[name].append(spent)
    for name, spent in times.items():
        if name != "citess":
            if min(spent) > SLOW:
                TOO_SLOW.add((name, kernel + shape))
            if not same(results["citess"], results[name]):
                raise SystemExit(f"{kernel}, {shape}, {m}: {name} differs")
    least = {name: min(spent) for name, spent in times.items()}
    rivals = {name: spent for name, spent in least.items() if name != "citess"}
    if not rivals:
        say(kernel, shape, f"{m:.0e}", f"{least['citess']:.3f}", "peers too slow", "", "", "")
        return
    best = min(rivals, key=rivals.get)
    pairs = zip(times["citess"], times[best], strict=False)
    ratios = sorted(a / b for a, b in pairs)
    spread = f"{ratios[0]:.2f}-{ratios[-1]:.2f}"
    say(
        kernel, shape, f"{m:.0e}", f"{least['citess']:.4f}",
        f"{best} {rivals[best]:.4f}", f"{least['citess'] / rivals[best]:.2f}",
        f"{statistics.median(ratios):.2f}", spread,
    )  # fmt: skip


def close(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    return a.shape == b.shape and np.allclose(a, b, rtol=1e-7, atol=1e-9, equal_nan=True)


def own_kernels(m):
    for shape, n, u, v in shapes(m):
        ties = TieArrays.from_edges(u, v, nodes=range(n))
        pairs = np.column_stack(once(ties))
        graph = igraph.Graph(n, pairs)
        kit = networkit.Graph(n)
        kit.addEdges((pairs[:, 0].astype(np.uint64), pairs[:, 1].astype(np.uint64)))
        race(
            "constraint (ours: with effective size)", shape, m,
            lambda ties=ties: holes.by_arrays(ties)[0],
            {"igraph": graph.constraint} if shape != "star" or m <= 10_000 else {},
            close,
        )  # fmt: skip

        def local(ties=ties):
            closed, contacts = clustering.by_arrays(ties)
            return closed / np.maximum(contacts * (contacts - 1) / 2, 1)

        def kits(kit=kit):
            found = networkit.centrality.LocalClusteringCoefficient(kit, turbo=True)
            return found.run().scores()

        race(
            "clustering, local", shape, m, local,
            {
                "igraph": lambda graph=graph: graph.transitivity_local_undirected(mode="zero"),
                "networkit": kits,
            }, close,
        )  # fmt: skip
        sectors = np.arange(n) % 4
        sources = list(range(0, n, max(1, n // 4)))[:4]
        targets = [np.flatnonzero(sectors != own).tolist() for own in range(4)]

        def rival(graph=graph, sources=sources, targets=targets, n=n):
            total = np.zeros(n)
            for source in sources:
                goals = targets[source % 4]
                total += graph.betweenness(sources=[source], targets=goals, directed=False)
            return total

        def crossed(ties=ties, sectors=sectors, sources=sources):
            return crossing.by_arrays(ties, sectors.tolist(), sources) / 2

        beyond = shape == "grid" and m > 500_000
        race(
            "cross-sector betweenness, 4 sources", shape, m, crossed,
            {"igraph": rival}, (lambda a, b: not np.isfinite(b).all()) if beyond else halves,
        )  # fmt: skip
        if shape in ("random", "twenty hubs"):
            projection(shape, m)


def halves(a, b):
    return close(a, b) or close(2 * a, b) or close(a, 2 * np.asarray(b))


def projection(shape, m):
    if shape == "random":
        draw = np.random.default_rng(1)
        left, right = m // 5, m // 5
        u, v = draw.integers(0, left, m), left + draw.integers(0, right, m)
    else:
        left, right = 20, m // 20
        u, v = np.repeat(np.arange(20), right), 20 + np.tile(np.arange(right), 20)
    n = left + right
    ties = TieArrays.from_edges(u, v, nodes=range(n))
    graph = igraph.Graph(n, np.column_stack(once(ties)))
    graph.vs["type"] = [False] * left + [True] * right

    def rival():
        found = graph.bipartite_projection(multiplicity=True, which=0)
        return found.ecount(), sum(found.es["weight"])

    def ours():
        found = project_arrays(ties, range(left))
        return found.ties, float(found.values.sum() / 2)

    race("projection with counts", shape, m, ours, {"igraph": rival}, close)


def kernels_without_peer(m):
    for shape, n, u, v in shapes(m):
        ties = TieArrays.from_edges(u, v, nodes=range(n))
        sectors = (np.arange(n) % 5).tolist()
        spent = {
            "Gould-Fernandez": seconds(lambda: brokerage.by_arrays(ties, sectors))[0],
            "robustness curve": seconds(lambda: robustness.robustness(ties))[0],
            "largest component without each node": seconds(lambda: removal.by_arrays(ties))[0],
        }
        say(shape, f"{m:.0e}", *(f"{value:.3f}" for value in spent.values()))


def delegation(m):
    for shape, n, u, v in shapes(m):
        ties = TieArrays.from_edges(u, v, nodes=range(n))
        convert, graph = seconds(lambda: delegated._compiled(ties))
        for name, ours, theirs in (
            ("components", delegated.components, rustworkx.connected_components),
            ("core numbers", delegated.core_numbers, rustworkx.core_number),
            ("articulation points", delegated.articulation_points, rustworkx.articulation_points),
            ("bridges", delegated.bridges, rustworkx.bridges),
        ):
            compiled = delegated._compiled
            delegated._compiled = lambda _: graph
            try:
                rounds = [
                    (seconds(lambda: ours(ties))[0], seconds(lambda: theirs(graph))[0])
                    for _ in range(ROUNDS)
                ]
            finally:
                delegated._compiled = compiled
            ratios = sorted(a / b for a, b in rounds)
            say(
                name, shape, f"{m:.0e}", f"{statistics.median(a for a, _ in rounds):.3f}",
                f"{statistics.median(b for _, b in rounds):.3f}",
                f"{statistics.median(ratios):.2f}", f"{ratios[0]:.2f}-{ratios[-1]:.2f}", f"{convert:.3f}",
            )  # fmt: skip


def building(m):
    draw = np.random.default_rng(2)
    names = [f"partner-{k}" for k in range(m // 5)]
    us = [names[k] for k in draw.integers(0, len(names), m)]
    vs = [names[k] for k in draw.integers(0, len(names), m)]
    columns = draw.integers(0, m // 5, m), draw.integers(0, m // 5, m)

    def peer():
        graph = nx.MultiGraph()
        graph.add_edges_from(zip(us, vs, strict=True))
        return graph

    for what, ours in (
        ("columns of names", lambda: TieArrays.from_edges(us, vs)),
        ("columns of numbers", lambda: TieArrays.from_edges(*columns, nodes=range(m // 5))),
    ):
        rounds = [(seconds(ours)[0], seconds(peer)[0]) for _ in range(3)]
        ratios = sorted(a / b for a, b in rounds)
        kept, peak = zip(*(memory(call) for call in (ours, peer)), strict=True)
        say(
            what, f"{m:.0e}", f"{statistics.median(a for a, _ in rounds):.3f}",
            f"{statistics.median(b for _, b in rounds):.3f}",
            f"{statistics.median(ratios):.3f}", f"{ratios[0]:.3f}-{ratios[-1]:.3f}",
            f"{kept[0] / kept[1]:.3f}", f"{peak[0] / peak[1]:.3f}",
        )  # fmt: skip


def memory(call):
    gc.collect()
    tracemalloc.start()
    result = call()
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del result
    return kept, peak


def one_pass(n=20_000, sample=20):
    graph = nx.gnm_random_graph(n, 3 * n, seed=1)
    ties = TieArrays.from_graph(graph)
    plain = read_ties(graph)
    compiled = delegated._compiled(ties)
    found = removal.by_arrays(ties)

    def with_networkx(node):
        rest = graph.subgraph(set(graph) - {node})
        return max(map(len, nx.connected_components(rest)))

    def with_rustworkx(node):
        rest = compiled.copy()
        rest.remove_node(node)
        return max(map(len, rustworkx.connected_components(rest)))

    fast = statistics.median(seconds(lambda: removal.by_arrays(ties))[0] for _ in range(ROUNDS))
    slow = statistics.median(seconds(lambda: removal.by_hand(plain))[0] for _ in range(ROUNDS))
    for name, loop in (("networkx", with_networkx), ("rustworkx", with_rustworkx)):
        nodes = range(0, n, n // sample)
        spent, checks = seconds(lambda loop=loop, nodes=nodes: [loop(node) for node in nodes])
        if checks != [found[node] for node in nodes]:
            raise SystemExit(f"removal: {name} differs")
        whole = spent / sample * n
        say(
            name,
            f"{whole:.0f}",
            f"{fast:.3f}",
            f"{whole / fast:.0f}",
            f"{slow:.3f}",
            f"{whole / slow:.0f}",
        )


def growth(sizes):
    spent = {}
    for m in sizes:
        n = m // 5
        draw = np.random.default_rng(3)
        u, v = draw.integers(0, n, m), draw.integers(0, n, m)
        built, ties = seconds(lambda u=u, v=v, n=n: TieArrays.from_edges(u, v, nodes=range(n)))
        spent.setdefault("build", []).append(built)
        for name, call in (
            ("constraint with effective size", lambda ties=ties: holes.by_arrays(ties)),
            ("clustering", lambda ties=ties: clustering.by_arrays(ties)),
            ("Gould-Fernandez", lambda ties=ties, n=n: brokerage.by_arrays(ties, [k % 5 for k in range(n)])),
            ("cross-sector betweenness, 1 source", lambda ties=ties, n=n: crossing.by_arrays(ties, [k % 5 for k in range(n)], [0])),
            ("largest component without each node", lambda ties=ties: removal.by_arrays(ties)),
            ("robustness curve", lambda ties=ties: robustness.robustness(ties)),
        ):  # fmt: skip
            spent.setdefault(name, []).append(seconds(call)[0])
    for name, times in spent.items():
        power = math.log(times[-1] / times[0]) / math.log(sizes[-1] / sizes[0])
        say(name, *(f"{value:.2f}" for value in times), f"{power:.2f}")


def write(path, versions):
    head = [
        "# Results of the benchmarks of graphs", "",
        f"`python {' '.join(sys.argv)}`, Python {platform.python_version()}, {os.cpu_count()} "
        f"processors shared with other work, one thread each, seconds of the processor; {versions}.", "",
        "Rounds are interleaved and outputs compared. For own kernels seconds are the least of each and",
        "ratio is theirs; median and spread are of the ratios of single rounds. Elsewhere seconds and",
        "ratios are medians.",
    ]  # fmt: skip
    path.write_text("\n".join([*head, *LINES]) + "\n", "utf-8")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--growth", type=int, default=0)
    parser.add_argument("--sections", nargs="*", default=SECTIONS)
    parser.add_argument("--write", type=Path, default=None)
    asked = parser.parse_args()
    packages = ("citess", "igraph", "networkit", "rustworkx", "networkx", "numpy", "scipy")
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in packages)
    header = ("kernel", "shape", "ties", "citess s", "best peer s", "ratio", "median", "spread")
    if "own" in asked.sections:
        title("Kernels of citess", *header)
        for m in asked.sizes:
            own_kernels(m)
    if "alone" in asked.sections:
        title(
            "Kernels that no peer has, seconds",
            "shape",
            "ties",
            "Gould-Fernandez",
            "robustness",
            "one-pass removal",
        )
        for m in asked.sizes:
            kernels_without_peer(m)
    if "delegated" in asked.sections:
        title(
            "Delegated to rustworkx",
            "question",
            "shape",
            "ties",
            "citess s",
            "rustworkx s",
            "ratio",
            "spread",
            "conversion s",
        )
        for m in asked.sizes:
            delegation(m)
    if "build" in asked.sections:
        title(
            "Build",
            "from",
            "ties",
            "citess s",
            "nx.MultiGraph s",
            "ratio",
            "spread",
            "memory kept",
            "memory peak",
        )
        for m in asked.sizes:
            building(m)
    if "removal" in asked.sections:
        title(
            "Largest component after each node leaves, 20,000 nodes and 60,000 ties",
            "loop with",
            "loop s (from 20 nodes)",
            "arrays s",
            "times",
            "plain Python s",
            "times",
        )
        one_pass()
    if asked.write:
        write(asked.write, versions)
    if asked.growth:
        sizes = [100_000, 1_000_000, asked.growth]
        title("Growth, sparse random graphs", "kernel", *(f"{m:.0e}" for m in sizes), "exponent")
        growth(sizes)
    if asked.write:
        write(asked.write, versions)


if __name__ == "__main__":
    main()
