"""Candidates for clusters that nobody has declared: dense, unlike chance, of several stages.

They are candidates for people to look at, never clusters by themselves.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree

Point = tuple[float, float]
EXACT_UP_TO = 20_000
PERMUTATIONS = 999


@dataclass(frozen=True)
class Partition:
    """Groups of points as sorted indices, larger first; noise; and the points with company."""

    groups: tuple[tuple[int, ...], ...]
    noise: tuple[int, ...]
    core: tuple[int, ...]


@dataclass(frozen=True)
class RandomLabelling:
    """The largest group of a sector and how often chance does as well."""

    observed: int
    p_value: float
    labelings: int
    exact: bool


@dataclass(frozen=True)
class Candidate:
    """What is known of a dense group: independent firms, quotient, stages, and p."""

    name: str
    groups: int
    quotient_low: float | None
    stages: int
    p_value: float


def dbscan(points: Sequence[Point], eps: float, min_points: int) -> Partition:
    """Group points with at least `min_points` (itself included) within `eps`, in metric units.

    Source: Ester et al. 1996; the same partition as PostGIS. A border point within reach of two
    groups goes to the group with the smallest index, so that the answer is always the same.
    """
    if not points:
        return Partition((), (), ())
    places = np.asarray(points, dtype=float)
    near = KDTree(places).query_ball_point(places, eps * (1 + 1e-12))
    core = np.asarray([len(found) >= min_points for found in near])
    labels = _labels(near, core)
    found = [tuple(np.flatnonzero(labels == label)) for label in range(int(labels.max()) + 1)]
    groups = sorted((tuple(map(int, g)) for g in found if g), key=lambda g: (-len(g), g))
    noise = tuple(int(i) for i in np.flatnonzero(labels < 0))
    return Partition(tuple(groups), noise, tuple(int(i) for i in np.flatnonzero(core)))


def random_labelling(
    points: Sequence[Point], sector: Sequence[int], *, eps: float, min_points: int, seed: int = 0
) -> RandomLabelling:
    """Test whether a sector is denser than business in general (Diggle's random labelling).

    Every firm stays where it is and the sector's label is dealt out anew: all ways when there are
    20 000 or fewer, else 999 draws with the observed one counted. The statistic is the largest
    number of the sector's firms in one core neighborhood's group.
    """
    observed = _largest(points, sector, eps, min_points)
    ways = math.comb(len(points), len(sector))
    if ways <= EXACT_UP_TO:
        hits = sum(
            _largest(points, chosen, eps, min_points) >= observed
            for chosen in itertools.combinations(range(len(points)), len(sector))
        )
        return RandomLabelling(observed, hits / ways, ways, exact=True)
    rng = np.random.default_rng(seed)
    hits = 1
    for _ in range(PERMUTATIONS):
        chosen = rng.choice(len(points), len(sector), replace=False)
        hits += _largest(points, chosen.tolist(), eps, min_points) >= observed
    return RandomLabelling(observed, hits / (PERMUTATIONS + 1), PERMUTATIONS, exact=False)


def rejection(
    candidate: Candidate, *, min_groups: int = 5, min_stages: int = 2, alpha: float = 0.05
) -> str | None:
    """Return why a candidate is not one, or None when it passes all four conditions."""
    if candidate.groups < min_groups:
        return "too_few_independent_firms"
    if candidate.quotient_low is None or candidate.quotient_low <= 1:
        return "lq_not_above_1"
    if candidate.stages < min_stages:
        return "single_stage"
    return "not_denser_than_all_firms" if candidate.p_value > alpha else None


def stability(partitions: Sequence[frozenset[int]]) -> float | None:
    """Return the mean Jaccard likeness of one group's members under several radii, in [0, 1]."""
    pairs = list(itertools.combinations(partitions, 2))
    if not pairs or not all(partitions):
        return None
    return sum(len(a & b) / len(a | b) for a, b in pairs) / len(pairs)


def _labels(near: NDArray[np.object_], core: NDArray[np.bool_]) -> NDArray[np.int64]:
    size = core.size
    pairs = [(i, j) for i in np.flatnonzero(core) for j in near[i] if core[j]]
    rows, columns = zip(*pairs, strict=True) if pairs else ((), ())
    links = coo_array((np.ones(len(rows)), (rows, columns)), shape=(size, size))
    _, component = connected_components(links, directed=False)
    order = {c: k for k, c in enumerate(dict.fromkeys(component[core].tolist()))}
    labels = np.full(size, -1, dtype=np.int64)
    for i in range(size):
        reach = [component[i]] if core[i] else [component[j] for j in near[i] if core[j]]
        if reach:
            labels[i] = min(order[c] for c in reach)
    return labels


def _largest(points: Sequence[Point], chosen: Sequence[int], eps: float, min_points: int) -> int:
    groups = dbscan([points[i] for i in chosen], eps, min_points).groups
    return len(groups[0]) if groups else 0
