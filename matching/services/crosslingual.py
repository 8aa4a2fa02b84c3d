"""Judging likeness across languages: each label looks for its own name in another language."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.engine.likeness import LabelLikeness, Lexicon
from matching.engine.text import fold
from matching.services.lexicon import shipped_translations

BATCH = 500


@dataclass(frozen=True)
class Retrieval:
    """How often a label finds its counterpart first, or among ten; and the mean of 1/rank."""

    labels: int
    candidates: int
    hits_1: float
    hits_10: float
    mrr: float


def evaluate(pairs: Sequence[tuple[str, str]], *, source: str, target: str) -> Retrieval:
    """Rank all distinct target labels for each source label.

    Among equal scores the counterpart counts as last: a tie proves nothing.
    """
    places: dict[str, int] = {}
    for _, wanted in pairs:
        places.setdefault(_key(wanted), len(places))
    labels = {_key(wanted): wanted for _, wanted in reversed(pairs)}
    index = LabelLikeness.build([labels[key] for key in places], target)
    lexicon = Lexicon.of(shipped_translations(source, target))
    gold = np.asarray([places[_key(wanted)] for _, wanted in pairs])
    ranks = []
    for start in range(0, len(pairs), BATCH):
        asked = [text for text, _ in pairs[start : start + BATCH]]
        scores = index.scores(asked, source, lexicon)
        own = scores[np.arange(len(asked)), gold[start : start + BATCH]]
        ranks.append((scores >= own[:, None]).sum(1))
    rank = np.concatenate(ranks)
    hits_1, hits_10 = float((rank <= 1).mean()), float((rank <= 10).mean())
    return Retrieval(len(pairs), len(places), hits_1, hits_10, float((1 / rank).mean()))


def _key(label: str) -> str:
    return " ".join(fold(label).split())
