"""Organizations that rows look like by name and place, many rows in one question."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.gis.geos import Point
from django.db import connection

from accounts.models import User
from firms.models import Organization, Site
from firms.names import bare_name, best_likeness, likeness_with_place
from firms.policies import visible_organizations

NARROWED_BY = "0.55"  # of trigrams, before Python looks
FLOOR = 0.84
KM_OF_A_DEGREE = 111.0
NARROW = """
    SELECT asked.number, near.id
    FROM unnest(%s::int[], %s::text[], %s::bigint[]) AS asked(number, name, country)
    CROSS JOIN LATERAL (
        SELECT id FROM firms_organization AS o
        WHERE o.country_id = asked.country
          AND (o.search_legal_name %% asked.name
               OR o.search_trade_name %% asked.name)
        ORDER BY greatest(similarity(o.search_legal_name, asked.name),
                          similarity(o.search_trade_name, asked.name)) DESC, id
        LIMIT 6
    ) AS near
"""


@dataclass(frozen=True)
class Named:
    """A row as far as likeness needs it."""

    number: int
    names: tuple[str, ...]
    country_id: int
    point: tuple[float, float] | None


def nearest_organizations(named: Sequence[Named], actor: User) -> dict[int, int]:
    """Return, by the number of its row, the organization that looks most like it.

    Only what the actor may see is found: the others do not exist for them.
    """
    near = _narrowed(named)
    ids = {pk for found in near.values() for pk in found}
    rows = (
        visible_organizations(actor).filter(pk__in=ids).only("legal_name", "trade_name", "acronym")
    )
    organizations = {row.pk: row for row in rows}
    points = _points(organizations)
    best: dict[int, int] = {}
    for row in named:
        scores = [
            (-_score(row, organizations[pk], points.get(pk)), pk)
            for pk in near.get(row.number, ())
            if pk in organizations
        ]
        score, pk = min(scores, default=(0.0, 0))
        if -score >= FLOOR:
            best[row.number] = pk
    return best


def _narrowed(named: Sequence[Named]) -> dict[int, list[int]]:
    asked = [
        (row.number, bare, row.country_id)
        for row in named
        for bare in {bare_name(name) for name in row.names}
        if bare
    ]
    found: defaultdict[int, list[int]] = defaultdict(list)
    if not asked:
        return found
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [NARROWED_BY])
        cursor.execute(NARROW, [list(column) for column in zip(*asked, strict=True)])
        for number, pk in cursor.fetchall():
            found[number].append(pk)
    return found


def _points(organizations: Mapping[int, Organization]) -> dict[int, tuple[float, float]]:
    sites = Site.objects.filter(organization__in=organizations, is_main=True).order_by("pk")
    rows = sites.values_list("organization_id", "point")
    return {owner: (point.x, point.y) for owner, point in rows}


def _score(row: Named, organization: Organization, point: tuple[float, float] | None) -> float:
    own = (organization.legal_name, organization.trade_name, organization.acronym)
    name = max(best_likeness(each, own) for each in row.names)
    km = None
    if row.point and point:
        km = Point(*row.point).distance(Point(*point)) * KM_OF_A_DEGREE
    return likeness_with_place(name, km)
