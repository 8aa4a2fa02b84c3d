"""A stem lexicon between languages, learned from labels that say the same thing (IBM model 1)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.engine.text import stems, term_id

Floats = npt.NDArray[np.float64]
Indexes = npt.NDArray[np.int64]

ROUNDS = 8
KEEP_PER_STEM = 3
MIN_PROBABILITY = 0.15
MIN_COUNT = 2
MAX_STEMS_PER_LABEL = 24


@dataclass(frozen=True)
class Translation:
    """A stem, its counterpart, and how sure that is in both directions (0..1)."""

    source: str
    target: str
    probability: float


@dataclass(frozen=True)
class Expansion:
    """What a term of one language is called in the others: term id and probability."""

    by_term: Mapping[int, tuple[tuple[int, float], ...]]

    def of(self, key: int) -> tuple[tuple[int, float], ...]:
        """Return the counterparts of a term."""
        return self.by_term.get(key, ())

    @classmethod
    def build(cls, entries: Iterable[tuple[str, str, float]]) -> "Expansion":
        """Make it from (source stem, target stem, probability)."""
        found: dict[int, dict[int, float]] = {}
        for source, target, probability in entries:
            if source != target:
                mine = found.setdefault(term_id(source), {})
                key = term_id(target)
                mine[key] = max(mine.get(key, 0.0), probability)
        return cls({key: tuple(sorted(pairs.items())) for key, pairs in found.items()})


def learn(
    pairs: Sequence[tuple[str, str]], source_language: str, target_language: str
) -> list[Translation]:
    """Learn from aligned labels.

    Both directions must agree: the probability of a pair of stems is the geometric mean of
    p(target | source) and p(source | target).
    """
    sources = [_unique_stems(source, source_language) for source, _ in pairs]
    targets = [_unique_stems(target, target_language) for _, target in pairs]
    left, right = _vocabulary(sources), _vocabulary(targets)
    cells = _Cells.of([_ids(s, left) for s in sources], [_ids(t, right) for t in targets])
    if not len(cells.source):
        return []
    both = np.sqrt(_probabilities(cells) * _probabilities(cells.turned()))
    return _strongest(cells, both, list(left), list(right))


def _unique_stems(label: str, language: str) -> list[str]:
    return list(dict.fromkeys(stems(label, language)))[:MAX_STEMS_PER_LABEL]


def _vocabulary(texts: Sequence[Sequence[str]]) -> dict[str, int]:
    counts = Counter(stem for text in texts for stem in text)
    kept = sorted(stem for stem, count in counts.items() if count >= MIN_COUNT)
    return {stem: index for index, stem in enumerate(kept)}


def _ids(text: Sequence[str], vocabulary: Mapping[str, int]) -> list[int]:
    return [vocabulary[stem] for stem in text if stem in vocabulary]


@dataclass(frozen=True)
class _Cells:
    """Each co-occurrence of a source and a target stem in a label, and their distinct pairs.

    ``occurrence_pair`` maps an occurrence to its distinct pair, ``occurrence_token`` to the token
    of the label that it explains: a target stem standing in a label.
    """

    source: Indexes
    target: Indexes
    occurrence_pair: Indexes
    occurrence_token: Indexes
    occurrence_mirror: Indexes

    @classmethod
    def of(cls, sources: Sequence[list[int]], targets: Sequence[list[int]]) -> "_Cells":
        """Spread aligned id lists."""
        left, right, token, mirror = [], [], [], []
        tokens = mirrors = 0
        for mine, theirs in zip(sources, targets, strict=True):
            if mine and theirs:
                n, m = len(mine), len(theirs)
                left.append(np.repeat(mine, m))
                right.append(np.tile(theirs, n))
                token.append(np.tile(np.arange(m), n) + tokens)
                mirror.append(np.repeat(np.arange(n), m) + mirrors)
                tokens, mirrors = tokens + m, mirrors + n
        if not left:
            none = np.zeros(0, np.int64)
            return cls(none, none, none, none, none)
        pair_keys = np.concatenate(left).astype(np.int64) << 32 | np.concatenate(right)
        distinct, inverse = np.unique(pair_keys, return_inverse=True)
        return cls(
            distinct >> 32,
            distinct & 0xFFFFFFFF,
            inverse,
            np.concatenate(token),
            np.concatenate(mirror),
        )

    def turned(self) -> "_Cells":
        """Return the same cells with source and target exchanged."""
        return _Cells(
            self.target,
            self.source,
            self.occurrence_pair,
            self.occurrence_mirror,
            self.occurrence_token,
        )


def _probabilities(cells: _Cells) -> Floats:
    """Return p(target | source) of each distinct pair after a fixed number of EM rounds."""
    table = np.ones(len(cells.source))
    for _ in range(ROUNDS):
        share = table[cells.occurrence_pair]
        share /= np.bincount(cells.occurrence_token, weights=share)[cells.occurrence_token]
        counts = np.bincount(cells.occurrence_pair, weights=share, minlength=len(table))
        table = counts / np.bincount(cells.source, weights=counts)[cells.source]
    return table


def _strongest(
    cells: _Cells, probability: Floats, left: Sequence[str], right: Sequence[str]
) -> list[Translation]:
    order = np.lexsort((cells.target, -probability, cells.source))
    order = order[probability[order] >= MIN_PROBABILITY]
    taken: Counter[int] = Counter()
    found = []
    for cell in order.tolist():
        source = int(cells.source[cell])
        if taken[source] < KEEP_PER_STEM:
            taken[source] += 1
            target = right[int(cells.target[cell])]
            found.append(Translation(left[source], target, round(float(probability[cell]), 4)))
    return found
