"""Texts as hashed pieces of words: the same numbers in every process, machine and language."""

import re
from collections.abc import Iterator
from zlib import crc32

import numpy as np
import numpy.typing as npt

from matching.engine.text import fold

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

BUCKET_BITS = 18
BUCKETS = 1 << BUCKET_BITS
MAX_WORDS = 400
MAX_WORD = 40
HEAD = 8  # a tender says what it buys in its first words
VIEWS = {"word": 1.0, "piece": 1.0, "head": 0.5}  # how long the vector of each view is
STEM = 6  # letters of a word that are the same in its forms, and often in es, pt and en

_WORD = re.compile(r"\w+")


def tokens(text: str) -> list[str]:
    """Return the words of a text without accents; a very long text is read from its beginning."""
    found = _WORD.findall(fold(text[: MAX_WORDS * MAX_WORD]))
    return [word[:MAX_WORD] for word in found[:MAX_WORDS]]


def runs(words: list[str], longest: int) -> Iterator[str]:
    """Return every run of one up to so many words."""
    for size in range(1, longest + 1):
        for start in range(len(words) - size + 1):
            yield " ".join(words[start : start + size])


def pieces(words: list[str]) -> Iterator[str]:
    """Return the runs of two to five letters inside each word, its edges marked by spaces."""
    for word in words:
        edged = f" {word} "
        for size in range(2, 6):
            for start in range(max(len(edged) - size + 1, 1)):
                yield edged[start : start + size]


def views(text: str) -> dict[str, Ints]:
    """Return the buckets of a text for each view, repeated as often as a piece occurs."""
    words = tokens(text)
    found = {"word": runs(words, 2), "piece": pieces(words), "head": runs(words[:HEAD], 3)}
    return {view: _buckets(view, items) for view, items in found.items()}


def weighed(counts: Ints) -> tuple[Ints, Floats]:
    """Return each bucket once with 1 + ln(times)."""
    buckets, times = np.unique(counts, return_counts=True)
    return buckets.astype(np.int64), 1.0 + np.log(times)


def stump_buckets(text: str) -> Ints:
    """Return the buckets of a text's words and pairs of words, each cut to its first letters."""
    return _buckets("stump", runs([word[:STEM] for word in tokens(text) if len(word) > 2], 2))


def unit(counts: Ints, rarity: Floats) -> tuple[Ints, Floats]:
    """Return one view as a vector of length 1; buckets that were never learned are left out."""
    buckets, values = weighed(counts)
    values = values * rarity[buckets]
    known = values > 0
    length = float(np.sqrt((values[known] ** 2).sum())) or 1.0
    return buckets[known], values[known] / length


def vector(text: str, rarity: Floats) -> tuple[Ints, Floats]:
    """Return buckets and values of a text, all views together; a bucket may come twice."""
    parts = [(unit(counts, rarity), VIEWS[view]) for view, counts in views(text).items()]
    buckets = np.concatenate([buckets for (buckets, _), _ in parts])
    return buckets, np.concatenate([values * weight for (_, values), weight in parts])


def _buckets(view: str, items: Iterator[str]) -> Ints:
    salt = crc32(view.encode())
    found = [crc32(item.encode(), salt) & (BUCKETS - 1) for item in items]
    return np.array(found, dtype=np.int64)
