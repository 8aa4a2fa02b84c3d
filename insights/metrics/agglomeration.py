"""Ellison-Glaeser: do firms of a sector sit closer together than chance and plant size explain?"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Agglomeration:
    """The index with what it is made of; gamma is None for a single plant or a single region."""

    raw: float
    plant_hhi: float
    gamma: float | None
    expected_raw: float
    variance_raw: float
    z: float | None


def ellison_glaeser(
    employment: Sequence[float], regions: Sequence[str], region_employment: Mapping[str, float]
) -> Agglomeration | None:
    """Return gamma = (G - (1-Sx2) H) / ((1-Sx2)(1-H)): 0 is a dartboard, 1 all in one place.

    Source: Ellison & Glaeser 1997. It passes 1 when a sector sits in a region that is small in all
    else. `employment` and `regions` are per plant; `region_employment` is all work of each region.
    """
    names = sorted(region_employment)
    plants = np.asarray(employment, dtype=float)
    x = np.asarray([region_employment[name] for name in names], dtype=float)
    if not plants.size or plants.sum() <= 0 or x.sum() <= 0:
        return None
    x = x / x.sum()
    z = plants / plants.sum()
    s = np.zeros(len(names))
    for share, region in zip(z, regions, strict=True):
        s[names.index(region)] += share
    return _index(s, x, z)


def _index(s: Vector, x: Vector, z: Vector) -> Agglomeration:
    raw, herfindahl = float(np.sum((s - x) ** 2)), float(np.sum(z**2))
    x2, x3, z4 = float(np.sum(x**2)), float(np.sum(x**3)), float(np.sum(z**4))
    expected = (1 - x2) * herfindahl
    variance = 2 * (herfindahl**2 * (x2 - 2 * x3 + x2**2) - z4 * (x2 - 4 * x3 + 3 * x2**2))
    room = (1 - x2) * (1 - herfindahl)
    gamma = (raw - expected) / room if room > 1e-15 else None
    score = (raw - expected) / math.sqrt(variance) if variance > 1e-15 else None
    return Agglomeration(raw, herfindahl, gamma, expected, variance, score)
