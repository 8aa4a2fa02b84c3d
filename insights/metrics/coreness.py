"""Core and periphery of a small network (Borgatti & Everett 2000, discrete model)."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Tie = tuple[int, int]
EXACT_UP_TO = 14
STARTS = 20


@dataclass(frozen=True)
class Core:
    """The best fit and every core that reaches it; the core to show is what they share."""

    fit: float
    cores: tuple[frozenset[int], ...]

    @property
    def shared(self) -> frozenset[int]:
        """Return the firms that are in every best core: the rest of the union is a semi-core."""
        return frozenset.intersection(*self.cores)


def core_periphery(n: int, ties: Iterable[Tie], seed: int = 0) -> Core | None:
    """Return the cores that correlate best with a full core block and an empty periphery.

    Cells between core and periphery are left out. Exhaustive to 14 firms, else 20 climbs from
    random starts. None when nothing correlates (no ties, or every tie).
    """
    matrix = np.zeros((n, n))
    for i, j in ties:
        if i != j:
            matrix[i, j] = matrix[j, i] = 1.0
    tried: Iterable[frozenset[int]]
    if n <= EXACT_UP_TO:
        tried = (frozenset(c) for k in range(1, n) for c in combinations(range(n), k))
    else:
        tried = _climbs(matrix, np.random.default_rng(seed))
    best, cores = -math.inf, list[frozenset[int]]()
    for core in tried:
        fit = _fit(matrix, core)
        if fit is None or fit < best - 1e-12:
            continue
        if fit > best + 1e-12:
            best, cores = fit, []
        if core not in cores:
            cores.append(core)
    return Core(best, tuple(cores)) if cores else None


def _fit(matrix: NDArray[np.float64], core: frozenset[int]) -> float | None:
    """Return the correlation of pairs inside either block with 1 (core) or 0 (periphery)."""
    inside, pairs = len(core), matrix.shape[0]
    core_pairs = inside * (inside - 1) // 2
    edge_pairs = (pairs - inside) * (pairs - inside - 1) // 2
    if not core_pairs or not edge_pairs:
        return None
    members = sorted(core)
    others = [i for i in range(pairs) if i not in core]
    core_ties = matrix[np.ix_(members, members)].sum() / 2
    edge_ties = matrix[np.ix_(others, others)].sum() / 2
    n, ties = core_pairs + edge_pairs, core_ties + edge_ties
    spread = ties * (n - ties) * core_pairs * edge_pairs
    if spread <= 0:
        return None
    return float((n * core_ties - ties * core_pairs) / math.sqrt(spread))


def _climbs(matrix: NDArray[np.float64], rng: np.random.Generator) -> Iterable[frozenset[int]]:
    n = matrix.shape[0]
    for _ in range(STARTS):
        core = frozenset(np.flatnonzero(rng.random(n) < 0.5).tolist())
        fit = _fit(matrix, core) or -1.0
        while True:
            steps = [core ^ {i} for i in range(n)]
            fits = [_fit(matrix, step) or -1.0 for step in steps]
            top = int(np.argmax(fits))
            if fits[top] <= fit + 1e-12:
                break
            core, fit = steps[top], fits[top]
        yield core
