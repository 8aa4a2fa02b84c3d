"""Floors for small and medium firms in a list: visible as chance would have it, never lifted.

The rule: among the qualified, a prefix of the list may not hold fewer SMEs than a random order
would with probability alpha. Nobody below the threshold is lifted, and it is a floor, not a cap.
Sources: FA*IR (Zehlike et al. 2017); for finite pools hyperFA*IR (2025).
"""

import bisect
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom, hypergeom

ALPHA = 0.10
EPSILON = 1e-12
Floors = tuple[int, ...]
Masses = dict[int, float]


@dataclass(frozen=True)
class Entrant:
    """One qualified candidate: its id, score, and whether it is a small or medium firm.

    The size is as declared and verified; it is never inferred.
    """

    name: str | int
    score: float
    is_sme: bool


@dataclass(frozen=True)
class Reranked:
    """Both orders, the floors kept, places that changed and the utility retained.

    Utility is the sum of scores with a place counting 1/log2(1 + rank).
    """

    ranking: tuple[str | int, ...]
    by_score: tuple[str | int, ...]
    floors: Floors
    pool: int
    sme_in_pool: int
    changed: int
    utility_retained: float | None


def binomial_floors(k: int, p: float, alpha: float = ALPHA) -> Floors:
    """Return the least number of SMEs in each prefix of 1..k for an endless pool with share p."""
    return tuple(_quantile(binom.cdf(range(i + 1), i, p), alpha) for i in range(1, k + 1))


def pool_floors(pool: int, sme: int, k: int, alpha: float = ALPHA) -> Floors:
    """Return the floors for a finite pool of which `sme` are SMEs, drawn without replacement."""
    sizes = range(1, min(k, pool) + 1)
    floors = [_quantile(hypergeom.cdf(range(i + 1), pool, sme, i), alpha) for i in sizes]
    return (*floors, *([floors[-1] if floors else 0] * (k - len(floors))))


def failure_binomial(floors: Floors, p: float) -> float:
    """Return the chance that a random order breaks some floor; draws are independent with p."""
    alive = {0: 1.0}
    for floor in floors:
        alive = _step(alive, floor, lambda _: p)
    return 1 - sum(alive.values())


def failure_pool(floors: Floors, pool: int, sme: int) -> float:
    """Return the chance that a random order of a finite pool breaks some floor."""
    alive = {0: 1.0}
    for drawn, floor in enumerate(floors[:pool]):
        alive = _step(alive, floor, partial(_next_is_sme, sme, pool - drawn))
    return 1 - sum(alive.values())


def adjusted_binomial(k: int, p: float, alpha: float = ALPHA) -> Floors:
    """Return floors lowered until the chance to break any of them is at most alpha."""
    levels = {float(v) for i in range(1, k + 1) for v in binom.cdf(range(i), i, p)}
    return _adjusted(
        levels, alpha, lambda a: binomial_floors(k, p, a), lambda f: failure_binomial(f, p)
    )


def adjusted_pool(pool: int, sme: int, k: int, alpha: float = ALPHA) -> Floors:
    """Return a finite pool's floors, lowered until the chance to break any is at most alpha."""
    sizes = range(1, min(k, pool) + 1)
    levels = {float(v) for i in sizes for v in hypergeom.cdf(range(i), pool, sme, i)}
    return _adjusted(
        levels,
        alpha,
        lambda a: pool_floors(pool, sme, k, a),
        lambda f: failure_pool(f, pool, sme),
    )


def merge(entrants: Sequence[Entrant], floors: Floors) -> list[Entrant]:
    """Take the best by score, and the best SME wherever its floor would be broken.

    Ties go to SMEs, then to the smaller id. Nobody is invented: a floor beyond the SMEs that are
    left is met as far as they go.
    """
    smes = sorted((e for e in entrants if e.is_sme), key=_order)
    others = sorted((e for e in entrants if not e.is_sme), key=_order)
    ranking: list[Entrant] = []
    held = 0
    for floor in floors[: len(entrants)]:
        must = held < floor and bool(smes)
        take_sme = bool(smes) and (must or not others or _order(smes[0]) < _order(others[0]))
        ranking.append((smes if take_sme else others).pop(0))
        held += take_sme
    return ranking


def rerank(
    entrants: Sequence[Entrant], *, k: int, threshold: float, alpha: float = ALPHA
) -> Reranked:
    """Rank the qualified (score at or above `threshold`) in k places with adjusted floors.

    When all of them fit, the order is by score: everybody is seen anyway.
    """
    qualified = [e for e in entrants if e.score >= threshold]
    sme = sum(e.is_sme for e in qualified)
    by_score = sorted(qualified, key=_order)[:k]
    if len(qualified) <= k:
        floors: Floors = (0,) * len(qualified)
        ranking = by_score
    else:
        floors = adjusted_pool(len(qualified), sme, k, alpha)
        ranking = merge(qualified, floors)
    best = _discounted(by_score)
    kept = _discounted(ranking) / best if best > 0 else None
    changed = sum(a.name != b.name for a, b in zip(ranking, by_score, strict=True))
    names = tuple(e.name for e in ranking), tuple(e.name for e in by_score)
    return Reranked(*names, floors, len(qualified), sme, changed, kept)


def _order(entrant: Entrant) -> tuple[float, bool, tuple[bool, float, str]]:
    name = entrant.name
    key = (False, name, "") if isinstance(name, int) else (True, 0.0, name)
    return -entrant.score, not entrant.is_sme, key


def _next_is_sme(sme: int, left: int, held: int) -> float:
    return (sme - held) / left


def _discounted(entrants: Sequence[Entrant]) -> float:
    return sum(e.score / math.log2(rank + 1) for rank, e in enumerate(entrants, start=1))


def _quantile(cdf: NDArray[np.float64], alpha: float) -> int:
    """Return the least m with cdf(m) at or above alpha; the last digits do not decide."""
    return int(np.argmax(cdf >= alpha - EPSILON))


def _step(alive: Masses, floor: int, chance: Callable[[int], float]) -> Masses:
    """Draw once more: mass by SMEs held, without the mass that broke this prefix's floor."""
    after: Masses = {}
    for held, mass in alive.items():
        p = chance(held)
        after[held + 1] = after.get(held + 1, 0.0) + mass * p
        after[held] = after.get(held, 0.0) + mass * (1 - p)
    return {held: mass for held, mass in after.items() if held >= floor}


def _adjusted(
    levels: set[float],
    alpha: float,
    floors_at: Callable[[float], Floors],
    failure: Callable[[Floors], float],
) -> Floors:
    """Return the floors at the largest level whose failure is within alpha; all zeros at worst.

    Floors change only where a level passes a point of the distribution, and failure grows with the
    level: a search by halves over those points finds the last one that holds.
    """
    tried = sorted({alpha, *(x for x in levels if 0 < x <= alpha)})
    holds = bisect.bisect_left(
        tried, True, key=lambda level: failure(floors_at(level)) > alpha + EPSILON
    )
    return floors_at(tried[holds - 1]) if holds else tuple(0 for _ in floors_at(alpha))
