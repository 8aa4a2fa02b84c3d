"""Related and unrelated variety of what a territory does (Frenken, van Oort & Verburg 2007)."""

from collections.abc import Mapping
from dataclasses import dataclass

from insights.metrics.concentration import entropy_bits


@dataclass(frozen=True)
class Variety:
    """Entropy in bits: total = unrelated (between families) + related (inside them)."""

    total: float
    unrelated: float
    related: float


def variety(amounts: Mapping[str, float], families: Mapping[str, str]) -> Variety | None:
    """Return the variety of activities that belong to `families`; None when all amounts are 0."""
    codes = sorted(amounts)
    total = entropy_bits([amounts[code] for code in codes])
    if total is None:
        return None
    by_family: dict[str, float] = {}
    for code in codes:
        by_family[families[code]] = by_family.get(families[code], 0.0) + amounts[code]
    unrelated = entropy_bits(list(by_family.values())) or 0.0
    return Variety(total, unrelated, abs(total - unrelated))
