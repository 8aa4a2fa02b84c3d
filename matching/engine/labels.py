"""An index of short labels, searched by BM25 over stems."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.engine.bm25 import document_weights, rarity
from matching.engine.rules import TextRules
from matching.engine.text import Field, term_frequencies

LABEL_RULES = TextRules(k1=1.2, b=0.75)
PARENT_WEIGHT = 0.3

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class LabelIndex:
    """For each term, the labels that have it and what it weighs there."""

    language: str
    size: int
    labels: Mapping[int, npt.NDArray[np.int64]]
    weights: Mapping[int, Floats]

    @classmethod
    def build(cls, labels: Sequence[tuple[str, str]], language: str) -> "LabelIndex":
        """Index (label, label of its parent) pairs; the parent's words count less."""
        rows = [
            term_frequencies([Field(own, 1.0), Field(parent, PARENT_WEIGHT)], language)
            for own, parent in labels
        ]
        average = sum(sum(row.values()) for row in rows) / max(len(rows), 1) or 1.0
        where: dict[int, list[int]] = {}
        weighs: dict[int, list[float]] = {}
        for index, row in enumerate(rows):
            for key, weight in document_weights(row, average, LABEL_RULES).items():
                where.setdefault(key, []).append(index)
                weighs.setdefault(key, []).append(weight)
        return cls(
            language,
            len(rows),
            {key: np.array(rows) for key, rows in where.items()},
            {key: np.array(values) for key, values in weighs.items()},
        )

    def scores(self, text: str) -> Floats:
        """Return how well each label answers a text, 0 upward."""
        total = np.zeros(self.size)
        for key, count in term_frequencies([Field(text, 1.0)], self.language).items():
            if key in self.labels:
                weight = rarity(len(self.labels[key]), self.size) * min(count, 2.0)
                total[self.labels[key]] += weight * self.weights[key]
        return total
