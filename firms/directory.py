"""The directory at size: where organizations are, how lists are ordered, how much is counted."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.contrib.gis.db.models import PointField
from django.contrib.gis.geos import Point, Polygon
from django.contrib.gis.measure import D
from django.contrib.postgres.fields import ArrayField
from django.db import OperationalError, connection, transaction
from django.db.models import BigIntegerField, BooleanField, F, Func, Model, QuerySet, Value
from psycopg.errors import QueryCanceled

from clusters.models import City
from firms.models import DirectoryEntry, DirectoryTally

# Beyond this many rows nobody reads on: counts say "more than", and ranking gives way to names.
COUNTED = 10_000
FACETS = {
    "kind": "kind",
    "country": "country_code",
    "size": "size_class",
    "verification": "verification",
}
BY_INDEX = "SET LOCAL enable_seqscan = off; {}; SET LOCAL enable_seqscan TO DEFAULT"
Box = tuple[float, float, float, float]
RowT = TypeVar("RowT", bound=Model)
Cube = dict[tuple[str, ...], int]


@dataclass(frozen=True)
class Amount:
    """A number of rows: exact, or the least that there are."""

    count: int
    is_least: bool = False


@dataclass(frozen=True)
class Facets:
    """How many rows each value of a facet would leave, its own choice aside; and how many now.

    ``keys`` are those of the rows that counting had to read.
    """

    total: Amount
    values: dict[str, dict[str, Amount]]
    keys: list[int] | None = None


def tagged(rows: QuerySet[DirectoryEntry], *tags: str) -> QuerySet[DirectoryEntry]:
    """Keep those that carry one of the tags."""
    if len(tags) == 1:
        return rows.filter(tags__contains=list(tags))
    return rows.filter(tags__overlap=list(tags))


def within(rows: QuerySet[DirectoryEntry], city: City, km: int) -> QuerySet[DirectoryEntry]:
    """Keep those with a site near a city, as others may know where the site is."""
    return rows.filter(places__dwithin=(city.point, D(km=km)))


def inside(rows: QuerySet[DirectoryEntry], box: Box) -> QuerySet[DirectoryEntry]:
    """Keep those whose main site lies in a box of longitudes and latitudes."""
    area = Polygon.from_bbox(box)
    area.srid = 4326
    return rows.filter(spot__bboverlaps=area)


class _IsAmong(Func):
    """Whether a key is in a list, which is one value however long it is."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def among(rows: QuerySet[RowT], keys: Sequence[int]) -> QuerySet[RowT]:
    """Keep the rows with these keys."""
    listed = Value(list(keys), output_field=ArrayField(BigIntegerField()))
    return rows.filter(_IsAmong(F("pk"), listed))


class TookTooLong(Exception):
    """A statement did not end within its time."""


@contextmanager
def at_most(milliseconds: int) -> Iterator[None]:
    """Give statements less time than usual."""
    setting = (
        "SELECT current_setting('statement_timeout'), set_config('statement_timeout', %s, true)"
    )
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(setting, [str(milliseconds)])
            usual = cursor.fetchone()[0]
            yield
            cursor.execute(setting, [usual])
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TookTooLong from error
        raise


def counted(rows: QuerySet[Any]) -> Amount:
    """Count rows, up to the limit."""
    found = rows.order_by().values("pk")[: COUNTED + 1].count()
    return Amount(min(found, COUNTED), is_least=found > COUNTED)


def keys_of(rows: QuerySet[Any]) -> list[int]:
    """Return the keys of rows, of one more than are counted at the most."""
    inner, params = rows.order_by().values("pk")[: COUNTED + 1].query.sql_with_params()
    ((keys,),) = _by_index(f"SELECT array_agg(pk) FROM ({inner}) AS t (pk)", params)  # noqa: S608 -- a query of ours, values apart
    return keys or []


def _by_index(statement: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Read without passing through the whole table, which is dearer than the database believes.

    What is set holds for this statement alone, be there a transaction around it or not.
    """
    with connection.cursor() as cursor:
        cursor.execute(BY_INDEX.format(statement), params)
        cursor.nextset()
        return list(cursor.fetchall())


def near_point(city: City) -> Value:
    """Return a city's point as an expression."""
    point: Point = city.point
    return Value(point, output_field=PointField(geography=True, srid=4326))


def facets(
    rows: QuerySet[DirectoryEntry],
    *,
    chosen: Mapping[str, list[str]],
    whole: QuerySet[DirectoryTally] | None,
) -> Facets:
    """Count what each facet would leave, in one statement, or two for a small directory.

    ``rows`` are narrowed by all but the facets. ``whole`` is the tally of all that the reader may
    see, for when nothing else narrows them; other large sets are counted in part.
    """
    cube = _tallied(whole) if whole is not None else {}
    if sum(cube.values()) > COUNTED:
        return _said(cube, chosen, is_part=False)
    found = _found(rows)
    cube = {values: len(keys) for values, keys in found.items()}
    is_part = sum(cube.values()) > COUNTED
    kept = [key for values in _matching(cube, chosen) for key in found[values]]
    return replace(_said(cube, chosen, is_part=is_part), keys=kept)


def _said(cube: Cube, chosen: Mapping[str, list[str]], *, is_part: bool) -> Facets:
    total = sum(cube[values] for values in _matching(cube, chosen))
    return Facets(
        Amount(total, is_part),
        {name: _values(cube, chosen, name, is_part=is_part) for name in FACETS},
    )


def _tallied(whole: QuerySet[DirectoryTally]) -> Cube:
    counts: Cube = {}
    for *values, count in whole.values_list(*FACETS.values(), "count"):
        counts[tuple(values)] = counts.get(tuple(values), 0) + count
    return counts


def _found(rows: QuerySet[DirectoryEntry]) -> dict[tuple[str, ...], list[int]]:
    """Return the keys of the rows by the values of their facets, up to the limit, in one read."""
    some = rows.order_by().values_list(*FACETS.values(), "pk")[: COUNTED + 1]
    inner, params = some.query.sql_with_params()
    names = ", ".join(FACETS.values())
    statement = f"SELECT {names}, array_agg(pk) FROM ({inner}) AS t ({names}, pk) GROUP BY {names}"  # noqa: S608 -- names of ours, values apart
    return {row[:-1]: row[-1] for row in _by_index(statement, params)}


def _matching(
    cube: Cube, chosen: Mapping[str, list[str]], *, besides: str = ""
) -> list[tuple[str, ...]]:
    """Return the combinations that every choice but one allows."""
    asked = [
        (place, frozenset(chosen[name]))
        for place, name in enumerate(FACETS)
        if name != besides and chosen.get(name)
    ]
    return [values for values in cube if all(values[place] in wanted for place, wanted in asked)]


def _values(
    cube: Cube, chosen: Mapping[str, list[str]], facet: str, *, is_part: bool
) -> dict[str, Amount]:
    place = list(FACETS).index(facet)
    found: dict[str, int] = {}
    for values in _matching(cube, chosen, besides=facet):
        found[values[place]] = found.get(values[place], 0) + cube[values]
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return {value: Amount(count, is_part) for value, count in ranked if value and count}
