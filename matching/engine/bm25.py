"""BM25 split in two: what a document's word weighs (frozen), and how rare the word is (query)."""

import math
from collections.abc import Mapping

from matching.engine.rules import TextRules

BACKGROUND = 1_000


def document_weights(
    frequencies: Mapping[int, float], average_length: float, rules: TextRules
) -> dict[int, float]:
    """Return tf (k1 + 1) / (tf + k1 (1 - b + b length / average)) for each term."""
    length = sum(frequencies.values())
    norm = rules.k1 * (1 - rules.b + rules.b * length / average_length)
    return {key: tf * (rules.k1 + 1) / (tf + norm) for key, tf in frequencies.items()}


def rarity(listings: float, total: int) -> float:
    """Return the inverse document frequency, always positive; a word nobody used counts as one.

    BACKGROUND imagined listings without the word keep a young corpus from calling the very word of
    its trade worthless because each of its five listings has it.
    """
    seen = max(listings, 1)
    others = max(total, seen) + BACKGROUND - seen
    return math.log(1 + (others + 0.5) / (seen + 0.5))
