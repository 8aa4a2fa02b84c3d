"""Geometry as GeoJSON, no finer than it is known."""

from typing import Any

from django.contrib.gis.geos import MultiPolygon, Point
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

Geometry = Point | MultiPolygon

# A fifth decimal of a degree is a meter; territories are drawn to about a hundred.
EXACT_DECIMALS = 5
TERRITORY_DECIMALS = 3
POSITION = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
LINE = {"type": "array", "items": POSITION}
GEOJSON_POINT = {
    "type": "object",
    "required": ["type", "coordinates"],
    "properties": {"type": {"type": "string", "enum": ["Point"]}, "coordinates": POSITION},
}
GEOJSON_AREA = {
    "type": "object",
    "required": ["type", "coordinates"],
    "properties": {
        "type": {"type": "string", "enum": ["MultiPolygon"]},
        "coordinates": {"type": "array", "items": {"type": "array", "items": LINE}},
    },
}


def geojson(geometry: Geometry | None, *, decimals: int) -> dict[str, Any] | None:
    """Return a geometry as GeoJSON, rounded; None stays None."""
    if geometry is None:
        return None
    return {
        "type": str(geometry.geom_type),
        "coordinates": _rounded(geometry.coords, decimals=decimals),
    }


def _rounded(coordinates: Any, *, decimals: int) -> Any:
    if isinstance(coordinates, tuple | list):
        return [_rounded(each, decimals=decimals) for each in coordinates]
    return round(coordinates, decimals)


class _GeometryField(serializers.Field[Any, Any, Any, Any]):
    """A geometry that is only read."""

    def __init__(self, *, decimals: int, **kwargs: Any) -> None:
        self.decimals = decimals
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: Geometry) -> dict[str, Any] | None:
        """Return GeoJSON."""
        return geojson(value, decimals=self.decimals)


@extend_schema_field(GEOJSON_POINT)
class PointField(_GeometryField):
    """A point as GeoJSON."""


@extend_schema_field(GEOJSON_AREA)
class AreaField(_GeometryField):
    """A multipolygon as GeoJSON."""
