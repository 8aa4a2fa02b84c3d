"""Clusters that an organization may belong to, by where it is and what it does."""

from collections.abc import Iterable

from django.contrib.gis.geos import Point
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.fields import BooleanField

from clusters.models import AdminUnit, Classification, Cluster

SHOWN = 6
DIVISION = 2


def suggested_clusters(
    rows: QuerySet[Cluster],
    *,
    unit: AdminUnit | None,
    point: Point | None,
    activities: Iterable[Classification],
    limit: int = SHOWN,
) -> list[Cluster]:
    """Return clusters around the place or of the activities, those with both first; ties by name.

    One of another country is never proposed. Each row says why: ``is_near``, ``is_of_sector``.
    """
    if unit is None:
        return []
    judged = rows.filter(country__country_code=unit.country_code).annotate(
        is_near=_near(unit, point), is_of_sector=_of_sector(activities)
    )
    fitting = judged.filter(Q(is_near=True) | Q(is_of_sector=True)).defer("territory")
    both_first = (F("is_near").desc(), F("is_of_sector").desc(), "label_es", "pk")
    return list(fitting.order_by(*both_first)[:limit])


def _near(unit: AdminUnit, point: Point | None) -> Exists:
    place = Q(admin_units=unit)
    if point is not None:
        place |= Q(territory__intersects=point)
    return Exists(Cluster.objects.filter(place, pk=OuterRef("pk")))


def _of_sector(activities: Iterable[Classification]) -> Exists | Value:
    same = Q()
    for activity in activities:
        division = "/".join(activity.path.split("/")[:DIVISION])
        same |= Q(sectors__path=division) | Q(sectors__path__startswith=f"{division}/")
    if not same:
        return Value(False, output_field=BooleanField())
    return Exists(Cluster.objects.filter(same, pk=OuterRef("pk")))
