"""Reading a territory that somebody drew: limits first, geometry second, a reason each time.

Nothing is repaired: a shape that crosses itself goes back to its author. The limits keep a hostile
file from costing more than a glance; the database mirrors the ones it can state.
"""

import json
import math
from collections.abc import Iterator
from enum import Enum

import shapely
from shapely.geometry import MultiPolygon, Polygon

MAX_BYTES = 64 * 1024
MAX_VERTICES = 2_000
MAX_RINGS = 50
LONGITUDE, LATITUDE = 180.0, 90.0
MIN_RING = 4

Ring = list[tuple[float, float]]


class Fault(Enum):
    """Why a text is not a territory."""

    TOO_LONG = "too_long"
    NOT_JSON = "not_json"
    NOT_POLYGON = "not_polygon"
    EMPTY = "empty"
    NOT_FINITE = "not_finite"
    OUT_OF_RANGE = "out_of_range"
    TOO_MANY_VERTICES = "too_many_vertices"
    TOO_MANY_RINGS = "too_many_rings"
    RING_NOT_CLOSED = "ring_not_closed"
    CROSSES_ITSELF = "crosses_itself"


class InvalidTerritory(ValueError):
    """The text is not a territory; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def parse_territory(text: str) -> MultiPolygon:
    """Return the multipolygon of a GeoJSON geometry, feature or collection of one feature."""
    if len(text.encode(errors="replace")) > MAX_BYTES:
        raise InvalidTerritory(Fault.TOO_LONG)
    polygons = [
        [_ring(ring) for ring in _list(polygon)] for polygon in _polygons(_geometry(_load(text)))
    ]
    _check_size(polygons)
    shape = MultiPolygon([Polygon(rings[0], rings[1:]) for rings in polygons])
    if not shapely.is_valid(shape):
        raise InvalidTerritory(Fault.CROSSES_ITSELF)
    return shape


def _load(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidTerritory(Fault.NOT_JSON) from error


def _geometry(value: object) -> dict[str, object]:
    """Unwrap a feature, or a collection of one."""
    for _level in range(3):
        if not isinstance(value, dict):
            break
        if value.get("type") == "FeatureCollection":
            features = value.get("features")
            value = features[0] if isinstance(features, list) and len(features) == 1 else None
        elif value.get("type") == "Feature":
            value = value.get("geometry")
        else:
            return value
    raise InvalidTerritory(Fault.NOT_POLYGON)


def _polygons(geometry: dict[str, object]) -> list[object]:
    coordinates = geometry.get("coordinates")
    if geometry.get("type") == "Polygon":
        polygons: list[object] = [coordinates]
    elif geometry.get("type") == "MultiPolygon":
        polygons = _list(coordinates)
    else:
        raise InvalidTerritory(Fault.NOT_POLYGON)
    if not polygons or not all(_list(polygon) for polygon in polygons):
        raise InvalidTerritory(Fault.EMPTY)
    return polygons


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise InvalidTerritory(Fault.NOT_POLYGON)
    return value


def _ring(value: object) -> Ring:
    ring = [_position(position) for position in _list(value)]
    if len(ring) < MIN_RING or ring[0] != ring[-1]:
        raise InvalidTerritory(Fault.RING_NOT_CLOSED)
    return ring


def _position(value: object) -> tuple[float, float]:
    """Return longitude and latitude; a height is dropped."""
    numbers = _list(value)[:2]
    pair = [_number(n) for n in numbers if isinstance(n, int | float) and not isinstance(n, bool)]
    if len(pair) != len(("longitude", "latitude")):
        raise InvalidTerritory(Fault.NOT_POLYGON)
    longitude, latitude = pair
    if not (math.isfinite(longitude) and math.isfinite(latitude)):
        raise InvalidTerritory(Fault.NOT_FINITE)
    if abs(longitude) > LONGITUDE or abs(latitude) > LATITUDE:
        raise InvalidTerritory(Fault.OUT_OF_RANGE)
    return longitude, latitude


def _number(value: float) -> float:
    try:
        return float(value)
    except OverflowError as error:
        raise InvalidTerritory(Fault.NOT_FINITE) from error


def _check_size(polygons: list[list[Ring]]) -> None:
    if sum(len(rings) for rings in polygons) > MAX_RINGS:
        raise InvalidTerritory(Fault.TOO_MANY_RINGS)
    if sum(len(ring) for ring in _rings(polygons)) > MAX_VERTICES:
        raise InvalidTerritory(Fault.TOO_MANY_VERTICES)


def _rings(polygons: list[list[Ring]]) -> Iterator[Ring]:
    return (ring for rings in polygons for ring in rings)
