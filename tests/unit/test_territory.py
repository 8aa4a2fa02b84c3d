import json
import math
import time
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from clusters.territory import (
    MAX_BYTES,
    MAX_RINGS,
    MAX_VERTICES,
    Fault,
    InvalidTerritory,
    parse_territory,
)

SQUARE = [[-71.0, -34.0], [-70.0, -34.0], [-70.0, -33.0], [-71.0, -33.0], [-71.0, -34.0]]


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def circle(vertices: int, radius: float = 1, x: float = -71, y: float = -34) -> Any:
    angles = [2 * math.pi * n / vertices for n in range(vertices)]
    ring = [
        [round(x + radius * math.cos(a), 4), round(y + radius * math.sin(a), 4)] for a in angles
    ]
    return [*ring, ring[0]]


def fault_of(value: Any) -> Fault:
    text = value if isinstance(value, str) else json.dumps(value)
    with pytest.raises(InvalidTerritory) as refusal:
        parse_territory(text)
    return refusal.value.fault


@pytest.mark.parametrize(
    "value",
    [
        polygon(SQUARE),
        {"type": "MultiPolygon", "coordinates": [[SQUARE]]},
        {"type": "Feature", "properties": {}, "geometry": polygon(SQUARE)},
        {
            "type": "FeatureCollection",
            "features": [{"type": "Feature", "geometry": polygon(SQUARE)}],
        },
        polygon([[x, y, 12.5] for x, y in SQUARE]),
    ],
)
def test_a_polygon_is_read_however_it_is_wrapped(value: Any) -> None:
    shape = parse_territory(json.dumps(value))
    assert (shape.geom_type, shape.area, shape.has_z) == ("MultiPolygon", 1, False)


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("{", Fault.NOT_JSON),
        ("[" * 50_000, Fault.NOT_JSON),
        (" " * (MAX_BYTES + 1), Fault.TOO_LONG),
        ([], Fault.NOT_POLYGON),
        ({"type": "Point", "coordinates": [1, 2]}, Fault.NOT_POLYGON),
        ({"type": "GeometryCollection", "geometries": [polygon(SQUARE)]}, Fault.NOT_POLYGON),
        ({"type": "FeatureCollection", "features": []}, Fault.NOT_POLYGON),
        ({"type": "Polygon"}, Fault.NOT_POLYGON),
        ({"type": "Polygon", "coordinates": [[["a", "b"]] * 4]}, Fault.NOT_POLYGON),
        ({"type": "Polygon", "coordinates": [[[True, False]] * 4]}, Fault.NOT_POLYGON),
        ({"type": "Polygon", "coordinates": [[[1]] * 4]}, Fault.NOT_POLYGON),
        (polygon(), Fault.EMPTY),
        ({"type": "MultiPolygon", "coordinates": []}, Fault.EMPTY),
        (polygon(SQUARE[:-1]), Fault.RING_NOT_CLOSED),
        (polygon([SQUARE[0], SQUARE[1], SQUARE[0]]), Fault.RING_NOT_CLOSED),
        (polygon([[x, y + 200] for x, y in SQUARE]), Fault.OUT_OF_RANGE),
        ('{"type":"Polygon","coordinates":[[[0,NaN],[1,0],[1,1],[0,NaN]]]}', Fault.NOT_FINITE),
        ('{"type":"Polygon","coordinates":[[[0,1e999],[1,0],[1,1],[0,1e999]]]}', Fault.NOT_FINITE),
        (polygon([[10**400, 0], *SQUARE[1:]]), Fault.NOT_FINITE),
        (polygon([[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]), Fault.CROSSES_ITSELF),
        (
            polygon(*[circle(4, 0.01, -71 + n / 10) for n in range(MAX_RINGS + 1)]),
            Fault.TOO_MANY_RINGS,
        ),
        (polygon(circle(MAX_VERTICES)), Fault.TOO_MANY_VERTICES),
    ],
)
def test_what_is_not_a_territory_says_why(value: Any, fault: Fault) -> None:
    assert fault_of(value) is fault


def test_the_largest_territory_allowed_is_read() -> None:
    shape = parse_territory(json.dumps(polygon(circle(MAX_VERTICES - 1))))
    assert shapely.get_num_coordinates(shape) == MAX_VERTICES


def test_a_zigzag_is_refused_at_a_glance() -> None:
    zigzag = [[n / 100, (n % 2) * 10] for n in range(500)]
    started = time.perf_counter()
    assert fault_of(polygon([*zigzag, zigzag[0]])) is Fault.CROSSES_ITSELF
    assert time.perf_counter() - started < 0.2


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(
            st.sampled_from(["type", "coordinates", "geometry", "features", "x"]), inner, max_size=4
        )
    ),
    max_leaves=20,
)


@given(json_values)
def test_any_json_is_a_territory_or_is_refused(value: Any) -> None:
    for wrapped in (value, {"type": "Polygon", "coordinates": value}):
        try:
            shape = parse_territory(json.dumps(wrapped))
        except InvalidTerritory:
            continue
        assert shapely.is_valid(shape)


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=3, max_size=12))
def test_whatever_is_accepted_is_valid_and_on_earth(points: list[tuple[float, float]]) -> None:
    ring = [*map(list, points), list(points[0])]
    try:
        shape = parse_territory(json.dumps(polygon(ring)))
    except InvalidTerritory:
        return
    west, south, east, north = shape.bounds
    assert shapely.is_valid(shape)
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90
