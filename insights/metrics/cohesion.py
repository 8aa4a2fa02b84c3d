"""How a network holds together: density, reciprocity, fragmentation, E-I, articulation."""

from collections.abc import Collection, Iterable, Sequence
from itertools import combinations

import networkx as nx

Tie = tuple[int, int]
MINIMUM_FIRMS = 8


def density(n: int, arcs: Iterable[Tie]) -> float | None:
    """Return arcs over all possible arcs of n firms, isolates included; doubles and loops dropped.

    Density falls with n by itself: compare mean degrees over time, not densities of clusters.
    """
    return len(_distinct(arcs)) / (n * (n - 1)) if n > 1 else None


def reciprocity(arcs: Iterable[Tie]) -> float | None:
    """Return the share of arcs that are answered."""
    distinct = _distinct(arcs)
    return sum((j, i) in distinct for i, j in distinct) / len(distinct) if distinct else None


def fragmentation(n: int, ties: Iterable[Tie]) -> float | None:
    """Return the share of pairs that cannot reach each other over ties of any direction."""
    if n < 2:
        return None
    graph = _graph(n, ties)
    reachable = sum(len(part) * (len(part) - 1) for part in nx.connected_components(graph))
    return 1 - reachable / (n * (n - 1))


def reciprocated(arcs: Iterable[Tie]) -> set[Tie]:
    """Return the ties that go both ways, each once."""
    distinct = _distinct(arcs)
    return {(i, j) for i, j in distinct if i < j and (j, i) in distinct}


def ei_index(ties: Iterable[Tie], groups: Sequence[str]) -> tuple[int, int, float | None]:
    """Return external and internal ties and (E-I)/(E+I), in [-1, 1] (Krackhardt & Stern 1988)."""
    pairs = _pairs(ties)
    external = sum(groups[i] != groups[j] for i, j in pairs)
    internal = len(pairs) - external
    return external, internal, (external - internal) / len(pairs) if pairs else None


def ei_expected(groups: Sequence[str]) -> float | None:
    """Return the E-I index that mixing at random would give: 2 P(pair crosses) - 1."""
    pairs = list(combinations(groups, 2))
    return 2 * sum(a != b for a, b in pairs) / len(pairs) - 1 if pairs else None


def articulation(n: int, ties: Iterable[Tie]) -> list[int]:
    """Return the firms whose absence splits the network, in order."""
    return sorted(nx.articulation_points(_graph(n, ties)))


def core_numbers(n: int, ties: Iterable[Tie]) -> list[int]:
    """Return each firm's k: the most connected core that it belongs to."""
    numbers = nx.core_number(_graph(n, ties))
    return [int(numbers[i]) for i in range(n)]


def _distinct(arcs: Iterable[Tie]) -> set[Tie]:
    return {(i, j) for i, j in arcs if i != j}


def _pairs(ties: Iterable[Tie]) -> Collection[Tie]:
    return {(min(i, j), max(i, j)) for i, j in ties if i != j}


def _graph(n: int, ties: Iterable[Tie]) -> "nx.Graph[int]":
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from(_pairs(ties))
    return graph
