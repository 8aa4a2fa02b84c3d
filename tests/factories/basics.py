"""The day, and places."""

import datetime as dt

from django.contrib.gis.geos import MultiPolygon, Point, Polygon

TODAY = dt.date(2026, 11, 24)
NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
SANTA_CRUZ = (-71.366, -34.639)


def point(longitude: float, latitude: float) -> Point:
    """Return a WGS 84 point."""
    return Point(longitude, latitude, srid=4326)


def box(west: float, south: float, east: float, north: float) -> MultiPolygon:
    """Return a rectangle as a WGS 84 multipolygon."""
    return MultiPolygon(Polygon.from_bbox((west, south, east, north)), srid=4326)
