"""Places and activities as people write them in cells, found without asking for each."""

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from rapidfuzz import fuzz, process

from clusters.models import AdminUnit, City, Classification, LoadedDataSet, Scheme
from firms.models import Precision
from firms.services.imports.atlas import Atlas, Unit, current_atlas
from firms.sources.cells import CellProblem
from firms.sources.drafts import Spot
from firms.sources.kinds import plain

Notices = tuple[tuple[str, str, str], ...]  # field, code, what was taken
CITY_CUTOFF = 90
ACTIVITY_CUTOFF = 84
_ALIASES = {"brasil": "BR", "brazil": "BR", "mexico": "MX", "eeuu": "US", "peru": "PE"}
_SCIAN_LENGTH, _ISIC_LENGTH = 6, 4


@dataclass(frozen=True)
class Written:
    """A place as the cells of a row write it."""

    country: str
    city: str = ""
    region: str = ""
    longitude: float | None = None
    latitude: float | None = None


@dataclass(frozen=True)
class Located:
    """A place of the database, and what had to be guessed."""

    admin_unit_id: int
    city_id: int | None
    longitude: float
    latitude: float
    precision: str
    name: str
    notices: Notices = ()


@dataclass(frozen=True)
class Town:
    """A city, as far as finding needs it."""

    id: int
    name: str
    admin_unit_id: int | None
    longitude: float
    latitude: float


