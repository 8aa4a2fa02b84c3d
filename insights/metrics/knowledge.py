"""Positions in a knowledge network (after Giuliani & Bell 2005): gatekeepers and the rest.

A tie i -> j says that i GAVE technical advice to j. The paper ranks firms against each other; the
cut-offs here (the cluster's means, a band of 1.25) are parameters of the platform.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

Tie = tuple[str, str]
BAND = 1.25


@dataclass(frozen=True)
class Position:
    """A firm's place: ties in and out, links beyond the cluster, class of exchange and role."""

    in_degree: int
    out_degree: int
    ratio: float | None
    exchange: str
    external: int
    role: str
    borderline: bool = False


def positions(
    firms: Sequence[str], ties: Iterable[Tie], external: Mapping[str, int], band: float = BAND
) -> dict[str, Position]:
    """Return every firm's one position. Ties are taken once and none goes to itself.

    Local: ties at or above the cluster's mean. Outward: links beyond the cluster at or above the
    mean, and at least one. Source: gives more than `band` times what it takes.
    """
    distinct = {(i, j) for i, j in ties if i != j}
    degrees = {f: (_count(distinct, f, 1), _count(distinct, f, 0)) for f in firms}
    if not firms:
        return {}
    mean_degree = mean_total_degree(firms, distinct)
    mean_external = sum(external.get(f, 0) for f in firms) / len(firms)
    return {
        firm: _position(*degrees[firm], external.get(firm, 0), (mean_degree, mean_external, band))
        for firm in firms
    }


def with_borderline(
    firms: Sequence[str], ties: Iterable[Tie], external: Mapping[str, int], band: float = BAND
) -> dict[str, Position]:
    """Return positions that say whether one tie or outside link more or less changes them."""
    distinct = {(i, j) for i, j in ties if i != j}
    plain = positions(firms, distinct, external, band)
    means = mean_total_degree(firms, distinct), _mean(external.get(f, 0) for f in firms)
    return {
        firm: replace(p, borderline=_is_borderline(p, len(firms), means, band))
        for firm, p in plain.items()
    }


def mean_total_degree(firms: Sequence[str], ties: Iterable[Tie]) -> float:
    """Return the mean of ties in plus ties out."""
    return 2 * len({(i, j) for i, j in ties if i != j}) / len(firms) if firms else 0.0


def _position(
    ties_in: int, ties_out: int, external: int, cuts: tuple[float, float, float]
) -> Position:
    mean_degree, mean_external, band = cuts
    total = ties_in + ties_out
    local = total > 0 and total >= mean_degree
    outward = external > 0 and external >= mean_external
    exchange = _exchange(ties_in, ties_out, band)
    ratio = ties_in / ties_out if ties_out else None
    role = _role(local, outward, exchange)
    return Position(ties_in, ties_out, ratio, exchange, external, role)


def _exchange(ties_in: int, ties_out: int, band: float) -> str:
    if ties_in + ties_out == 0:
        return "isolate"
    if ties_out > 0 and ties_in / ties_out < 1 / band:
        return "source"
    return "absorber" if ties_out == 0 or ties_in / ties_out > band else "mutual"


def _role(local: bool, outward: bool, exchange: str) -> str:
    if local and outward:
        gate = exchange == "source"
        return "technological_gatekeeper" if gate else "active_mutual_exchanger"
    if local:
        return "weak_mutual_exchanger"
    return "external_star" if outward else "isolated_firm"


def _is_borderline(p: Position, firms: int, means: tuple[float, float], band: float) -> bool:
    for ties_in, ties_out, external in (
        (1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1),
    ):  # fmt: skip
        changed = p.in_degree + ties_in, p.out_degree + ties_out, p.external + external
        if min(changed) < 0:
            continue
        degree = means[0] + 2 * (ties_in + ties_out) / firms
        cuts = degree, means[1] + external / firms, band
        if _position(*changed, cuts).role != p.role:
            return True
    return False


def _count(ties: set[Tie], firm: str, end: int) -> int:
    return sum(tie[end] == firm for tie in ties)


def _mean(values: Iterable[int]) -> float:
    numbers = list(values)
    return sum(numbers) / len(numbers) if numbers else 0.0
