"""Organizations that may be the same as one described: by number, by name, by place.

The caller says which rows may be found (``visible_organizations`` for a person, all for the
duplicates job). The database narrows by trigrams of bare names; the order is Python's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import F, FloatField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Greatest

from firms.models import Identifier, Organization, Site
from firms.names import bare_name, best_likeness, likeness_with_place

NARROWED_TO = 60
BARE = ("search_legal_name", "search_trade_name")
FLOOR = 0.72
METERS_IN_KM = 1_000


@dataclass(frozen=True)
class Described:
    """An organization as far as it is known: names, country, and perhaps a point."""

    names: Sequence[str]
    country_id: int
    point: Point | None = None


@dataclass(frozen=True)
class Alike:
    """An organization that may be the same: likeness of names, km apart, both in one score."""

    organization_id: int
    name: float
    km: float | None
    score: float


def holder_of(scheme: str, normalized: str) -> Identifier | None:
    """Return the identifier row of who holds a number, whoever may see it."""
    return Identifier.objects.filter(scheme=scheme, normalized=normalized).first()


def alike_organizations(
    rows: QuerySet[Organization], described: Described, *, limit: int = 5, floor: float = FLOOR
) -> list[Alike]:
    """Return the rows that look like the one described, the likest first; ties by age."""
    found = [_judge(values, described) for values in _narrowed(rows, described)]
    kept = [each for each in found if each.score >= floor]
    return sorted(kept, key=lambda each: (-each.score, each.organization_id))[:limit]


def _narrowed(rows: QuerySet[Organization], described: Described) -> list[dict[str, Any]]:
    bare = list(dict.fromkeys(name for name in map(bare_name, described.names) if name))
    if not bare:
        return []
    looks_alike, likeness = Q(), []
    for name in bare:
        looks_alike |= Q(search_legal_name__trigram_similar=name)
        looks_alike |= Q(search_trade_name__trigram_similar=name)
        likeness += [TrigramSimilarity(column, name) for column in BARE]
    near = (
        rows.filter(country=described.country_id)
        .filter(looks_alike)
        .annotate(closeness=Greatest(*likeness), meters=_meters(described.point))
        .order_by("-closeness", "pk")
    )
    values = near.values("pk", "legal_name", "trade_name", "acronym", "meters")
    return [dict(row) for row in values[:NARROWED_TO]]


def _meters(point: Point | None) -> Subquery | Value:
    if point is None:
        return Value(None, output_field=FloatField())
    sites = Site.objects.filter(organization=OuterRef("pk"))
    away = sites.annotate(away=Distance(F("point"), point)).order_by("away", "pk")
    return Subquery(away.values("away")[:1])


def _judge(values: dict[str, Any], described: Described) -> Alike:
    own = tuple(values[name] for name in ("legal_name", "trade_name", "acronym"))
    name = max(best_likeness(each, own) for each in described.names)
    away = values["meters"]
    km = None if away is None else getattr(away, "m", away) / METERS_IN_KM
    return Alike(values["pk"], name, km, likeness_with_place(name, km))
