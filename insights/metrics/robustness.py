"""What is left of a network as its best connected firms are taken away."""

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx

Tie = tuple[int, int]


@dataclass(frozen=True)
class Robustness:
    """Schneider's R, the share left connected after each removal, and the order of removal.

    `ties` belongs beside R: a network without ties has the same R as a star.
    """

    value: float
    curve: tuple[float, ...]
    order: tuple[int, ...]
    ties: int


def robustness(n: int, ties: Iterable[Tie]) -> Robustness | None:
    """Return R = (1/N) sum of S(Q), the largest part over N after Q removals (Schneider 2011).

    Each time the firm with most ties left goes, the smallest id among equals: R depends on it.
    """
    if n < 1:
        return None
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from((i, j) for i, j in ties if i != j)
    count = graph.number_of_edges()
    order, curve = list[int](), list[float]()
    while graph:
        target = min(graph.nodes, key=lambda node: (-graph.degree(node), node))
        graph.remove_node(target)
        order.append(target)
        parts = nx.connected_components(graph)
        curve.append(max((len(part) for part in parts), default=0) / n)
    return Robustness(sum(curve) / n, tuple(curve), tuple(order), count)
