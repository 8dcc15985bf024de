"""The definitions, written out literally and slowly, and graphs to try them on."""

import itertools
import math
import random

import networkx as nx


def small_graphs():
    """Every graph with up to six nodes."""
    return [graph for graph in nx.graph_atlas_g() if len(graph) <= 6]


def random_graphs(count, nodes=9):
    """Graphs with and without direction, some with loops and parallel ties, all with lengths."""
    kinds = (nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph)
    for seed in range(count):
        draw = random.Random(seed)
        graph = kinds[seed % 4]()
        names = [f"n{k}" for k in range(draw.randint(1, nodes))]
        draw.shuffle(names)
        graph.add_nodes_from(
            (name, {"sector": draw.choice(["a", "b", "c", None])}) for name in names
        )
        graph.nodes[names[0]]["sector"] = "a"
        for _ in range(int(draw.choice([0.5, 1, 2, 4]) * len(names))):
            u, v = draw.choice(names), draw.choice(names)
            graph.add_edge(u, v, w=draw.choice([0.25, 1, 2, 3.5]))
        yield graph


def simple(graph, name=None, *, shortest=False):
    """Value of every ordered pair that is tied; loops out, parallel ties merged."""
    z = {}
    for u, v, data in graph.edges(data=True):
        if u == v:
            continue
        value = data[name] if name else 1.0
        for pair in {(u, v)} if graph.is_directed() else {(u, v), (v, u)}:
            if name is None:
                z[pair] = 1.0
            elif shortest:
                z[pair] = min(value, z.get(pair, math.inf))
            else:
                z[pair] = z.get(pair, 0.0) + value
    return z


def plain(graph, name=None, *, shortest=False):
    """The same as a simple graph of networkx with the attribute ``value``."""
    made = nx.DiGraph() if graph.is_directed() else nx.Graph()
    made.add_nodes_from(graph)
    for (u, v), value in simple(graph, name, shortest=shortest).items():
        made.add_edge(u, v, value=value)
    return made


def undirected(graph):
    return nx.Graph(plain(graph))


def holes(graph, name=None):
    """Constraint, effective size, efficiency and hierarchy by Burt's formulas."""
    tie = simple(graph, name)
    nodes = list(graph)
    z = {(i, j): tie.get((i, j), 0) + tie.get((j, i), 0) for i in nodes for j in nodes}
    total = {i: sum(z[i, j] for j in nodes) for i in nodes}
    most = {i: max(z[i, j] for j in nodes) for i in nodes}
    found = ({}, {}, {}, {})
    for i in nodes:
        contacts = [j for j in nodes if z[i, j] > 0]
        if not contacts:
            for column in found:
                column[i] = None
            continue
        p = {(a, b): z[a, b] / total[a] if total[a] else 0 for a in nodes for b in nodes}
        part = {
            j: (p[i, j] + sum(p[i, q] * p[q, j] for q in nodes if q not in (i, j))) ** 2
            for j in contacts
        }
        whole = sum(part.values())
        size = sum(
            1 - sum(p[i, q] * z[j, q] / most[j] for q in nodes if q not in (i, j)) for j in contacts
        )
        n = len(contacts)
        found[0][i] = whole
        found[1][i] = size
        found[2][i] = size / n
        found[3][i] = (
            sum(c / (whole / n) * math.log(c / (whole / n)) for c in part.values())
            / (n * math.log(n))
            if n > 1
            else None
        )
    return found


def roles(graph, sector):
    """Brokerage roles by looking at all ordered triples."""
    tie = simple(graph)
    found = {
        v: dict.fromkeys(("coordinator", "itinerant", "representative", "gatekeeper", "liaison"), 0)
        for v in graph
    }
    for i, v, j in itertools.permutations(graph, 3):
        if (i, v) not in tie or (v, j) not in tie or (i, j) in tie:
            continue
        a, b, c = sector[i], sector[v], sector[j]
        if None in (a, b, c):
            continue
        if a == b == c:
            role = "coordinator"
        elif a == c:
            role = "itinerant"
        elif a == b:
            role = "representative"
        elif b == c:
            role = "gatekeeper"
        else:
            role = "liaison"
        found[v][role] += 1
    return found


def crossing(graph, sector, name=None):
    """Sums over pairs of different sectors, path by path."""
    made = plain(graph, name, shortest=True)
    found = dict.fromkeys(graph, 0.0)
    pairs = itertools.permutations if graph.is_directed() else itertools.combinations
    for s, t in pairs(made, 2):
        if None in (sector[s], sector[t]) or sector[s] == sector[t] or not nx.has_path(made, s, t):
            continue
        paths = list(nx.all_shortest_paths(made, s, t, weight="value" if name else None))
        for path in paths:
            for v in path[1:-1]:
                found[v] += 1 / len(paths)
    return found


def largest(graph):
    return max(map(len, nx.connected_components(graph)), default=0)


def without(graph):
    """Largest component after each removal, found anew each time."""
    made = undirected(graph)
    return {v: largest(made.subgraph(set(made) - {v})) for v in made}


def attack(graph):
    """Sizes under the removal of the busiest node, ties to the lowest id."""
    made = undirected(graph)
    sizes = []
    while made:
        made.remove_node(min(made, key=lambda v: (-made.degree(v), v)))
        sizes.append(largest(made))
    return tuple(sizes)
