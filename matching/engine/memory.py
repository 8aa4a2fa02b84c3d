"""What a reader said lowers what is like it: by a little, for a time, and never out of sight.

The rule is in docs/matching.md; each lowering names what caused it, so that it can be undone.
"""

from collections.abc import Iterable
from dataclasses import dataclass

STRENGTH = 0.10  # of the score, for a refusal of today that is wholly like
MOST = 0.20  # of the score, however much was refused
HALF_LIFE_DAYS = 60.0
FORGOTTEN = 0.01  # a lowering smaller than this is none
SAME_ORGANIZATION, SAME_CAUSE = 1.0, 0.5


@dataclass(frozen=True)
class Traits:
    """What a refusal may be about: who, which products, where, how large."""

    organization: int
    products: frozenset[int] = frozenset()
    place: int = 0
    size: str = ""


@dataclass(frozen=True)
class Refusal:
    """Something that a reader put aside or was denied, with why and how many days ago."""

    key: int
    traits: Traits
    cause: str
    days: int


@dataclass(frozen=True)
class Lowered:
    """The share of the score that is taken off, and the refusal that takes most of it."""

    share: float
    because: Refusal


def lowering(traits: Traits, refusals: Iterable[Refusal]) -> Lowered | None:
    """Return how much what was refused before lowers something, None when not noticeably."""
    felt = [(_felt(traits, each), each) for each in refusals]
    total = min(sum(share for share, _ in felt), MOST)
    if total < FORGOTTEN:
        return None
    return Lowered(total, max(felt, key=lambda item: (item[0], item[1].key))[1])


def _felt(traits: Traits, refusal: Refusal) -> float:
    fading = 0.5 ** (max(refusal.days, 0) / HALF_LIFE_DAYS)
    return float(STRENGTH * _likeness(traits, refusal) * fading)


def _likeness(traits: Traits, refusal: Refusal) -> float:
    other = refusal.traits
    if traits.organization == other.organization:
        return SAME_ORGANIZATION
    alike = {
        "field": bool(traits.products & other.products),
        "place": bool(traits.place) and traits.place == other.place,
        "size": bool(traits.size) and traits.size == other.size,
    }
    return SAME_CAUSE if alike.get(refusal.cause, False) else 0.0
