"""What a sentence says besides what it asks for; each part is shown, and can be dropped."""

import datetime as dt
import re
from dataclasses import dataclass, field

from clusters.catalog import certificate_standards, cities
from clusters.models import CertificateStandard, City, fold
from common.i18n import label_language
from matching.engine.hearing import Heard, hear
from matching.engine.text import detect_language

MAX_PLACE_WORDS = 4
PORTUGUESE_SPEAKING = frozenset({"BR", "PT"})
_BEFORE_PLACE = re.compile(
    r"\b(?P<near>cerca (?:de|del|da|do)|perto (?:de|da|do)|near|close to|around|próxim[oa] a)\s+"
    r"|\b(?:en|em|in|para|desde|at|from|no|na|de|da|do|of)\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sentence:
    """What was recognized in a need's sentence."""

    city: City | None = None
    certificates: tuple[CertificateStandard, ...] = ()
    hinted: tuple[CertificateStandard, ...] = ()  # that everyday words may mean
    heard: Heard = field(default_factory=Heard)


def read_sentence(text: str, *, today: dt.date, country_code: str = "") -> Sentence:
    """Recognize the place, the certificates, and what needs no table to be understood.

    A place counts only after a preposition and written with a capital, so that "vino" the drink is
    not Vino the town; after "near" it may be written small. Of places of one name, the one in the
    reader's country is meant, else one where the reader's language is spoken, else the largest.
    """
    heard = hear(text, today=today)
    standards = list(certificate_standards())
    named = _certificates_in(text, standards)
    known = {standard.code: standard for standard in standards if standard not in named}
    return Sentence(
        city=_city_in(text, country_code),
        certificates=named,
        hinted=tuple(known[code] for code in heard.hinted if code in known),
        heard=heard,
    )


def language_written(text: str) -> str:
    """Return the language that a text is in; the reader's when it is too short to tell."""
    return detect_language(text) or label_language()


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
    """Return what may be a place name: those after "near" first, longest first at each position."""
    near: list[str] = []
    other: list[str] = []
    for match in _BEFORE_PLACE.finditer(text):
        words = re.findall(r"[^\s,.;:()]+", text[match.end() :].split(",")[0])
        words = words[: MAX_PLACE_WORDS + 1]
        if not words or not (match["near"] or words[0][:1].isupper()):
            continue
        names = [fold(" ".join(words[:n])) for n in range(len(words), 0, -1)]
        (near if match["near"] else other).extend(names)
    return near + other


def _certificates_in(
    text: str, standards: list[CertificateStandard]
) -> tuple[CertificateStandard, ...]:
    plain = f" {_joined(text)} "
    return tuple(
        standard
        for standard in standards
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
