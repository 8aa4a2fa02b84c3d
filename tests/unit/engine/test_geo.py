"""Cells find everything that the distance would let in."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.geo import (
    MAX_CELLS,
    WORLD,
    ReachArea,
    ReachKind,
    Spot,
    distance_km,
    location_tokens,
    reach_tokens,
    unit_token,
)

latitudes = st.floats(-75, 75)
longitudes = st.floats(-180, 179.99)
CELL = 1 << 30


def km(a: Spot, b: Spot) -> float:
    points = (np.array([value]) for value in (a.latitude, a.longitude, b.latitude, b.longitude))
    return float(distance_km(*points)[0])


def moved(spot: Spot, km_away: float, bearing: float) -> Spot:
    """Return the point at a distance in a direction."""
    angle, lat = km_away / 6_371.0088, np.radians(spot.latitude)
    lat2 = np.arcsin(np.sin(lat) * np.cos(angle) + np.cos(lat) * np.sin(angle) * np.cos(bearing))
    turn = np.arctan2(
        np.sin(bearing) * np.sin(angle) * np.cos(lat), np.cos(angle) - np.sin(lat) * np.sin(lat2)
    )
    longitude = (spot.longitude + np.degrees(turn) + 540) % 360 - 180
    return Spot(float(np.degrees(lat2)), float(longitude))


def test_distances_are_great_circles():
    santiago, buenos_aires = Spot(-33.45, -70.667), Spot(-34.603, -58.382)
    assert abs(km(santiago, buenos_aires) - 1_139) < 3
    assert km(santiago, santiago) == 0
    assert np.isnan(km(santiago, Spot(float("nan"), 0.0)))


@given(latitudes, longitudes, st.integers(1, 2_000), st.floats(0, 0.999), st.floats(0, 6.28))
def test_whatever_lies_in_the_circle_shares_a_cell_with_it(
    latitude, longitude, reach, part, bearing
):
    center = Spot(latitude, longitude)
    inside = moved(center, reach * part, bearing)
    cover = reach_tokens(ReachArea(ReachKind.RADIUS, float(reach)), center, "CL")
    assert set(cover) & set(location_tokens(inside, ["XX"]))


@given(latitudes, longitudes, st.integers(1, 120))
def test_a_usual_radius_needs_few_cells(latitude, longitude, reach):
    cover = reach_tokens(ReachArea(ReachKind.RADIUS, float(reach)), Spot(latitude, longitude), "CL")
    assert len(cover) <= MAX_CELLS
    assert all(token >= CELL for token in cover)


def test_the_other_reaches_are_tokens_of_units():
    spot = Spot(-34.6, -71.4)
    assert reach_tokens(ReachArea(ReachKind.WORLDWIDE), spot, "CL") == [WORLD]
    assert reach_tokens(ReachArea(ReachKind.NATIONAL), spot, "CL") == [unit_token("CL")]
    units = ReachArea(ReachKind.TERRITORIES, units=("CL-LI", "AR"))
    assert reach_tokens(units, spot, "CL") == [unit_token("CL-LI"), unit_token("AR")]
    assert reach_tokens(ReachArea(ReachKind.RADIUS, 50.0), None, "CL") == [unit_token("CL")]


def test_a_place_is_in_the_world_its_units_and_its_cells():
    tokens = location_tokens(Spot(-34.6, -71.4), ["CL", "CL-LI"])
    assert tokens[:3] == [WORLD, unit_token("CL"), unit_token("CL-LI")]
    assert len(set(tokens)) == 6
    assert location_tokens(None, []) == [WORLD]
    assert 0 < unit_token("CL") < CELL
