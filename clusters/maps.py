"""Clusters as GeoJSON for a map: simplified in SQL, so that a list of them stays small."""

import json
from collections.abc import Iterable
from typing import Any

from django.contrib.gis.db.models import MultiPolygonField
from django.contrib.gis.db.models.functions import AsGeoJSON, GeoFunc
from django.db.models import F, QuerySet, Value
from django.urls import reverse

from clusters.models import Cluster

TOLERANCE_DEGREES = 0.01
DECIMALS = 4


class Simplified(GeoFunc):
    """A shape with fewer vertices that still does not cross itself."""

    function = "ST_SimplifyPreserveTopology"


def feature_collection(rows: QuerySet[Cluster]) -> dict[str, Any]:
    """Return one feature per territory; a cluster that drew none shows its admin units."""
    drawn = _shapes(rows.filter(territory__isnull=False), "territory")
    by_unit = _shapes(
        rows.filter(territory__isnull=True, admin_units__boundary__isnull=False),
        "admin_units__boundary",
    )
    features = [_feature(cluster) for cluster in (*drawn, *by_unit)]
    return {"type": "FeatureCollection", "features": features}


def _shapes(rows: QuerySet[Cluster], column: str) -> Iterable[Cluster]:
    simple = Simplified(F(column), Value(TOLERANCE_DEGREES), output_field=MultiPolygonField())
    with_shape = rows.defer("territory").annotate(shape=AsGeoJSON(simple, precision=DECIMALS))
    return with_shape.order_by("label_es", "pk")


def _feature(cluster: Any) -> dict[str, Any]:
    """Write one feature; rows annotated with ``members`` say how many they stand for."""
    members = getattr(cluster, "members", None)
    return {
        "type": "Feature",
        "geometry": json.loads(cluster.shape),
        "properties": {
            "id": cluster.slug,
            "label": cluster.label,
            "url": reverse("clusters:detail", args=[cluster.slug]),
            **({} if members is None else {"count": members}),
        },
    }
