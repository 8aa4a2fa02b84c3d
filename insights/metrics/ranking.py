"""How good a ranking is against what turned out relevant; for us, not for pages.

A query with nothing relevant has no score: leave it out and count it.
"""

import math
from collections.abc import Collection, Sequence


def dcg(relevance: Sequence[float], k: int, *, exponential: bool = False) -> float:
    """Return discounted gain of relevances in rank order, linear or 2^r - 1 (say which)."""
    gains = [2**r - 1 if exponential else r for r in relevance[:k]]
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def ndcg(relevance: Sequence[float], k: int, *, exponential: bool = False) -> float | None:
    """Return the gain over that of the best order of the same items; None without relevance."""
    ideal = dcg(sorted(relevance, reverse=True), k, exponential=exponential)
    return dcg(relevance, k, exponential=exponential) / ideal if ideal > 0 else None


def recall(relevant: Collection[str], ranking: Sequence[str], k: int) -> float | None:
    """Return the share of the relevant within the first k."""
    return _hits(relevant, ranking, k) / len(set(relevant)) if relevant else None


def precision(relevant: Collection[str], ranking: Sequence[str], k: int) -> float | None:
    """Return the share of the first k that is relevant."""
    return _hits(relevant, ranking, k) / k if relevant and k > 0 else None


def reciprocal_rank(relevant: Collection[str], ranking: Sequence[str]) -> float | None:
    """Return 1 over the rank of the first relevant item, 0 when none is ranked."""
    if not relevant:
        return None
    ranks = (rank for rank, item in enumerate(ranking, start=1) if item in relevant)
    return 1 / next(ranks, math.inf)


def hit(relevant: Collection[str], ranking: Sequence[str], k: int) -> int | None:
    """Return 1 when a relevant item is within the first k."""
    return int(_hits(relevant, ranking, k) > 0) if relevant else None


def _hits(relevant: Collection[str], ranking: Sequence[str], k: int) -> int:
    return len(set(relevant) & set(ranking[:k]))
