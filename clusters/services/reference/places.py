"""Countries, their first-level divisions, and cities."""

import json
from pathlib import Path
from typing import Any

from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.utils.translation import gettext as _

from clusters.models import AdminUnit, City, fold
from clusters.services.reference.files import CannotLoadReference, chunks, rows_of

FILES = ("countries.csv", "admin1.geojson", "cities.csv")
LABELS = ("label_es", "label_pt", "label_en")
UNIT_FIELDS = (*LABELS, "level", "country_code", "parent", "boundary", "center")
CITY_FIELDS = (
    "name", "search_name", "country", "admin_unit", "point", "population", "timezone",
)  # fmt: skip
CITY_COLUMNS = (
    "geonames_id", "name", "country", "admin1", "lat", "lon", "population", "timezone",
)  # fmt: skip
CHUNK = 1_000


def load_places(*, folder: Path) -> int:
    """Write the places of a folder over those that exist; return how many there are."""
    return _load_countries(folder) + _load_divisions(folder) + _load_cities(folder)


def _load_countries(folder: Path) -> int:
    units = [
        AdminUnit(
            code=row["code"],
            level=0,
            country_code=row["code"],
            center=_point(row["lon"], row["lat"]) if row["lon"] else None,
            **{label: row[label] for label in LABELS},
        )
        for row in rows_of(path=folder / "countries.csv", columns=("code", *LABELS, "lon", "lat"))
    ]
    return _write_units(units)


def _load_divisions(folder: Path) -> int:
    countries = _ids_of_units(level=0)
    try:
        features = json.loads((folder / "admin1.geojson").read_text())["features"]
        units = [_division(feature, countries) for feature in features]
    except (KeyError, TypeError, ValueError) as error:
        raise CannotLoadReference(
            _("admin1.geojson no se entiende: %(why)s.") % {"why": error}
        ) from error
    return _write_units(units)


def _division(feature: dict[str, Any], countries: dict[str, int]) -> AdminUnit:
    facts = feature["properties"]
    country = facts["code"][:2]
    return AdminUnit(
        code=facts["code"],
        level=1,
        country_code=country,
        parent_id=countries[country],
        boundary=_boundary(feature["geometry"]["coordinates"]),
        center=_point(facts["lon"], facts["lat"]),
        **{label: facts[label] for label in LABELS},
    )


def _boundary(polygons: list[list[list[list[float]]]]) -> MultiPolygon:
    return MultiPolygon([Polygon(*rings) for rings in polygons], srid=4326)


def _load_cities(folder: Path) -> int:
    units = _ids_of_units(level=0) | _ids_of_units(level=1)
    rows = rows_of(path=folder / "cities.csv", columns=CITY_COLUMNS)
    total = 0
    for chunk in chunks(rows=rows, size=CHUNK):
        cities = City.objects.bulk_create(
            [_city(row, units) for row in chunk],
            update_conflicts=True,
            unique_fields=["geonames_id"],
            update_fields=CITY_FIELDS,
        )
        total += len(cities)
    return total


def _city(row: dict[str, str], units: dict[str, int]) -> City:
    try:
        return City(
            geonames_id=int(row["geonames_id"]),
            name=row["name"],
            search_name=fold(row["name"]),
            country_id=units[row["country"]],
            admin_unit_id=units[row["admin1"]] if row["admin1"] else None,
            point=_point(row["lon"], row["lat"]),
            population=int(row["population"]),
            timezone=row["timezone"],
        )
    except (KeyError, ValueError) as error:
        raise CannotLoadReference(
            _("cities.csv, ciudad %(name)s: %(why)s.") % {"name": row["name"], "why": error}
        ) from error


def _write_units(units: list[AdminUnit]) -> int:
    written = AdminUnit.objects.bulk_create(
        units,
        batch_size=100,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=UNIT_FIELDS,
    )
    return len(written)


def _ids_of_units(*, level: int) -> dict[str, int]:
    """Return the ids of countries (0) or divisions (1) by ISO 3166 code."""
    return dict(AdminUnit.objects.filter(level=level).values_list("code", "pk"))


def _point(longitude: str, latitude: str) -> Point:
    return Point(float(longitude), float(latitude), srid=4326)
