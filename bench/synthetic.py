"""A made-up world for benchmarks: organizations around real cities, offers and needs in a tree.

Text: words of a background (Zipf), of a sector, of its parent and of a sub-topic, in three
languages with cognates between es and pt. Codes: 20 divisions, 60 groups, 200 classes, 600 leaves,
of which 8 % are wrong and 15 % one level too broad. The same seed makes the same world.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from matching.engine.bm25 import document_weights
from matching.engine.codes import pack
from matching.engine.documents import keys_of
from matching.engine.geo import ReachArea, ReachKind, Spot, location_tokens, reach_tokens
from matching.engine.payload import NO_DAY, Doc
from matching.engine.rules import PARTNERS
from matching.services.projection import Row

CITIES = Path(__file__).resolve().parent.parent / "data" / "places" / "cities.csv"
TODAY = 739_579
AVERAGE_LENGTH = 45.0
N_CITIES = 200
BACKGROUND, PER_DIVISION, PER_LEAF, PER_TOPIC = 20_000, 300, 120, 40
LEAVES, CLASSES, GROUPS, DIVISIONS, TOPICS = 600, 200, 60, 20, 1_800
SHARES = (0.40, 0.28, 0.22, 0.10)  # background, leaf, topic, division
KM = (25, 50, 80, 120, 200, 300)


@dataclass(frozen=True)
class City:
    """Where people are."""

    country: str
    latitude: float
    longitude: float


class World:
    """Draws offers and needs."""

    def __init__(self, seed: int = 7) -> None:
        self.random = np.random.default_rng(seed)
        self.cities, self.city_odds = _cities()
        self.countries = sorted({city.country for city in self.cities})
        ranks = np.arange(1, LEAVES + 1) ** -0.7
        self.leaf_odds = self.random.permutation(ranks / ranks.sum())
        zipf = np.arange(1, BACKGROUND + 1) ** -1.05
        self.background_odds = np.cumsum(zipf / zipf.sum())
        self.cognate = self.random.random(200_000) < 0.25

    def draw_anew(self, seed: int) -> None:
        """Draw what comes next from another seed, in the same world."""
        self.random = np.random.default_rng(seed)

    def rows(self, count: int, *, are_needs: bool = False) -> Iterator[Row]:
        """Yield projections; needs carry plain counts until they are weighted."""
        for pk in range(1, count + 1):
            yield self.row(pk, are_needs=are_needs)

    def row(self, pk: int, *, are_needs: bool = False) -> Row:
        """Draw one listing of its own organization, or of one with a few."""
        random = self.random
        leaf = int(random.choice(LEAVES, p=self.leaf_odds))
        city = self.cities[int(random.choice(N_CITIES, p=self.city_odds))]
        spot = self._spot(city)
        reach = self._reach(city, are_needs=are_needs)
        counts = self.words(leaf, int(random.integers(3)))
        weights = counts if are_needs else document_weights(counts, AVERAGE_LENGTH, PARTNERS.text)
        doc = Doc(
            organization=-pk if are_needs else 1 + pk * 2 // 3,
            spot=spot,
            reach=reach.kind,
            reach_km=reach.km,
            starts=TODAY - 30,
            expires=TODAY + int(random.integers(0, 300)),
            refreshed=TODAY - int(random.exponential(120)),
            terms=weights,
            codes=(self.code(leaf),),
            certificates=self._certificates(are_needs=are_needs),
            size=int(random.integers(0, 5)),
            wanted_sizes=0b110 if are_needs and random.random() < 0.3 else 0,
        )
        cover = reach_tokens(reach, spot, city.country)
        return Row(pk, doc, keys_of(doc), cover, location_tokens(spot, (city.country,)), 1)

    def words(self, leaf: int, language: int) -> dict[int, float]:
        """Draw a text as counts of term ids."""
        random = self.random
        size = int(random.integers(20, 71))
        parts = random.multinomial(size, SHARES)
        division, topic = leaf * DIVISIONS // LEAVES, leaf * 3 + int(random.integers(3))
        starts = (0, 30_000 + leaf * PER_LEAF, 110_000 + topic * PER_TOPIC, 22_000 + division * 300)
        ids = [np.searchsorted(self.background_odds, random.random(parts[0]))]
        for part, start, pool in zip(
            parts[1:], starts[1:], (PER_LEAF, PER_TOPIC, PER_DIVISION), strict=True
        ):
            ids.append(start + (random.random(part) ** 2 * pool).astype(np.int64))
        base = np.concatenate(ids)
        spoken = np.where(self.cognate[base] & (language == 1), 0, language)
        keys, counts = np.unique(1 + base * 3 + spoken, return_counts=True)
        return dict(zip(keys.tolist(), counts.astype(float).tolist(), strict=True))

    def code(self, leaf: int) -> int:
        """Return the code of a leaf as somebody would enter it."""
        if self.random.random() < 0.08:
            leaf = int(self.random.integers(LEAVES))
        one_class = leaf * CLASSES // LEAVES
        group = one_class * GROUPS // CLASSES
        division = group * DIVISIONS // GROUPS
        digits = (
            f"{10 + division}{1 + group - division * 3}"
            f"{1 + one_class - -(-group * CLASSES // GROUPS)}"
        )
        last = 0 if self.random.random() < 0.15 else 1 + leaf % 3
        packed = pack("cpv2008", f"{digits}{last}000")
        assert packed is not None
        return packed

    def _spot(self, city: City) -> Spot:
        km = 120.0 if self.random.random() < 0.12 else 12.0
        north, east = self.random.normal(0, km / 111.2, 2)
        return Spot(city.latitude + north, city.longitude + east)

    def _reach(self, city: City, *, are_needs: bool) -> ReachArea:
        odds = (0.2, 0.1, 0.4, 0.3) if are_needs else (0.45, 0.12, 0.30, 0.13)
        kind = ReachKind(int(self.random.choice(4, p=odds)))
        if kind is ReachKind.RADIUS:
            return ReachArea(kind, float(self.random.choice(KM)))
        if kind is ReachKind.TERRITORIES:
            others = self.random.choice(self.countries, 2, replace=False).tolist()
            return ReachArea(kind, units=(city.country, *others))
        return ReachArea(kind)

    def _certificates(self, *, are_needs: bool) -> dict[int, int]:
        count = int(self.random.random() < 0.08) if are_needs else int(self.random.poisson(0.7))
        popular = (self.random.random(count) ** 2 * 80).astype(int)
        return dict.fromkeys((1 + popular).tolist(), NO_DAY)


def _cities() -> tuple[list[City], np.ndarray]:
    with CITIES.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["country"] not in {"PT", "ES"}]
    rows.sort(key=lambda row: (-int(row["population"]), row["geonames_id"]))
    chosen = rows[:N_CITIES]
    odds = np.array([int(row["population"]) for row in chosen]) ** 0.8
    cities = [City(row["country"], float(row["lat"]), float(row["lon"])) for row in chosen]
    return cities, odds / odds.sum()
