"""How alike two short texts are when they may be in different languages.

Half of the likeness is the cosine of stems, the asker's translated by the lexicon; the other half
is the cosine of character n-grams, which catches cognates, inflection and words nobody taught. Each
term weighs 1 + ln(tf), times how rare it is among the labels. Range 0..1; the same texts always
give the same numbers.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from matching.engine.lexicon import Translation
from matching.engine.text import fold, stems

STEM_SHARE = 0.5
GRAM_SIZES = (3, 4)

Floats = npt.NDArray[np.float64]
Terms = Mapping[str, float]
_LETTERS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Lexicon:
    """What a stem of one language is called in another, with how sure that is."""

    counterparts: Mapping[str, tuple[tuple[str, float], ...]]

    @classmethod
    def of(cls, translations: Iterable[Translation]) -> "Lexicon":
        """Collect learned translations by their source stem."""
        found: dict[str, list[tuple[str, float]]] = {}
        for one in translations:
            found.setdefault(one.source, []).append((one.target, one.probability))
        return cls({stem: tuple(targets) for stem, targets in found.items()})

    def translate(self, source_stems: Iterable[str]) -> Terms:
        """Return the target stems that a text may mean, each as sure as the surest way to it.

        A stem that nobody taught stands for itself: names and numbers need no translation.
        """
        meant: dict[str, float] = {}
        for stem in dict.fromkeys(source_stems):
            for target, probability in self.counterparts.get(stem, ((stem, 1.0),)):
                meant[target] = max(meant.get(target, 0.0), probability)
        return meant


@dataclass(frozen=True)
class _Index:
    """Labels as unit vectors over terms that weigh by their rarity."""

    places: Mapping[str, int]
    rarity: Floats
    labels: csr_array

    @classmethod
    def of(cls, bags: Sequence[Terms]) -> "_Index":
        places: dict[str, int] = {}
        for bag in bags:
            for term in bag:
                places.setdefault(term, len(places))
        seen = Counter(term for bag in bags for term in bag)
        rarity = np.asarray([math.log((1 + len(bags)) / (1 + seen[t])) + 1 for t in places])
        return cls(places, rarity, _vectors(bags, places, rarity))

    def cosine(self, bags: Sequence[Terms]) -> Floats:
        """Return the cosine of each bag with each label."""
        asked = _vectors(bags, self.places, self.rarity)
        found: Floats = (asked @ self.labels.T).toarray()
        return found


@dataclass(frozen=True)
class LabelLikeness:
    """Labels in one language, to be asked in another."""

    language: str
    stems: _Index
    grams: _Index

    @classmethod
    def build(cls, labels: Sequence[str], language: str) -> "LabelLikeness":
        """Index the labels of a language."""
        return cls(
            language,
            _Index.of([_counted(stems(label, language)) for label in labels]),
            _Index.of([_counted(_grams(label)) for label in labels]),
        )

    def scores(self, texts: Sequence[str], language: str, lexicon: Lexicon) -> Floats:
        """Return the likeness of each text with each label, shape (texts, labels), 0..1."""
        meant = [lexicon.translate(stems(text, language)) for text in texts]
        spelled = [_counted(_grams(text)) for text in texts]
        return STEM_SHARE * self.stems.cosine(meant) + (1 - STEM_SHARE) * self.grams.cosine(spelled)


def _grams(text: str) -> list[str]:
    found: list[str] = []
    for word in _LETTERS.sub(" ", fold(text)).split():
        padded = f" {word} "
        for size in GRAM_SIZES:
            found += [padded[i : i + size] for i in range(max(len(padded) - size + 1, 1))]
    return found


def _counted(terms: Iterable[str]) -> Terms:
    return {term: 1 + math.log(count) for term, count in Counter(terms).items()}


def _vectors(bags: Sequence[Terms], places: Mapping[str, int], rarity: Floats) -> csr_array:
    """Return unit rows; a bag without any known term is a row of zeros."""
    rows, columns, values = list[int](), list[int](), list[float]()
    for row, bag in enumerate(bags):
        known = [(places[t], weight) for t, weight in bag.items() if t in places]
        weighed = [(place, weight * float(rarity[place])) for place, weight in known]
        length = math.sqrt(sum(value * value for _, value in weighed)) or 1.0
        rows += [row] * len(weighed)
        columns += [place for place, _ in weighed]
        values += [value / length for _, value in weighed]
    return csr_array((values, (rows, columns)), shape=(len(bags), len(places)))
