"""Texts as weighted terms: tokens, stems, stable 31-bit ids, and the language they are in."""

import hashlib
import re
import threading
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from matching.engine.words import ENDINGS, LETTERS, MARKS, STOP_WORDS

LANGUAGES = ("es", "pt", "en")
STEMMERS = {"es": "spanish", "pt": "portuguese", "en": "english"}
MAX_WORD = 40
TERM_BITS = 0x7FFFFFFF
TOTAL = 0  # no term has this id: it counts listings

_WORD = re.compile(r"[^\W_]+")
_local = threading.local()


@dataclass(frozen=True)
class Field:
    """A piece of a listing's text and how much each of its words counts."""

    text: str
    weight: float
    once: bool = False  # a word counts once however often it stands there


def fold(text: str) -> str:
    """Return lower-case text without accents."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(ch for ch in decomposed if not unicodedata.combining(ch))


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, accents kept; bare numbers are left out."""
    found = _WORD.findall(unicodedata.normalize("NFKC", text).lower())
    return [word[:MAX_WORD] for word in found if len(word) > 1 and not word.isdigit()]


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """Return the stem of a lower-case word without accents; empty for a stop word."""
    if fold(word) in STOP_WORDS[language]:
        return ""
    return fold(_stemmer(language).stemWord(word))


@lru_cache(maxsize=200_000)
def term_id(stemmed: str) -> int:
    """Return a positive 31-bit id of a stem, the same in every process, place and version."""
    digest = hashlib.blake2b(stemmed.encode(), digest_size=4).digest()
    return (int.from_bytes(digest, "big") & TERM_BITS) or 1


def stems(text: str, language: str) -> list[str]:
    """Return the stems of a text in order, stop words left out."""
    return [found for word in words(text) if (found := stem(word, language))]


def term_words(text: str, language: str) -> dict[int, str]:
    """Return the first word of a text behind each term id, to show people their own words."""
    shown: dict[int, str] = {}
    for word in words(text):
        if found := stem(word, language):
            shown.setdefault(term_id(found), word)
    return shown


def term_frequencies(fields: Iterable[Field], language: str) -> dict[int, float]:
    """Return how often each term occurs, each field counting by its weight."""
    counts: dict[int, float] = {}
    for field in fields:
        found: Iterable[str] = stems(field.text, language)
        for item in dict.fromkeys(found) if field.once else found:
            key = term_id(item)
            counts[key] = counts.get(key, 0.0) + field.weight
    return counts


def length_of(frequencies: Mapping[int, float]) -> float:
    """Return the length of a text in weighted words."""
    return sum(frequencies.values())


def detect_language(text: str) -> str | None:
    """Return es, pt or en by small words, letters and endings; None when they do not tell."""
    lowered = text.lower()
    tokens = [fold(word) for word in _WORD.findall(lowered)]
    scores = {language: _marks(tokens, lowered, language) for language in LANGUAGES}
    best, second = sorted(scores.values(), reverse=True)[:2]
    if best == second:
        return None
    return max(scores, key=lambda language: scores[language])


def _marks(tokens: list[str], lowered: str, language: str) -> float:
    small = sum(token in MARKS[language] for token in tokens)
    letters = sum(lowered.count(letter) for letter in LETTERS.get(language, ""))
    endings = sum(token.endswith(ENDINGS[language]) for token in tokens if len(token) > 4)
    inside = sum(pair in token for pair in ("lh", "nh", "ao") for token in tokens)
    return small + 2 * letters + 0.5 * endings + (inside if language == "pt" else 0)


def _stemmer(language: str) -> "snowballstemmer.Stemmer":
    """Return this thread's stemmer: the library keeps the word it works on in the object."""
    stemmers: dict[str, snowballstemmer.Stemmer] = _local.__dict__.setdefault("stemmers", {})
    if language not in stemmers:
        stemmers[language] = snowballstemmer.stemmer(STEMMERS[language])
    return stemmers[language]
