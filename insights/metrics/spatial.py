"""Hot spots and spatial likeness of rates by area: Getis-Ord and Moran.

For rates of an outside table only: on raw counts of a registry they map where people register.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Matrix = NDArray[np.float64]
MINIMUM_AREAS = 30


@dataclass(frozen=True)
class Moran:
    """Global I with its expectation, and local I with the quadrant (1 HH, 2 LH, 3 LL, 4 HL)."""

    index: float
    expected: float
    local: tuple[float, ...]
    quadrant: tuple[int, ...]


def neighbors(points: Sequence[Point], threshold: float) -> Matrix:
    """Return binary weights: 1 for pairs at most `threshold` apart, 0 on the diagonal."""
    places = np.asarray(points, dtype=float)
    gaps = np.sqrt(((places[:, None, :] - places[None, :, :]) ** 2).sum(-1))
    weights: Matrix = (gaps <= threshold).astype(float)
    np.fill_diagonal(weights, 0.0)
    return weights


def getis_ord(values: Sequence[float], weights: Matrix, *, star: bool) -> list[float] | None:
    """Return the z of each area's G (own area counted with `star`); None when any is undefined.

    Source: Getis & Ord 1992, Ord & Getis 1995. Undefined without variation, or when an area has all
    the others, or none, as neighbors.
    """
    y = np.asarray(values, dtype=float)
    w = weights + np.eye(y.size) if star else weights
    scores = [_local_g(y, w[i], i, star=star) for i in range(y.size)]
    return None if any(score is None for score in scores) else [s for s in scores if s is not None]


def moran(values: Sequence[float], weights: Matrix) -> Moran | None:
    """Return Moran's I with row-standardized weights; an island has a row of zeros."""
    y = np.asarray(values, dtype=float)
    z = y - y.mean()
    rows = weights.sum(1, keepdims=True)
    w = np.divide(weights, rows, out=np.zeros_like(weights), where=rows > 0)
    if not np.any(z) or not w.sum():
        return None
    lag = w @ z
    index = float(y.size / w.sum() * (z @ lag) / (z @ z))
    local = z * lag / ((z @ z) / (y.size - 1))
    quadrant = [_quadrant(a > 0, b > 0) for a, b in zip(z, lag, strict=True)]
    return Moran(index, -1 / (y.size - 1), tuple(float(i) for i in local), tuple(quadrant))


def _local_g(y: Matrix, row: Matrix, i: int, *, star: bool) -> float | None:
    others = np.ones(y.size, dtype=bool)
    if not star:
        others[i] = False
    n = int(others.sum())
    if n < 2:
        return None
    sample = y[others]
    total, squares = float(row.sum()), float((row**2).sum())
    spread, room = float(sample.std()), (n * squares - total**2) / (n - 1)
    if spread < 1e-12 or room < 1e-12:
        return None
    return float((row @ y - sample.mean() * total) / (spread * np.sqrt(room)))


def _quadrant(high: bool, high_around: bool) -> int:
    if high:
        return 1 if high_around else 4
    return 2 if high_around else 3
