"""Relatedness of activities and, for countries only, economic complexity.

M is a presence matrix of territories by activities. Densities leave an activity itself out: having
something must not count as being close to it. Complexity is context of a country or region from an
outside table and never a number of a cluster.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from insights.metrics.specialization import location_quotients

Matrix = NDArray[np.float64]
Table = Sequence[Sequence[float]]
MINIMUM_KEPT = 3
MINIMUM_GAP = 0.01


@dataclass(frozen=True)
class Complexity:
    """Complexity of territories (ECI) and activities (PCI), or why there is none."""

    eci: tuple[float | None, ...] | None
    pci: tuple[float | None, ...] | None
    eigenvalues: tuple[float, ...]
    kept_rows: tuple[int, ...]
    kept_columns: tuple[int, ...]
    reason: str | None = None


def advantage(matrix: Table) -> Matrix:
    """Return revealed comparative advantage, which is the location quotient (Balassa 1965)."""
    return location_quotients(matrix)


def presence(matrix: Table) -> Matrix:
    """Return 1 where the advantage is 1 or more."""
    values = advantage(matrix)
    return np.where(np.isnan(values), 0.0, values >= 1).astype(float)


def proximity(m: Matrix) -> Matrix:
    """Return min(P(p|q), P(q|p)) of each pair of activities, 0 on the diagonal (Hidalgo 2007)."""
    shared = m.T @ m
    ubiquity = np.diag(shared)
    most = np.maximum.outer(ubiquity, ubiquity)
    phi: Matrix = np.divide(shared, most, out=np.zeros_like(shared), where=most > 0)
    np.fill_diagonal(phi, 0.0)
    return phi


def density(m: Matrix, *, with_self: bool = False) -> Matrix:
    """Return how close each activity is to what each territory has, in [0, 1]; NaN if to nothing.

    `with_self` counts the activity's own presence, as some packages do; the platform does not.
    """
    phi = proximity(m)
    if with_self:
        phi = phi + np.diag((m.sum(0) > 0).astype(float))
    near, total = m @ phi, phi.sum(0, keepdims=True)
    found: Matrix = np.divide(near, total, out=np.full_like(near, np.nan), where=total > 0)
    return found


def adjacent_possible(m: Matrix, row: int, names: Sequence[str]) -> list[tuple[str, float]]:
    """Return the activities that a territory lacks by density, highest first, then by name."""
    values = density(m)[row]
    lacking = [
        (name, float(value))
        for name, has, value in zip(names, m[row], values, strict=True)
        if not has and not np.isnan(value)
    ]
    return sorted(lacking, key=lambda item: (-round(item[1], 12), item[0]))


def complexity(presence_matrix: Table) -> Complexity:
    """Return ECI and PCI (Hidalgo & Hausmann 2009): the second eigenvector, standardized (ddof 0).

    Empty territories and activities are dropped first. Withheld when fewer than three of either
    are left, when the matrix is disconnected, has no variation, or has no clear second eigenvalue.
    """
    m = np.asarray(presence_matrix, dtype=float)
    rows, columns = np.flatnonzero(m.sum(1) > 0), np.flatnonzero(m.sum(0) > 0)
    kept = m[np.ix_(rows, columns)]
    kept_rows, kept_columns = tuple(map(int, rows)), tuple(map(int, columns))
    if min(kept.shape) < MINIMUM_KEPT:
        nothing = (None,) * m.shape[0], (None,) * m.shape[1]
        return Complexity(*nothing, (), kept_rows, kept_columns, "too_small")
    values, vectors, diversity = _spectrum(kept)
    eigenvalues = tuple(float(v) for v in values)
    reason = _reason(eigenvalues)
    if reason:
        return Complexity(None, None, eigenvalues, kept_rows, kept_columns, reason)
    raw = vectors[:, 1] / np.sqrt(diversity)
    if _correlation(raw, diversity, kept) < 0:
        raw = -raw
    eci = (raw - raw.mean()) / raw.std()
    # on the scale of ECI, so that a territory's ECI is the mean PCI of its activities
    pci = ((kept.T @ raw) / kept.sum(0) / eigenvalues[1] - raw.mean()) / raw.std()
    spread = _spread(eci, m.shape[0], rows), _spread(pci, m.shape[1], columns)
    return Complexity(*spread, eigenvalues, kept_rows, kept_columns)


def _spectrum(m: Matrix) -> tuple[Matrix, Matrix, Matrix]:
    """Return eigenvalues (largest first) and vectors of the symmetric form, and diversity."""
    diversity, ubiquity = m.sum(1), m.sum(0)
    scaled = m / np.sqrt(diversity)[:, None]
    values, vectors = np.linalg.eigh((scaled / ubiquity) @ scaled.T)
    order = np.argsort(-values, kind="stable")
    return np.clip(values[order], 0.0, 1.0), vectors[:, order], diversity


def _reason(eigenvalues: tuple[float, ...]) -> str | None:
    second = eigenvalues[1]
    if second > 1 - 1e-9:
        return "disconnected"
    if second < 1e-9:
        return "no_variation"
    if len(eigenvalues) > 2 and second - eigenvalues[2] < MINIMUM_GAP:
        return "no_clear_direction"
    return None


def _correlation(raw: Matrix, diversity: Matrix, m: Matrix) -> float:
    """Return the sign by diversity; without variation in it, by how rare the activities are."""
    if diversity.std() > 0:
        return float(np.corrcoef(raw, diversity)[0, 1])
    return -float(np.corrcoef(raw, m @ m.sum(0))[0, 1])


def _spread(values: Matrix, size: int, places: NDArray[np.intp]) -> tuple[float | None, ...]:
    out: list[float | None] = [None] * size
    for place, value in zip(places, values, strict=True):
        out[int(place)] = float(value)
    return tuple(out)
