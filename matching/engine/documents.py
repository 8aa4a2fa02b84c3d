"""From what is known of a listing to what is indexed and scored of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from matching.engine.bm25 import document_weights
from matching.engine.codes import ancestors, pack
from matching.engine.geo import ReachArea, Spot, location_tokens, reach_tokens
from matching.engine.lexicon import Expansion
from matching.engine.payload import Doc
from matching.engine.rules import TextRules
from matching.engine.text import Field, term_frequencies, term_words


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


def need_doc(
    facts: Facts, rare: Mapping[int, float], expansion: Expansion, rules: TextRules
) -> Doc:
    """Return a need ready to be encoded: its terms weighted by rarity, then their translations.

    ``rare`` has the rarity of terms; a translation that no offer uses is not in it and is left out.
    """
    frequencies = need_frequencies(facts.wording, rules)
    weights = {key: tf * rare.get(key, 0.0) for key, tf in frequencies.items()}
    perfect = sum(weights.values())
    for key, tf in frequencies.items():
        for other, probability in expansion.of(key):
            if other not in frequencies:
                weight = rules.translation * probability * tf * rare.get(other, 0.0)
                weights[other] = max(weights.get(other, 0.0), weight)
    return _doc(facts, {key: weight for key, weight in weights.items() if weight > 0}, perfect)


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
