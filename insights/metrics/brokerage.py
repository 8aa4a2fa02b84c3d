"""Who stands between: Gould-Fernandez roles and Burt's structural holes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")


@dataclass(frozen=True)
class Brokerage:
    """How many open paths a -> broker -> c run through a node, by the groups of the three."""

    coordinator: int = 0
    itinerant: int = 0
    representative: int = 0
    gatekeeper: int = 0
    liaison: int = 0


def brokerage(n: int, arcs: Iterable[tuple[int, int]], groups: Sequence[str]) -> list[Brokerage]:
    """Count paths a -> v -> c with no a -> c, by group: AAA, ABA, AAB, ABB and ABC in that order.

    Gould & Fernandez 1989. A>B>B is the gatekeeper: an outsider reaches the broker's own group
    through it. Counts are not comparable across degrees: show them beside the degree.
    """
    out: list[set[int]] = [set() for _ in range(n)]
    into: list[set[int]] = [set() for _ in range(n)]
    for a, b in arcs:
        if a != b:
            out[a].add(b)
            into[b].add(a)
    counts = [dict.fromkeys(ROLES, 0) for _ in range(n)]
    for v in range(n):
        for a in into[v]:
            for c in out[v] - out[a] - {a}:
                counts[v][_role(groups[a], groups[v], groups[c])] += 1
    return [Brokerage(**count) for count in counts]


def constraint(weights: Mapping[tuple[int, int], float], n: int) -> list[float | None]:
    """Return Burt's constraint of each node from weighted ties; None for an isolate (Burt 1992)."""
    graph = _weighted(weights, n)
    values = nx.constraint(graph, weight="weight")
    return [None if not graph.degree(i) else float(values[i]) for i in range(n)]


def effective_size(ties: Iterable[tuple[int, int]], n: int) -> list[float | None]:
    """Return neighbors less their redundancy, n - 2t/n (Borgatti's form); None for an isolate."""
    graph = _weighted(dict.fromkeys(ties, 1.0), n).to_undirected()
    values = nx.effective_size(graph)
    return [None if not graph.degree(i) else float(values[i]) for i in range(n)]


def _role(a: str, v: str, c: str) -> str:
    if a == c:
        return "coordinator" if a == v else "itinerant"
    if a == v:
        return "representative"
    return "gatekeeper" if v == c else "liaison"


def _weighted(weights: Mapping[tuple[int, int], float], n: int) -> "nx.DiGraph[int]":
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(n))
    graph.add_weighted_edges_from((i, j, w) for (i, j), w in weights.items() if i != j)
    return graph
