"""Concentration known only in bands: the least and the most that the bands allow."""

import itertools
from collections import Counter
from collections.abc import Sequence

Band = tuple[float, float]
TOLERANCE = 1e-12
MAXIMUM_COMBINATIONS = 200_000


def hhi_bounds(bands: Sequence[Band]) -> tuple[float, float] | None:
    """Return the least and the most Herfindahl index that shares in `bands` can have.

    None when no such shares exist (lower ends above 1 or upper ends below 1). The least is found by
    water-filling; the most lies at a vertex, where all shares but one are at an end of theirs.
    """
    low, high = sum(b[0] for b in bands), sum(b[1] for b in bands)
    if not bands or low > 1 + TOLERANCE or high < 1 - TOLERANCE:
        return None
    return _least(bands), _most(bands)


def _least(bands: Sequence[Band]) -> float:
    below, above = 0.0, 1.0
    for _ in range(200):
        level = (below + above) / 2
        if sum(min(max(level, lo), hi) for lo, hi in bands) < 1:
            below = level
        else:
            above = level
    return sum(min(max(above, lo), hi) ** 2 for lo, hi in bands)


def _most(bands: Sequence[Band]) -> float:
    """Try every vertex; equal bands are interchangeable, so counts of them stand for choices."""
    kinds = sorted(Counter(bands).items())
    combinations = 1
    for _, count in kinds:
        combinations *= count + 1
    if combinations > MAXIMUM_COMBINATIONS:
        return _most_by_width(bands)
    best = 0.0
    for free in range(len(kinds)):
        rest = [(band, count - (i == free)) for i, (band, count) in enumerate(kinds)]
        for raised in itertools.product(*(range(count + 1) for _, count in rest)):
            total = squares = 0.0
            for (band, count), up in zip(rest, raised, strict=True):
                total += up * band[1] + (count - up) * band[0]
                squares += up * band[1] ** 2 + (count - up) * band[0] ** 2
            share = 1 - total
            lo, hi = kinds[free][0]
            if lo - TOLERANCE <= share <= hi + TOLERANCE:
                best = max(best, squares + share**2)
    return best


def _most_by_width(bands: Sequence[Band]) -> float:
    """Return an upper bound: give what is left to the bands that gain most, one of them in part."""
    left = 1 - sum(lo for lo, _ in bands)
    total = sum(lo**2 for lo, _ in bands)
    for lo, hi in sorted(bands, key=lambda band: -(band[0] + band[1])):
        step = min(hi - lo, left)
        # the chord of the square over the whole band lies above the curve inside it
        total += step * (hi + lo)
        left -= step
        if left <= TOLERANCE:
            break
    return min(1.0, total)
