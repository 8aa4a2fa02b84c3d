"""From what is known of a listing to what is indexed and scored of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from matching.engine.bm25 import document_weights, rarity
from matching.engine.codes import ancestors, pack
from matching.engine.geo import ReachArea, Spot, location_tokens, reach_tokens
from matching.engine.lexicon import Expansion
from matching.engine.payload import Doc
from matching.engine.rules import TextRules
from matching.engine.text import TOTAL, Field, term_frequencies, term_words


@dataclass(frozen=True)
class Wording:
    """The texts of a listing: its own, the labels of its codes, and its organization's name."""

    language: str
    title: str
    body: str = ""
    labels: tuple[str, ...] = ()
    name: str = ""

    def own_words(self) -> dict[int, str]:
        """Return the listing's own words by term id."""
        return term_words(f"{self.title}\n{self.body}", self.language)


@dataclass(frozen=True)
class Position:
    """Where a listing is and how far it reaches; ``units`` are ISO codes from the country down."""

    spot: Spot | None
    units: tuple[str, ...]
    reach: ReachArea

    def loc(self) -> list[int]:
        """Return where it is, as tokens."""
        return location_tokens(self.spot, self.units)

    def cover(self) -> list[int]:
        """Return where it reaches, as tokens."""
        return reach_tokens(self.reach, self.spot, self.units[0] if self.units else "")


@dataclass(frozen=True)
class Days:
    """When a listing opens and closes, and when its author last spoke; proleptic ordinals."""

    starts: int
    expires: int
    refreshed: int


@dataclass(frozen=True)
class Facts:
    """What is known of a listing."""

    organization: int
    wording: Wording
    position: Position
    days: Days
    codes: tuple[tuple[str, str], ...] = ()
    certificates: Mapping[int, int] = field(default_factory=dict)
    clusters: tuple[int, ...] = ()
    size: int = 0
    wanted_sizes: int = 0
    open_to_contact: bool = True
    audience: int = 0

    def packed_codes(self) -> tuple[int, ...]:
        """Return the codes of known schemes, packed, without repetition."""
        packed = (pack(scheme, code) for scheme, code in self.codes)
        return tuple(dict.fromkeys(code for code in packed if code is not None))


def offer_frequencies(wording: Wording, rules: TextRules) -> dict[int, float]:
    """Return the weighted term counts of an offer."""
    fields = [Field(wording.title, rules.title), Field(wording.body, rules.body)]
    fields += [Field(label, rules.label) for label in wording.labels]
    fields.append(Field(wording.name, rules.name, once=True))
    return term_frequencies(fields, wording.language)


def need_frequencies(wording: Wording, rules: TextRules) -> dict[int, float]:
    """Return the weighted term counts of a need; its organization's name is not looked for."""
    fields = [Field(wording.title, rules.title), Field(wording.body, rules.body)]
    fields += [Field(label, rules.need_label) for label in wording.labels]
    return term_frequencies(fields, wording.language)


def offer_doc(facts: Facts, average_length: float, rules: TextRules) -> Doc:
    """Return an offer ready to be encoded."""
    frequencies = offer_frequencies(facts.wording, rules)
    return _doc(facts, document_weights(frequencies, average_length, rules), 0.0)


def with_translations(keys: Iterable[int], expansion: Expansion) -> set[int]:
    """Return terms and what they are called in other languages."""
    found = set(keys)
    for key in tuple(found):
        found.update(other for other, _ in expansion.of(key))
    return found


def need_doc(facts: Facts, seen: Mapping[int, int], expansion: Expansion, rules: TextRules) -> Doc:
    """Return a need ready to be encoded: its terms weighted by rarity, then their translations.

    ``seen`` says in how many offers a term occurs, TOTAL how many offers there are. A word is as
    rare as what it means: it counts with its translations. One that no offer uses still counts in
    what a perfect text would score; a translation that no offer uses is left out.
    """
    frequencies = need_frequencies(facts.wording, rules)
    weights: dict[int, float] = {}
    perfect = 0.0
    for key, tf in frequencies.items():
        others = expansion.of(key)
        meant = seen.get(key, 0) + sum(p * seen.get(other, 0) for other, p in others)
        weight = tf * rarity(meant, seen.get(TOTAL, 0))
        perfect += weight
        weights[key] = max(weights.get(key, 0.0), weight)
        for other, probability in others:
            if seen.get(other):
                bridged = rules.translation * probability * weight
                weights[other] = max(weights.get(other, 0.0), bridged)
    return _doc(facts, weights, perfect)


def keys_of(doc: Doc) -> list[int]:
    """Return what a listing is found by: its terms, and its codes with all their ancestors."""
    codes = {entry for code in doc.codes for entry in ancestors(code)}
    return sorted(codes) + sorted(doc.terms)


def _doc(facts: Facts, terms: Mapping[int, float], perfect: float) -> Doc:
    return Doc(
        organization=facts.organization,
        spot=facts.position.spot,
        reach=facts.position.reach.kind,
        reach_km=facts.position.reach.km,
        starts=facts.days.starts,
        expires=facts.days.expires,
        refreshed=facts.days.refreshed,
        terms=terms,
        codes=facts.packed_codes(),
        certificates=facts.certificates,
        clusters=facts.clusters,
        self_score=perfect,
        size=facts.size,
        wanted_sizes=facts.wanted_sizes,
        open_to_contact=facts.open_to_contact,
        audience=facts.audience,
    )
