"""The classifier of CPV as the product reads it: once per process, from its artifact."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from django.conf import settings

from matching.engine.classifier import Classifier, ranked

ARTIFACT = Path(settings.DATA_DIR) / "classifier" / "cpv2008.npz"
DEEPEST = 10


@dataclass(frozen=True)
class Ranking:
    """The ten most likely divisions and codes of a text, best first."""

    divisions: tuple[str, ...]
    codes: tuple[str, ...]


@lru_cache(maxsize=2)
def classifier(path: Path = ARTIFACT) -> Classifier:
    """Return the model; reads it the first time."""
    with np.load(path, allow_pickle=False) as arrays:
        return Classifier.build(arrays)


def rank_codes(text: str, *, model: Classifier) -> Ranking:
    """Return what a text seems to be about."""
    return Ranking(
        tuple(ranked(model.divisions, model.division_chances(text), DEEPEST)),
        tuple(ranked(model.codes, model.code_scores(text), DEEPEST)),
    )
