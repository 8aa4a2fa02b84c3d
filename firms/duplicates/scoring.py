"""From features to one score: a logistic sum with weights that never fall below zero.

So a fact that speaks more for identity never lowers the score, unknown facts count as their
neutral value, and the order of the pair is immaterial. Bias, name, rest and nature are fitted to
half of 383 labeled pairs of research organizations; number, host, email and near are set by hand:
those pairs say nothing of them.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from firms.duplicates.facts import RecordFacts
from firms.duplicates.features import FEATURES, Features, distance_km, features_of

FLOOR = 0.5  # below it a person's time is better spent elsewhere
SURE = 0.9


@dataclass(frozen=True)
class Weight:
    """The weight of a feature, and the value at which it speaks neither for nor against."""

    weight: float
    neutral: float


WEIGHTS: dict[str, Weight] = {
    "name": Weight(21.8, 0.95),
    "rest": Weight(6.9, 0.9),
    "number": Weight(12.0, 0.6),
    "host": Weight(4.0, 0.4),
    "email": Weight(2.0, 0.0),
    "near": Weight(2.0, 0.35),
    "nature": Weight(1.1, 0.9),
}
BIAS = -0.05
NUMBER_LEAVES = 0.1  # of the doubt, where a number is the same: one legal person
Reason = dict[str, str | float]


@dataclass(frozen=True)
class Judged:
    """Two records compared, the older id first; ``reasons`` strongest first, as data."""

    first: int
    second: int
    score: float
    reasons: tuple[Reason, ...]

    def order(self) -> tuple[float, int, int]:
        """Return the key of the one order: likest first, then by ids."""
        return (-self.score, self.first, self.second)


def score_of(features: Features) -> float:
    """Return how likely the two are one, 0 to 1."""
    total = BIAS + sum(_says(name, getattr(features, name)) for name in FEATURES)
    score = 1 / (1 + math.exp(-total))
    return 1 - (1 - score) * NUMBER_LEAVES if features.number == 1 else score


def _says(name: str, value: float | None) -> float:
    weight = WEIGHTS[name]
    return 0.0 if value is None else weight.weight * (value - weight.neutral)


def judge(one: RecordFacts, other: RecordFacts) -> Judged:
    """Compare two records; those of two countries are never one."""
    first, second = sorted((one, other), key=lambda record: record.id)
    features = features_of(first, second)
    score = score_of(features) if first.country == second.country else 0.0
    return Judged(first.id, second.id, score, tuple(_reasons(first, second, features)))


def _reasons(one: RecordFacts, other: RecordFacts, features: Features) -> Iterable[Reason]:
    known = [(name, value) for name in FEATURES if (value := getattr(features, name)) is not None]
    known.sort(key=lambda each: (-abs(_says(*each)), each[0]))
    for name, value in known:
        reason: Reason = {
            "feature": name,
            "value": round(value, 3),
            "says": round(_says(name, value), 3),
        }
        yield reason | _details(name, one, other)


def _details(name: str, one: RecordFacts, other: RecordFacts) -> Reason:
    """Return what the sentence about a feature names: the shared host, the km apart."""
    if name == "host" and (shared := sorted(one.hosts & other.hosts)):
        return {"host": shared[0]}
    if name == "near":
        return {"km": round(min(distance_km(a, b) for a in one.spots for b in other.spots), 1)}
    return {}
