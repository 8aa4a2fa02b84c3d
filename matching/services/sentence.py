"""What a sentence says besides what it asks for: a place, a distance, certificates."""

import re
from dataclasses import dataclass

from clusters.catalog import certificate_standards, cities
from clusters.models import CertificateStandard, City, fold
from common.i18n import label_language

MAX_PLACE_WORDS = 4
PORTUGUESE_SPEAKING = frozenset({"BR", "PT"})
_BEFORE_PLACE = re.compile(
    r"\b(?:en|em|in|near|cerca de|perto de|para|desde|at|around|no|na)\s+", re.IGNORECASE
)
_KM = re.compile(
    r"\b(\d{1,4})\s*(?:km|kil[oó]metros?|quil[oô]metros?|kilomet(?:er|re)s?)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Sentence:
    """What was recognized in a need's sentence; each part is shown, and can be dropped."""

    city: City | None = None
    km: int | None = None
    certificates: tuple[CertificateStandard, ...] = ()


def read_sentence(text: str, *, country_code: str = "") -> Sentence:
    """Recognize the place, the distance in km and the certificates that a sentence names.

    A place counts only after a preposition and written with a capital, so that "vino" the drink is
    not Vino the town. Of places of one name, the one in the reader's country is meant, else one
    where the reader's language is spoken, else the largest.
    """
    distance = _KM.search(text)
    return Sentence(
        city=_city_in(text, country_code),
        km=int(distance[1]) if distance and int(distance[1]) > 0 else None,
        certificates=_certificates_in(text),
    )


def _city_in(text: str, country_code: str) -> City | None:
    names = list(dict.fromkeys(_place_names(text)))
    if not names:
        return None
    named = cities().filter(search_name__in=names)
    by_name: dict[str, City] = {}
    for city in sorted(named, key=lambda each: _unlikeliness(each, country_code)):
        by_name.setdefault(city.search_name, city)
    return next((by_name[name] for name in names if name in by_name), None)


def _unlikeliness(city: City, country_code: str) -> tuple[bool, bool, int, int]:
    """Order cities of one name: the reader's country, the reader's language, then size."""
    speaks_portuguese = city.country.code in PORTUGUESE_SPEAKING
    reads_portuguese = label_language() == "pt"
    return (
        city.country.code != country_code,
        speaks_portuguese != reads_portuguese,
        -city.population,
        city.pk,
    )


def _place_names(text: str) -> list[str]:
    """Return what may be a place name, longest first at each position."""
    names = []
    for match in _BEFORE_PLACE.finditer(text):
        words = re.findall(r"[^\s,.;:()]+", text[match.end() :])[: MAX_PLACE_WORDS + 1]
        if not words or not words[0][:1].isupper():
            continue
        names += [fold(" ".join(words[:n])) for n in range(len(words), 0, -1)]
    return names


def _certificates_in(text: str) -> tuple[CertificateStandard, ...]:
    plain = f" {_joined(text)} "
    return tuple(
        standard
        for standard in certificate_standards()
        if any(f" {name} " in plain for name in _names_of(standard))
    )


def _names_of(standard: CertificateStandard) -> set[str]:
    """Return how people write a standard: its code, and its label up to a bracket or a comma."""
    labels = (standard.label_es, standard.label_pt, standard.label_en)
    short = (re.split(r"[(,:–-]", label)[0] for label in labels)
    names = {_joined(name) for name in (*short, standard.code)}
    return {name for name in names if len(name) >= 3}


def _joined(text: str) -> str:
    """Return text without accents or punctuation, so that ISO-9001 and ISO 9001 are one."""
    return " ".join(re.findall(r"[a-z]+|\d+", fold(text)))
