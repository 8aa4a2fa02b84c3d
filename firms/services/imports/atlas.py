"""Where a source's place is: its division, its city and a point."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import shapely
from django.contrib.gis.geos import Point

from clusters.models import AdminUnit, City, LoadedDataSet
from firms.sources.drafts import Spot
from firms.sources.kinds import plain

NEAR_DEGREES = 1.5  # simplified coasts, and platforms at sea
CLAIMED_DEGREES = 0.1  # a division named by the source is believed this far over its border


@dataclass(frozen=True)
class Found:
    """A place of the database."""

    admin_unit_id: int
    city_id: int | None
    longitude: float
    latitude: float
    name: str

    @property
    def point(self) -> Point:
        """The point in WGS 84."""
        return Point(self.longitude, self.latitude, srid=4326)


@dataclass(frozen=True)
class Unit:
    """A country or a division, as far as finding needs it."""

    id: int
    code: str
    names: tuple[str, str, str]
    keys: frozenset[str]
    center: tuple[float, float] | None
    shape: shapely.Geometry | None


@dataclass(frozen=True)
class Town:
    """A city, as far as finding needs it."""

    id: int
    name: str
    admin_unit_id: int | None
    longitude: float
    latitude: float


class Atlas:
    """All places, to find many of them without asking the database for each."""

    def __init__(self, units: Iterable[AdminUnit], cities: Iterable[City]) -> None:
        self._countries: dict[str, Unit] = {}
        self._divisions: defaultdict[str, list[Unit]] = defaultdict(list)
        for row in units:
            if row.level == 0:
                self._countries[row.country_code] = _unit(row)
            else:
                self._divisions[row.country_code].append(_unit(row))
        self._by_geonames: dict[int, Town] = {}
        self._by_name: defaultdict[tuple[int | None, str], list[Town]] = defaultdict(list)
        for city in cities:
            town = _town(city)
            self._by_geonames[city.geonames_id] = town
            self._by_name[city.admin_unit_id, plain(city.name)].append(town)

    @property
    def country_ids(self) -> Mapping[str, int]:
        """The ids of countries by ISO code."""
        return {code: unit.id for code, unit in self._countries.items()}

    def find_first(self, spots: Sequence[Spot], *, country: str, language: str) -> Found | None:
        """Return the first place that is known, else the middle of the country."""
        found = (self.find(spot, language=language) for spot in spots)
        return next((place for place in found if place), None) or self.find(
            Spot(country), language=language
        )

    def find(self, spot: Spot, *, language: str) -> Found | None:
        """Return the place, as exactly as the source gives it; None for an unknown country."""
        country = self._countries.get(spot.country)
        if country is None:
            return None
        unit = self._division(spot) or country
        town = self._town(spot, unit)
        if spot.longitude is not None and spot.latitude is not None:
            point: tuple[float, float] | None = (spot.longitude, spot.latitude)
        else:
            point = (town.longitude, town.latitude) if town else unit.center or country.center
        if point is None:
            return None
        name = town.name if town else spot.municipality or _label(unit, language)
        return Found(unit.id, town.id if town else None, *point, name[:200])

    def is_inside(self, spot: Spot) -> bool:
        """Say whether a point lies in or near its country, as far as borders are known."""
        if spot.longitude is None or spot.latitude is None:
            return True
        units = self._divisions.get(spot.country)
        return not units or self._nearest(units, spot.longitude, spot.latitude) is not None

    def division_of(self, spot: Spot) -> Unit | None:
        """Return the division that a place names or its point lies in."""
        return self._division(spot)

    def division_beginning(self, country: str, name: str) -> Unit | None:
        """Return the division whose name begins the one given, or is it after "state of"."""
        wanted = f"{plain(name)} "
        if stated := _named(self._divisions.get(country, ()), f"estado de {wanted}"):
            return stated
        found = [
            (-len(key), unit.code, unit)
            for unit in self._divisions.get(country, ())
            for key in unit.keys
            if wanted.startswith(f"{key} ")
        ]
        return min(found, default=(0, "", None))[2]

    def _division(self, spot: Spot) -> Unit | None:
        units = self._divisions.get(spot.country, [])
        named = _named(units, spot.division)
        if spot.longitude is None or spot.latitude is None:
            return named
        point = shapely.Point(spot.longitude, spot.latitude)
        if named and named.shape and named.shape.distance(point) <= CLAIMED_DEGREES:
            return named
        return self._nearest(units, spot.longitude, spot.latitude)

    def _nearest(self, units: Sequence[Unit], longitude: float, latitude: float) -> Unit | None:
        point = shapely.Point(longitude, latitude)
        near = [(u.shape.distance(point), u.code, u) for u in units if u.shape]
        distance, _, unit = min(near, default=(NEAR_DEGREES + 1, "", None))
        return unit if distance <= NEAR_DEGREES else None

    def _town(self, spot: Spot, unit: Unit) -> Town | None:
        if spot.geonames_id is not None and spot.geonames_id in self._by_geonames:
            return self._by_geonames[spot.geonames_id]
        towns = self._by_name.get((unit.id, plain(spot.municipality)), [])
        return towns[0] if towns else None


def current_atlas() -> Atlas:
    """Return the atlas of the places that are loaded now."""
    stamp = LoadedDataSet.objects.filter(name="places").values_list("digest", flat=True).first()
    return _atlas(stamp) if stamp else _build()


@lru_cache(maxsize=1)
def _atlas(_stamp: str) -> Atlas:
    return _build()


def _build() -> Atlas:
    return Atlas(
        AdminUnit.objects.order_by("code").iterator(),
        City.objects.order_by("-population", "pk").iterator(),
    )


def _unit(row: AdminUnit) -> Unit:
    names = (row.label_es, row.label_pt, row.label_en)
    return Unit(
        id=row.pk,
        code=row.code,
        names=names,
        keys=frozenset(plain(name) for name in names if name),
        center=(row.center.x, row.center.y) if row.center else None,
        shape=shapely.from_wkb(bytes(row.boundary.wkb)) if row.boundary else None,
    )


def _town(city: City) -> Town:
    return Town(city.pk, city.name, city.admin_unit_id, city.point.x, city.point.y)


def _label(unit: Unit, language: str) -> str:
    spanish, portuguese, english = unit.names
    own = {"es": spanish, "pt": portuguese, "en": english}[language]
    return own or spanish or portuguese or english


def _named(units: Sequence[Unit], name: str) -> Unit | None:
    wanted = plain(name)
    return next((unit for unit in units if wanted in unit.keys), None)
