"""What somebody typed into a search box, as terms: phrases, exclusions, slips of the hand."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from django.db import connection
from rapidfuzz.distance import OSA

from clusters.models import fold
from common.search import MAX_SEARCH_CHARACTERS, MAX_SEARCH_WORDS
from firms.models.words import Term, TermsQuery

TOKEN = re.compile(r'(-?)"([^"]*)"|(\S+)')
APART = re.compile(r"[^0-9a-z]+")
# Words that say nothing in one of our languages, folded.
EMPTY = frozenset(
    {"a", "al", "and", "as", "com", "con", "da", "das", "de", "del", "do", "dos", "e", "el", "em"}
    | {"en", "for", "in", "la", "las", "los", "na", "nas", "no", "nos", "of", "os", "para", "por"}
    | {"que", "se", "su", "the", "to", "um", "uma", "un", "una", "y"}
)
EITHER = frozenset({"or", "ou", "o"})
MIN_LETTERS = 2
MIN_CORRECTED = 4
SHORT = 5
# Begun words, and words that a slip may have been meant as, for words that nobody uses.
UNKNOWN = """
    SELECT asked.word,
           length(asked.word) > 2 AND EXISTS (SELECT FROM firms_searchword w
                   WHERE w.word >= asked.word AND w.word < asked.word || '~'),
           ARRAY(SELECT w.word FROM firms_searchword w WHERE w.word %% asked.word
                 ORDER BY similarity(w.word, asked.word) DESC, w.word LIMIT 8)
    FROM unnest(%s::text[]) AS asked(word)
    WHERE NOT EXISTS (SELECT FROM firms_searchword w WHERE w.word = asked.word COLLATE "C")
"""


@dataclass(frozen=True)
class Reading:
    """The terms of a search, and which words it was corrected to."""

    terms: tuple[Term, ...]
    corrected: tuple[tuple[str, str], ...] = ()
    has_unknown: bool = False

    @cached_property
    def query(self) -> TermsQuery:
        """The terms as one text query."""
        return TermsQuery(self.terms)


def parse(typed: str) -> list[Term]:
    """Split what was typed into terms; a search of nothing but exclusions excludes nothing."""
    terms: list[Term] = []
    is_either = False
    for minus, phrase, word in TOKEN.findall(typed[:MAX_SEARCH_CHARACTERS].replace("\0", " ")):
        if fold(word) in EITHER:
            is_either = bool(terms)
            continue
        found = _phrase(minus, phrase) if not word else _bare(word)
        if is_either and found and not found[0].is_negated:
            found[0] = replace(found[0], words=terms.pop().words + found[0].words)
        terms += found
        is_either = False
    terms = terms[:MAX_SEARCH_WORDS]
    if all(term.is_negated for term in terms):
        return [replace(term, is_negated=False) for term in terms]
    return terms


def _phrase(minus: str, text: str) -> list[Term]:
    words = " ".join(_letters(text))
    return [Term((words,), is_phrase=True, is_negated=bool(minus))] if words else []


def _bare(word: str) -> list[Term]:
    is_negated = word.startswith("-")
    kept = [part for part in _letters(word) if len(part) >= MIN_LETTERS and part not in EMPTY]
    return [Term((part,), is_negated=is_negated) for part in kept]


def _letters(text: str) -> list[str]:
    return APART.sub(" ", fold(text)).split()


def read(typed: str) -> Reading:
    """Read a search; words that nobody uses are completed, or corrected to the nearest one."""
    terms = parse(typed)
    loose = {
        word for term in terms for word in term.words if not (term.is_phrase or term.is_negated)
    }
    unknown = _unknown(sorted(loose))
    corrected = tuple(
        (word, best) for word, (begun, best) in sorted(unknown.items()) if best and not begun
    )
    seen = tuple(_completed(term, unknown) for term in terms)
    is_odd = any(len(word) >= MIN_CORRECTED and not begun for word, (begun, _) in unknown.items())
    return Reading(seen, corrected, is_odd)


def _unknown(words: list[str]) -> dict[str, tuple[bool, str]]:
    """Return the words that nobody uses: whether one begins so, and the nearest one."""
    if not words:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(UNKNOWN, [words])
        return {word: (begun, nearest(word, like)) for word, begun, like in cursor.fetchall()}


def nearest(word: str, like: Iterable[str]) -> str:
    """Return the word that was meant: one slip away, two in a long word; else nothing."""
    if len(word) < MIN_CORRECTED:
        return ""
    allowed = 1 if len(word) <= SHORT else 2
    best = min(((OSA.distance(word, each), each) for each in like), default=(allowed + 1, ""))
    return best[1] if best[0] <= allowed else ""


def _completed(term: Term, unknown: dict[str, tuple[bool, str]]) -> Term:
    if term.is_phrase or term.is_negated:
        return term
    meant = tuple(unknown[word][1] for word in term.words if word in unknown)
    begun = next((word for word in term.words if word in unknown and unknown[word][0]), "")
    extra = () if begun else tuple(word for word in meant if word)
    return replace(term, words=term.words + extra, beginning=begun)
