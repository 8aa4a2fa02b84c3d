"""University, industry, government: who works with whom in live projects."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

SPHERES = "UIG"
MINIMUM_PROJECTS = 10


@dataclass(frozen=True)
class Shares:
    """Shares of projects by the spheres that take part, in [0, 1]."""

    university_industry: float
    industry_government: float
    university_government: float
    trilateral: float
    any_cross: float


def shares(counts: Mapping[str, int]) -> Shares | None:
    """Return the mix of projects; keys are bits in the order U, I, G ("110" is U with I).

    Show it from 10 projects on.
    """
    total = sum(counts.values())
    if total <= 0:
        return None
    cross = sum(n for key, n in counts.items() if key.count("1") >= 2)
    ui, ig, ug, uig = (counts.get(key, 0) / total for key in ("110", "011", "101", "111"))
    return Shares(ui, ig, ug, uig, cross / total)


def entropy(counts: Mapping[str, int], spheres: str) -> float | None:
    """Return the joint entropy of some spheres in bits."""
    total = sum(counts.values())
    if total <= 0:
        return None
    places = [SPHERES.index(sphere) for sphere in spheres]
    margin: dict[str, int] = {}
    for key, n in sorted(counts.items()):
        short = "".join(key[place] for place in places)
        margin[short] = margin.get(short, 0) + n
    return abs(-sum(n / total * math.log2(n / total) for n in margin.values() if n))


def transmission(counts: Mapping[str, int], spheres: str) -> float | None:
    """Return mutual information of two or three spheres in bits; of three it may be negative.

    Negative means that the three together reduce uncertainty (Leydesdorff 2003). Its sign misleads
    readers and it needs the projects of nobody ("000"): internal, not for pages.
    """
    if sum(counts.values()) <= 0:
        return None
    sign, total = 1.0, 0.0
    for size in range(1, len(spheres) + 1):
        total += sign * sum(entropy(counts, part) or 0.0 for part in _parts(spheres, size))
        sign = -sign
    return total


def _parts(spheres: str, size: int) -> list[str]:
    if size == 1:
        return list(spheres)
    if size == len(spheres):
        return [spheres]
    return [
        spheres[i] + spheres[j] for i in range(len(spheres)) for j in range(i + 1, len(spheres))
    ]
