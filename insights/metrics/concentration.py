"""How much a few hold: Herfindahl-Hirschman, entropy, Theil, Gini, Krugman.

All take non-negative amounts (sales, jobs, ties) and return None when there are none at all.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = Sequence[float]


@dataclass(frozen=True)
class TheilSplit:
    """Theil's T and its exact parts between and within groups; total = between + within."""

    total: float
    between: float
    within: float


def hhi(values: Numbers) -> float | None:
    """Return the sum of squared shares, in [1/n, 1] (Hirschman 1945, Herfindahl 1950)."""
    shares = _shares(values)
    return None if shares is None else float(np.sum(shares**2))


def hhi_normalized(values: Numbers) -> float | None:
    """Return (H - 1/n) / (1 - 1/n), in [0, 1]; None for a single contributor.

    Zeros count in n: a region of five sectors with one present is wholly concentrated.
    """
    index, n = hhi(values), len(values)
    return None if index is None or n < 2 else (index - 1 / n) / (1 - 1 / n)


def effective_number(values: Numbers) -> float | None:
    """Return 1/H: how many equal contributors would be as concentrated."""
    index = hhi(values)
    return None if index is None else 1 / index


def largest_share(values: Numbers) -> float | None:
    """Return CR1, the share of the largest."""
    shares = _shares(values)
    return None if shares is None else float(shares.max())


def entropy_bits(values: Numbers) -> float | None:
    """Return Shannon's entropy of the shares in bits, in [0, log2 n]."""
    shares = _shares(values)
    if shares is None:
        return None
    present = shares[shares > 0]
    return float(abs(-np.sum(present * np.log2(present))))


def entropy_normalized(values: Numbers) -> float | None:
    """Return the entropy over its maximum log2 n; None for a single contributor."""
    bits = entropy_bits(values)
    return None if bits is None or len(values) < 2 else bits / float(np.log2(len(values)))


def theil_t(values: Numbers) -> float | None:
    """Return mean((x/m) ln(x/m)), in [0, ln n]; an amount of 0 adds 0 (Theil 1967)."""
    relative = _relative(values)
    if relative is None:
        return None
    present = relative[relative > 0]
    return float(np.sum(present * np.log(present)) / relative.size)


def theil_l(values: Numbers) -> float | None:
    """Return the mean log deviation, mean(ln(m/x)): another index, never to be mixed with T.

    None when somebody holds nothing: the logarithm has no value there.
    """
    relative = _relative(values)
    if relative is None or not np.all(relative > 0):
        return None
    return float(-np.mean(np.log(relative)))


def theil_split(values: Numbers, groups: Sequence[Hashable]) -> TheilSplit | None:
    """Split Theil's T into what lies between groups and what lies within them."""
    total = theil_t(values)
    if total is None:
        return None
    amounts = np.asarray(values, dtype=float)
    labels = np.asarray([sorted(set(groups), key=str).index(g) for g in groups])
    between = within = 0.0
    for label in np.unique(labels):
        inside = amounts[labels == label]
        share = float(inside.sum() / amounts.sum())
        if share > 0:
            between += share * float(np.log(share / (inside.size / amounts.size)))
            within += share * (theil_t(inside.tolist()) or 0.0)
    return TheilSplit(total, between, within)


def krugman(region: Numbers, reference: Numbers) -> float | None:
    """Return the sum of absolute differences of shares, in [0, 2] (Krugman 1991).

    The reference may or may not hold the region itself; say which when you show it.
    """
    own, other = _shares(region), _shares(reference)
    return None if own is None or other is None else float(np.sum(np.abs(own - other)))


def gini(values: Numbers) -> float | None:
    """Return Gini's coefficient in [0, (n-1)/n]; times n/(n-1) it is the small-sample form."""
    amounts = np.sort(np.asarray(values, dtype=float))
    if not amounts.size or amounts.sum() <= 0:
        return None
    n = amounts.size
    ranks = np.arange(1, n + 1)
    return float(np.sum((2 * ranks - n - 1) * amounts) / (n * amounts.sum()))


def top_share(values: Numbers, fraction: float) -> float | None:
    """Return the share of the largest `fraction` of contributors, at least one of them."""
    shares = _shares(values)
    if shares is None:
        return None
    count = max(1, round(shares.size * fraction))
    return float(np.sort(shares)[::-1][:count].sum())


def _shares(values: Numbers) -> NDArray[np.float64] | None:
    amounts = np.asarray(values, dtype=float)
    total = float(amounts.sum()) if amounts.size else 0.0
    return amounts / total if total > 0 else None


def _relative(values: Numbers) -> NDArray[np.float64] | None:
    amounts = np.asarray(values, dtype=float)
    return None if not amounts.size or amounts.sum() <= 0 else amounts / amounts.mean()