class Places:
    """Countries, divisions and cities by their names."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self._countries = dict(_ALIASES)
        self.languages: dict[str, str] = {}
        for unit in AdminUnit.objects.filter(level=0).defer("boundary").order_by("code"):
            names = (unit.label_es, unit.label_pt, unit.label_en, unit.country_code)
            self._countries |= {plain(name): unit.country_code for name in names if name}
        self._towns: defaultdict[str, defaultdict[str, list[Town]]] = defaultdict(
            lambda: defaultdict(list)
        )
        rows = City.objects.select_related("country").defer("country__boundary")
        for city in rows.order_by("-population", "pk"):
            town = Town(city.pk, city.name, city.admin_unit_id, city.point.x, city.point.y)
            self._towns[city.country.country_code][plain(city.name)].append(town)
        self._guessed: dict[tuple[str, str], str] = {}

    def country_of(self, text: str) -> str:
        """Return the ISO code of a country."""
        code = self._countries.get(plain(text).replace(".", ""))
        if code is None:
            raise CellProblem("country", value=text)
        return code

    def locate(self, written: Written) -> Located | None:
        """Return the place as exactly as it is known; None when nothing of it is.

        Raises:
            CellProblem: the point lies outside the country.
        """
        spot = Spot(written.country, written.region, "", None, written.longitude, written.latitude)
        if written.longitude is not None and not self.atlas.is_inside(spot):
            raise CellProblem(_outside(self.atlas, spot), value=written.country)
        named = self._region(written)
        notices = []
        if written.region and named is None:
            notices.append(("region", "region_unknown", written.region))
        town, notice = self._town(written, named.id if named else None)
        notices += [notice] if notice else []
        if written.longitude is not None:
            return self._at_point(written, spot, (named, town), tuple(notices))
        return self._at_name(written, (named, town), tuple(notices))

    def _region(self, written: Written) -> Unit | None:
        exact = self.atlas.division_of(Spot(written.country, written.region))
        if exact or not written.region:
            return exact
        return self.atlas.division_beginning(written.country, written.region)

    def _at_point(
        self, written: Written, spot: Spot, known: tuple[Unit | None, Town | None], notices: Notices
    ) -> Located:
        named, town = known
        unit = named or self.atlas.division_of(spot)
        unit_id = (town.admin_unit_id if town else None) or (unit.id if unit else None)
        return Located(
            unit_id or self.atlas.country_ids[written.country],
            town.id if town else None,
            written.longitude or 0.0,
            written.latitude or 0.0,
            Precision.EXACT,
            town.name if town else written.city or (unit.names[0] if unit else ""),
            notices,
        )

    def _at_name(
        self, written: Written, known: tuple[Unit | None, Town | None], notices: Notices
    ) -> Located | None:
        named, town = known
        if town:
            unit_id = town.admin_unit_id or self.atlas.country_ids[written.country]
            point = (town.longitude, town.latitude)
            return Located(unit_id, town.id, *point, Precision.LOCALITY, town.name, notices)
        if named and named.center:
            place = (*named.center, Precision.ADMIN, named.names[0])
            return Located(named.id, None, *place, notices)
        return None

    def _town(
        self, written: Written, unit_id: int | None
    ) -> tuple[Town | None, tuple[str, str, str] | None]:
        if not written.city:
            return None, None
        towns = self._towns[written.country]
        name = plain(written.city)
        is_exact = name in towns
        if not is_exact:
            name = self._nearest(written.country, name)
        found = towns.get(name, [])
        inside = [town for town in found if unit_id is None or town.admin_unit_id == unit_id]
        if not inside:
            return None, ("city", "city_unknown", written.city)
        return inside[0], None if is_exact else ("city", "city_guessed", inside[0].name)

    def _nearest(self, country: str, name: str) -> str:
        key = (country, name)
        if key not in self._guessed:
            names = list(self._towns[country])
            hit = process.extractOne(name, names, scorer=fuzz.ratio, score_cutoff=CITY_CUTOFF)
            self._guessed[key] = hit[0] if hit else ""
        return self._guessed[key]


def _outside(atlas: Atlas, spot: Spot) -> str:
    """Tell a point that is elsewhere from one whose two numbers changed places."""
    turned = Spot(spot.country, longitude=spot.latitude, latitude=spot.longitude)
    return "turned" if atlas.is_inside(turned) else "outside"


@dataclass(frozen=True)
class Activity:
    """An entry of ISIC, and whether it had to be guessed."""

    id: int
    code: str
    is_guessed: bool


class Activities:
    """Entries of ISIC by their codes, by those of SCIAN, and by their labels."""

    def __init__(self) -> None:
        rows = Classification.objects.filter(scheme=Scheme.ISIC4).order_by("level", "code")
        self._ids: dict[str, int] = {}
        self._labels: dict[str, str] = {}
        for row in rows:
            self._ids[row.code] = row.pk
            for label in (row.label_es, row.label_pt, row.label_en):
                if label:
                    self._labels[plain(label)] = row.code
        self._scian = {}
        for scian, isic, label in _scian():
            self._scian[scian] = isic
            self._labels.setdefault(plain(label), isic)
        self._choices = list(self._labels)
        self._known: dict[tuple[str, str], Activity | None] = {}

    def find(self, text: str, country: str) -> Activity:
        """Return the entry that a code or a label means."""
        key = (text, country)
        if key not in self._known:
            self._known[key] = self._find(text, country)
        found = self._known[key]
        if found is None:
            raise CellProblem("activity", value=text)
        return found

    def _find(self, text: str, country: str) -> Activity | None:
        digits = "".join(sign for sign in text if sign.isdigit())
        if digits and not any(len(word) > 1 and word.isalpha() for word in text.split()):
            return self._by_code(digits, text, country)
        label = plain(text)
        if label in self._labels:
            return self._entry(self._labels[label], is_guessed=False)
        hit = process.extractOne(
            label, self._choices, scorer=fuzz.token_sort_ratio, score_cutoff=ACTIVITY_CUTOFF
        )
        return self._entry(self._labels[hit[0]], is_guessed=True) if hit else None

    def _by_code(self, digits: str, text: str, country: str) -> Activity | None:
        if country == "MX" and len(digits) == _SCIAN_LENGTH:
            return self._entry(self._scian.get(digits, ""), is_guessed=False)
        if len(digits) <= _ISIC_LENGTH and (digits in self._ids or text in self._ids):
            return self._entry(digits, is_guessed=False)
        return self._entry(digits[:_ISIC_LENGTH], is_guessed=True)

    def _entry(self, code: str, *, is_guessed: bool) -> Activity | None:
        return Activity(self._ids[code], code, is_guessed) if code in self._ids else None


def _scian() -> list[tuple[str, str, str]]:
    path = settings.DATA_DIR / "classifications" / "scian2018_isic4.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return [(r["scian"], r["isic4"], r["label_es"]) for r in csv.DictReader(lines)]


@dataclass(frozen=True)
class Reference:
    """What all rows are understood with."""

    places: Places
    activities: Activities
    country_ids: Mapping[str, int]


def current_reference() -> Reference:
    """Return the places and activities that are loaded now."""
    stamps = LoadedDataSet.objects.order_by("name").values_list("name", "digest")
    return _reference(tuple(stamps)) if stamps else _build()


@lru_cache(maxsize=1)
def _reference(_stamps: tuple[tuple[str, str], ...]) -> Reference:
    return _build()


def _build() -> Reference:
    atlas = current_atlas()
    return Reference(Places(atlas), Activities(), atlas.country_ids)
