"""From a text to the divisions and codes of CPV 2008: a linear model, labels and like texts.

The model is an artifact of arrays (``data/classifier``); everything here is arithmetic on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_array

from matching.engine.grams import BUCKETS, Floats, stump_buckets, unit, vector

RARITY_STEP = 16.0  # rarities are kept as bytes, in sixteenths
VALUE_STEP = 255.0
NEIGHBORS = 100
LIKENESS_POWER = 2.0
DIVISION_POWER = 0.7
SAME = 0.97  # a text this like a label is the label
LEAST = 0.001  # so that without any likeness the divisions decide


@dataclass(frozen=True)
class Classifier:
    """The arrays of the model, ready to score."""

    divisions: tuple[str, ...]
    rarity: Floats
    weights: npt.NDArray[np.int8]  # bucket x division
    step: float
    bias: Floats
    sharpness: float
    codes: tuple[str, ...]
    division_of: npt.NDArray[np.int64]  # code -> division
    stump_rarity: Floats
    examples: "csc_array[Any]"  # example x bucket: labels first, then texts
    code_of: npt.NDArray[np.int64]  # example -> code
    labels: int

    @classmethod
    def build(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> "Classifier":
        """Make it from the arrays of the artifact."""
        divisions = tuple(f"{number:02d}" for number in arrays["divisions"].tolist())
        codes = tuple(f"{number:08d}" for number in arrays["codes"].tolist())
        place = {division: index for index, division in enumerate(divisions)}
        sizes = arrays["example_sizes"].astype(np.int64)
        owner = np.repeat(np.arange(len(sizes)), sizes)
        values = arrays["example_values"] / VALUE_STEP
        shape = (len(sizes), BUCKETS)
        return cls(
            divisions=divisions,
            rarity=arrays["rarity"] / RARITY_STEP,
            weights=arrays["weights"],
            step=float(arrays["step"]),
            bias=arrays["bias"],
            sharpness=float(arrays["sharpness"]),
            codes=codes,
            division_of=np.array([place[code[:2]] for code in codes]),
            stump_rarity=arrays["stump_rarity"] / RARITY_STEP,
            examples=csc_array((values, (owner, arrays["example_buckets"])), shape=shape),
            code_of=arrays["example_codes"].astype(np.int64),
            labels=int(arrays["labels"]),
        )

    def division_scores(self, text: str) -> Floats:
        """Return for each division how far the text lies on its side; 0 is the border."""
        buckets, values = vector(text, self.rarity)
        scores: Floats = values @ self.weights[buckets].astype(np.float64) * self.step + self.bias
        return scores

    def division_chances(self, text: str) -> Floats:
        """Return for each division how likely it is; together 1."""
        scores = self.division_scores(text) * self.sharpness
        raised = np.exp(scores - scores.max())
        chances: Floats = raised / raised.sum()
        return chances

    def code_scores(self, text: str) -> Floats:
        """Return for each code how well its division, labels and like texts fit, from 0 upward."""
        likeness = self._likeness(text)
        by_label = np.zeros(len(self.codes))
        np.maximum.at(by_label, self.code_of[: self.labels], likeness[: self.labels])
        like = by_label**LIKENESS_POWER + self._votes(likeness[self.labels :])
        chance = self.division_chances(text)[self.division_of]
        scores: Floats = chance**DIVISION_POWER * (like + LEAST)
        return np.where(by_label >= SAME, scores + scores.max(), scores)

    def _likeness(self, text: str) -> Floats:
        buckets, values = unit(stump_buckets(text), self.stump_rarity)
        likeness: Floats = self.examples[:, buckets] @ values
        return likeness

    def _votes(self, likeness: Floats) -> Floats:
        nearest = np.argsort(-likeness, kind="stable")[:NEIGHBORS]
        votes = np.zeros(len(self.codes))
        owners = self.code_of[self.labels :][nearest]
        np.add.at(votes, owners, likeness[nearest] ** LIKENESS_POWER)
        return votes


def ranked(names: tuple[str, ...], scores: Floats, limit: int) -> list[str]:
    """Return the names with the highest scores, best first; of equals the first named."""
    return [names[index] for index in np.argsort(-scores, kind="stable")[:limit].tolist()]
