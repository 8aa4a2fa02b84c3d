"""Location quotients: what a territory does more than the rest."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from insights.metrics.intervals import ratio_log, ratio_score

Matrix = NDArray[np.float64]
MINIMUM_REGIONS_FOR_Z = 20


@dataclass(frozen=True)
class Quotient:
    """A location quotient against the rest of the reference, with its score and log intervals."""

    value: float
    score: tuple[float, float]
    log: tuple[float, float] | None


def location_quotient(e_ij: float, e_j: float, e_i: float, e: float) -> float | None:
    """Return (e_ij/e_j) / (e_i/e): 1 means the same share as the reference (Hoover 1936).

    e_ij is the activity in the territory, e_j the territory, e_i the activity and e everything, in
    jobs or establishments of an outside table. The registry is never its own reference.
    """
    if e_j <= 0 or e_i <= 0 or e <= 0:
        return None
    return (e_ij * e) / (e_j * e_i)


def location_quotients(matrix: Sequence[Sequence[float]]) -> Matrix:
    """Return the quotients of a table of territories by activities; NaN where there are none."""
    table = np.asarray(matrix, dtype=float)
    rows, columns, total = table.sum(1, keepdims=True), table.sum(0, keepdims=True), table.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        quotients: Matrix = table * total / (rows * columns)
    return np.where((rows > 0) & (columns > 0), quotients, np.nan)


def symmetric(quotient: float) -> float:
    """Return (LQ-1)/(LQ+1), in [-1, 1] with 0 for the same share (Dalum, Laursen & Villumsen)."""
    return (quotient - 1) / (quotient + 1)


def is_specialized(quotient: float) -> bool:
    """Say whether a quotient counts as specialized: 1 or more."""
    return quotient >= 1


def quotient_of_counts(x: int, n: int, ref_x: int, ref_n: int) -> Quotient | None:
    """Return the quotient of x of n here against ref_x of ref_n in the rest of the reference.

    The rest excludes the territory itself, which avoids the bias of a part against its whole.
    """
    score = ratio_score(x, n, ref_x, ref_n)
    if score is None:
        return None
    return Quotient((x / n) / (ref_x / ref_n), score, ratio_log(x, n, ref_x, ref_n))


def standardized(quotients: Sequence[float], *, of_logs: bool = False) -> list[float] | None:
    """Return z-scores of positive quotients of one activity across territories, with ddof = 1.

    Source: O'Donoghue & Gleave 2004. None without variation. To show them, ask for at least
    MINIMUM_REGIONS_FOR_Z territories.
    """
    values = np.asarray(quotients, dtype=float)
    if values.size < 2 or (of_logs and not np.all(values > 0)):
        return None
    values = np.log(values) if of_logs else values
    spread = float(values.std(ddof=1))
    return None if spread == 0 else [float(z) for z in (values - values.mean()) / spread]
