"""Scores of pairs: the weighted mean of the features that are known."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from matching.engine.batch import Floats
from matching.engine.features import FEATURE_FUNCTIONS, Flags, Pairs
from matching.engine.gates import Covers, Gate, all_hold, gates_of
from matching.engine.rules import FEATURES

UNKNOWN = -1


@dataclass(frozen=True)
class Assessment:
    """Everything about the pairs: features by name, score, gates, and who passes them all."""

    pairs: Pairs
    features: Mapping[str, Floats]
    score: Floats
    gates: list[Gate]
    passed: Flags

    def feature_values(self, index: int) -> dict[str, float | None]:
        """Return the features of one pair; an unknown one is None."""
        values = {name: float(self.features[name][index]) for name in FEATURES}
        return {name: None if np.isnan(value) else value for name, value in values.items()}


def assess(pairs: Pairs, covers: Covers | None = None) -> Assessment:
    """Compute gates, features and scores; below the floor is a gate like the others."""
    features = {name: FEATURE_FUNCTIONS[name](pairs) for name in FEATURES}
    score = weighted_mean(features, pairs.rules.weights, pairs.size)
    gates = [*gates_of(pairs, covers), Gate("score", score >= pairs.rules.floor)]
    return Assessment(pairs, features, score, gates, all_hold(gates, pairs.size))


def weighted_mean(
    features: Mapping[str, Floats], weights: Mapping[str, float], size: int
) -> Floats:
    """Return the weighted mean over known features: what is unknown neither helps nor harms."""
    total, known = np.zeros(size), np.zeros(size)
    for name, values in features.items():
        there = ~np.isnan(values)
        total += np.where(there, values, 0.0) * weights[name]
        known += there * weights[name]
    with np.errstate(invalid="ignore"):
        return np.where(known > 0, total / known, 0.0)
