"""What speaks for and against two records being one, each from 0 (against) to 1 (for)."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, fields

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from firms.duplicates.facts import Number, RecordFacts, Spot
from firms.names import bare_name

NEAR_KM = 25.0
EARTH_KM = 6_371.0
PARTLY = 0.75  # a name that holds the other and says more
# Numbers that a legal person has one of; a plant or branch number says nothing against.
BASES = {"BR-CNPJ": 8}  # the rest numbers the branch
MANY_PER_ORGANIZATION = frozenset({"MX-NRA", "MX-RETC"})
# Bodies of different nature are rarely one: a university's foundation is not the university.
NATURES = {
    "firm": "business",
    "sole_trader": "business",
    "cooperative": "business",
    "producer_association": "association",
    "chamber": "association",
    "cluster_organization": "association",
    "ngo": "association",
    "university": "research",
    "research_center": "research",
    "technology_center": "research",
    "public_agency": "public",
    "lender": "business",
}


@dataclass(frozen=True)
class Features:
    """The comparison of two records; None is unknown, which speaks neither way."""

    name: float | None  # likeness of the nearest names, whatever their order: token set and sort
    rest: float | None  # likeness of the words that only one of them says: Jaro-Winkler
    number: float | None  # a number of the same registry: equal or different
    host: float | None  # site and mail under one registered name
    email: float | None  # the same mail address
    near: float | None  # the nearest sites, halved every 17 km
    nature: float | None  # business, research, association, public body


FEATURES = tuple(field.name for field in fields(Features))


def features_of(one: RecordFacts, other: RecordFacts) -> Features:
    """Compare two records; the order in which they are given changes nothing."""
    name, rest = _names(one, other)
    return Features(
        name=name,
        rest=rest,
        number=_numbers(one.numbers, other.numbers),
        host=_shared(one.hosts, other.hosts),
        email=1.0 if one.emails & other.emails else None,
        near=_near(one.spots, other.spots),
        nature=_nature(one.kind, other.kind),
    )


def _names(one: RecordFacts, other: RecordFacts) -> tuple[float | None, float | None]:
    """Return the likeness of the two names that are nearest, and of what they do not share."""
    pairs = [(a, b) for a in _bare(one.names) for b in _bare(other.names)]
    if not pairs:
        return None, None
    compared = [(_likeness(a, b), _rest(a.split(), b.split())) for a, b in pairs]
    name, rest = max(compared)
    return max(name, _acronym(one, other)), rest


def _bare(names: Iterable[str]) -> list[str]:
    return sorted({bare for name in names if (bare := bare_name(name))})


def _likeness(a: str, b: str) -> float:
    if a == b:
        return 1.0
    words = fuzz.token_sort_ratio(a, b) * 0.6 + fuzz.token_set_ratio(a, b) * 0.4
    return min(words / 100, 0.99)


def _rest(a: list[str], b: list[str]) -> float:
    """Compare the words that only one name has: 1 none on either side, low when both go apart."""
    shared = set(a) & set(b)
    only_a = " ".join(sorted(set(a) - shared))
    only_b = " ".join(sorted(set(b) - shared))
    if not only_a and not only_b:
        return 1.0
    if not only_a or not only_b:
        return PARTLY
    return min(
        JaroWinkler.normalized_similarity(only_a, only_b),
        JaroWinkler.normalized_similarity(only_b, only_a),
    )


def _acronym(one: RecordFacts, other: RecordFacts) -> float:
    """A record that is named by the other's acronym is as like as one that says more."""
    named = {bare_name(name) for name in one.names} & {bare_name(other.acronym)}
    named |= {bare_name(name) for name in other.names} & {bare_name(one.acronym)}
    return PARTLY if named - {""} else 0.0


def _numbers(ours: frozenset[Number], theirs: frozenset[Number]) -> float | None:
    """Equal in any registry is 1; different in one that both are in, and equal in none, is 0."""
    mine, yours = _bases(ours), _bases(theirs)
    if any(mine[scheme] & yours[scheme] for scheme in mine.keys() & yours.keys()):
        return 1.0
    if set().union(*mine.values()) & set().union(*yours.values()):
        return 1.0
    return 0.0 if mine.keys() & yours.keys() else None


def _bases(numbers: frozenset[Number]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for scheme, number in numbers:
        if scheme not in MANY_PER_ORGANIZATION:
            found.setdefault(scheme, set()).add(number[: BASES.get(scheme)])
    return found


def _shared(ours: frozenset[str], theirs: frozenset[str]) -> float | None:
    if not ours or not theirs:
        return None
    return 1.0 if ours & theirs else 0.0


def _near(ours: tuple[Spot, ...], theirs: tuple[Spot, ...]) -> float | None:
    if not ours or not theirs:
        return None
    return math.exp(-min(distance_km(a, b) for a in ours for b in theirs) / NEAR_KM)


def distance_km(a: Spot, b: Spot) -> float:
    """Return the great circle distance of two points, in km, on a sphere."""
    (lon_a, lat_a), (lon_b, lat_b) = sorted((a, b))
    lat_1, lat_2 = math.radians(lat_a), math.radians(lat_b)
    across = math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    up = math.sin((lat_2 - lat_1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(up + math.cos(lat_1) * math.cos(lat_2) * across))


def _nature(one: str, other: str) -> float | None:
    ours, theirs = NATURES.get(one), NATURES.get(other)
    if ours is None or theirs is None:
        return None
    return 1.0 if ours == theirs else 0.0
