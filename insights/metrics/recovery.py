"""Who else could buy: options for a firm that loses a buyer, by relatedness and distance."""

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

MINIMUM_PROXIMITY = 0.2
DECAY_KM = 100.0
Proximity = Callable[[str, str], float]


@dataclass(frozen=True)
class Buyer:
    """A firm that buys: what it needs with the amount, its distance, and certificates it asks."""

    name: str
    needs: Mapping[str, float]
    km: float
    is_at_risk: bool = False
    certificates: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Option:
    """A buyer with its score in [0, 1], and the certificates that the seller lacks for it."""

    name: str
    score: float
    missing_certificates: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Terms:
    """How likeness is judged, the certificates held, and how fast distance weighs."""

    proximity: Proximity
    held: frozenset[str] = frozenset()
    decay_km: float = DECAY_KM
    minimum: float = MINIMUM_PROXIMITY


def recovery(offers: Collection[str], buyers: Sequence[Buyer], terms: Terms) -> list[Option]:
    """Return buyers by best proximity x exp(-km/decay), highest first, then by name.

    Buyers at risk themselves and proximities below the minimum are left out. A buyer whose
    certificates are not held stays in the list as "one certificate away", never as an option now.
    """
    options = []
    for buyer in buyers:
        best = max((_best(offers, need, terms) for need in buyer.needs), default=0.0)
        if not buyer.is_at_risk and best >= terms.minimum:
            score = best * math.exp(-buyer.km / terms.decay_km)
            options.append(Option(buyer.name, score, buyer.certificates - terms.held))
    return sorted(options, key=lambda option: (-option.score, option.name))


def replaceable_share(
    offers: Collection[str], buyers: Sequence[Buyer], lost: float, terms: Terms
) -> float | None:
    """Return how much of a lost amount the options could take: sum(need x proximity)/lost, <= 1."""
    if lost <= 0:
        return None
    capacity = 0.0
    for buyer in buyers:
        if buyer.is_at_risk or not buyer.certificates <= terms.held:
            continue
        near = {need: _best(offers, need, terms) for need in buyer.needs}
        capacity += sum(buyer.needs[n] * phi for n, phi in near.items() if phi >= terms.minimum)
    return min(1.0, capacity / lost)


def code_proximity(one: str, other: str) -> float:
    """Return likeness of two ISIC codes: same class 1, group 0.6, division 0.3, else 0."""
    for digits, value in ((4, 1.0), (3, 0.6), (2, 0.3)):
        if one[:digits] == other[:digits] and min(len(one), len(other)) >= digits:
            return value
    return 0.0


def _best(offers: Collection[str], need: str, terms: Terms) -> float:
    return max((terms.proximity(offer, need) for offer in offers), default=0.0)
