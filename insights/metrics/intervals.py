"""Intervals of shares, of their differences and of their ratios, at 95 % unless told otherwise."""

import math
from collections.abc import Callable

import numpy as np
from scipy.optimize import brentq
from scipy.stats import norm

Interval = tuple[float, float]
CONFIDENCE = 0.95


def wilson(successes: float, n: float, confidence: float = CONFIDENCE) -> Interval | None:
    """Return Wilson's score interval of a share, without continuity correction; None for n = 0.

    Source: Wilson 1927; the digits of Newcombe 1998a, Table I.
    """
    if n <= 0:
        return None
    z = _z(confidence)
    p = successes / n
    center = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low = 0.0 if successes == 0 else max(0.0, center - half)
    high = 1.0 if successes == n else min(1.0, center + half)
    return low, high


def newcombe(x1: float, n1: float, x2: float, n2: float) -> Interval | None:
    """Return the interval of a difference of two shares by Newcombe's method 10 (1998b)."""
    first, second = wilson(x1, n1), wilson(x2, n2)
    if first is None or second is None:
        return None
    p1, p2 = x1 / n1, x2 / n2
    below = math.hypot(p1 - first[0], second[1] - p2)
    above = math.hypot(first[1] - p1, p2 - second[0])
    return p1 - p2 - below, p1 - p2 + above


def ratio_log(x: float, n: float, ref_x: float, ref_n: float) -> Interval | None:
    """Return the log-delta interval of a ratio of shares; None unless both counts are positive."""
    if min(x, n, ref_x, ref_n) <= 0:
        return None
    p, ref_p = x / n, ref_x / ref_n
    half = _z(CONFIDENCE) * math.sqrt((1 - p) / x + (1 - ref_p) / ref_x)
    ratio = p / ref_p
    return ratio * math.exp(-half), ratio * math.exp(half)


def ratio_score(x: float, n: float, ref_x: float, ref_n: float) -> Interval | None:
    """Return the score interval of a ratio of shares; it holds at x = 0 too.

    Source: Miettinen & Nurminen 1985, inverted by root finding. None without a reference count.
    """
    if n <= 0 or ref_n <= 0 or ref_x <= 0 or x < 0:
        return None
    z = _z(CONFIDENCE)
    ratio = (x / n) / (ref_x / ref_n)

    def excess(log_ratio: float, side: float) -> float:
        return _ratio_statistic(x, n, ref_x, ref_n, math.exp(log_ratio)) - side * z

    middle = math.log(ratio) if ratio > 0 else math.log(1 / (n * ref_n))
    high = math.exp(_root(excess, middle, upward=True))
    return (0.0 if x == 0 else math.exp(_root(excess, middle, upward=False))), high


def ratio_bootstrap(
    counts: tuple[int, int, int, int], *, draws: int, seed: int
) -> tuple[float, float, float] | None:
    """Return the 2.5, 50 and 97.5 % points of a ratio redrawn over firms; None at a count of 0.

    `counts` are x of n here and x of n in the reference. At x = 0 every draw is 0 and the interval
    collapses: it must not be shown.
    """
    x, n, ref_x, ref_n = counts
    if min(counts) <= 0:
        return None
    rng = np.random.default_rng(seed)
    shares = rng.binomial(n, x / n, draws) / n
    reference = rng.binomial(ref_n, ref_x / ref_n, draws) / ref_n
    reference = np.where(reference > 0, reference, 0.5 / ref_n)
    low, middle, high = np.percentile(shares / reference, [2.5, 50, 97.5])
    return float(low), float(middle), float(high)


def _z(confidence: float) -> float:
    return float(norm.ppf(0.5 + confidence / 2))


def _ratio_statistic(x: float, n: float, ref_x: float, ref_n: float, ratio: float) -> float:
    """Return the score statistic that the ratio of two shares is `ratio`."""
    total = n + ref_n
    b = -(n * ratio + x + ref_n + ref_x * ratio)
    c = x + ref_x
    ref_p = (-b - math.sqrt(max(b * b - 4 * total * ratio * c, 0.0))) / (2 * total * ratio)
    p = ref_p * ratio
    variance = p * (1 - p) / n + ratio * ratio * ref_p * (1 - ref_p) / ref_n
    variance *= total / (total - 1)
    if variance <= 0:
        return 0.0
    return float((x / n - ratio * ref_x / ref_n) / math.sqrt(variance))


def _root(excess: Callable[[float, float], float], middle: float, *, upward: bool) -> float:
    """Return where the statistic reaches its critical value, walking away from the estimate."""
    step = 1.0 if upward else -1.0
    side = -1.0 if upward else 1.0
    far = middle + step
    while excess(far, side) * step > 0 and abs(far - middle) < 64:
        far += step
    return float(brentq(lambda t: excess(t, side), middle, far, xtol=1e-13, rtol=1e-13))
