"""The directory at size: where organizations are, how lists are ordered, how much is counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.db.models import PointField
from django.contrib.gis.geos import Point, Polygon
from django.contrib.gis.measure import D
from django.db import connection
from django.db.models import QuerySet, Value

from clusters.models import City
from firms.models import DirectoryTally, Organization

# Beyond this many rows nobody reads on: counts say "more than", and ranking gives way to names.
COUNTED = 10_000
FACETS = {
    "kind": "kind",
    "country": "country_code",
    "size": "size_class",
    "verification": "verification",
}
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Amount:
    """A number of rows: exact, or the least that there are."""

    count: int
    is_least: bool = False


@dataclass(frozen=True)
class Facets:
    """How many rows each value of a facet would leave, its own choice aside; and how many now."""

    total: Amount
    values: dict[str, dict[str, Amount]]


def listed(rows: QuerySet[Organization]) -> QuerySet[Organization]:
    """Keep the organizations that operate, as the directory's indexes know them."""
    return rows.filter(entry__is_listed=True)


def tagged(rows: QuerySet[Organization], *tags: str) -> QuerySet[Organization]:
    """Keep those that carry one of the tags."""
    if len(tags) == 1:
        return rows.filter(entry__tags__contains=list(tags))
    return rows.filter(entry__tags__overlap=list(tags))


def within(rows: QuerySet[Organization], city: City, km: int) -> QuerySet[Organization]:
    """Keep those with a site near a city, as others may know where the site is."""
    return rows.filter(entry__places__dwithin=(city.point, D(km=km)))


def inside(rows: QuerySet[Organization], box: Box) -> QuerySet[Organization]:
    """Keep those whose main site lies in a box of longitudes and latitudes."""
    area = Polygon.from_bbox(box)
    area.srid = 4326
    return rows.filter(entry__spot__bboverlaps=area)


def counted(rows: QuerySet[Any]) -> Amount:
    """Count rows, up to the limit."""
    found = rows.order_by().values("pk")[: COUNTED + 1].count()
    return Amount(min(found, COUNTED), is_least=found > COUNTED)


def near_point(city: City) -> Value:
    """Return a city's point as an expression."""
    point: Point = city.point
    return Value(point, output_field=PointField(geography=True, srid=4326))


def facets(
    rows: QuerySet[Organization],
    *,
    chosen: Mapping[str, list[str]],
    whole: QuerySet[DirectoryTally] | None,
) -> Facets:
    """Count what each facet would leave, in one statement, or two for a small directory.

    ``rows`` are narrowed by all but the facets. ``whole`` is the tally of all that the reader may
    see, for when nothing else narrows them; other large sets are counted in part.
    """
    cube = _tallied(whole) if whole is not None else {}
    is_ready = sum(cube.values()) > COUNTED
    if not is_ready:
        cube = _cube(rows)
    is_part = not is_ready and sum(cube.values()) > COUNTED
    return Facets(
        Amount(sum(_matching(cube, chosen, besides="")), is_part),
        {name: _values(cube, chosen, name, is_part=is_part) for name in FACETS},
    )


def _tallied(whole: QuerySet[DirectoryTally]) -> dict[tuple[str, ...], int]:
    counts: dict[tuple[str, ...], int] = {}
    for *values, count in whole.values_list(*FACETS.values(), "count"):
        counts[tuple(values)] = counts.get(tuple(values), 0) + count
    return counts


def _cube(rows: QuerySet[Organization]) -> dict[tuple[str, ...], int]:
    columns = [f"entry__{column}" for column in FACETS.values()]
    some = rows.order_by().values_list(*columns)[: COUNTED + 1]
    inner, params = some.query.sql_with_params()
    names = ", ".join(FACETS.values())
    statement = f"SELECT {names}, count(*) FROM ({inner}) AS t ({names}) GROUP BY {names}"  # noqa: S608 -- names of ours, values apart
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return {tuple(row[:-1]): row[-1] for row in cursor.fetchall()}


def _matching(
    cube: dict[tuple[str, ...], int], chosen: Mapping[str, list[str]], *, besides: str
) -> list[int]:
    """Return the counts of the combinations that every choice but one allows."""
    return [
        count
        for values, count in cube.items()
        if all(
            name == besides or not chosen.get(name) or value in chosen[name]
            for name, value in zip(FACETS, values, strict=True)
        )
    ]


def _values(
    cube: dict[tuple[str, ...], int],
    chosen: Mapping[str, list[str]],
    facet: str,
    *,
    is_part: bool,
) -> dict[str, Amount]:
    place = list(FACETS).index(facet)
    found: dict[str, int] = {}
    for value in sorted({values[place] for values in cube}):
        own = {values: n for values, n in cube.items() if values[place] == value}
        found[value] = sum(_matching(own, chosen, besides=facet))
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return {value: Amount(count, is_part) for value, count in ranked if value and count}
