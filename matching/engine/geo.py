"""Places as cell tokens for the index, and distances for the score.

A listing *is* somewhere (``loc``) and *reaches* somewhere (``cover``); it is found when the two
arrays overlap. Tokens: 0 the world; administrative units by a hash of their ISO 3166 code; cells
of 0.5, 2 and 8 degrees, of which a radius takes the finest that covers it with few.
"""

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

WORLD = 0
CELL_DEGREES = (0.5, 2.0, 8.0)
MAX_CELLS = 16
EARTH_KM = 6_371.0088
KM_PER_DEGREE = 111.195
_CELL = 1 << 30


class ReachKind(IntEnum):
    """How a listing's reach is said."""

    RADIUS = 0
    TERRITORIES = 1
    NATIONAL = 2
    WORLDWIDE = 3


@dataclass(frozen=True)
class Spot:
    """A point in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class ReachArea:
    """How far a listing serves or looks: a radius, units by ISO code, its country, or the world."""

    kind: ReachKind
    km: float = 0.0
    units: tuple[str, ...] = ()


def unit_token(code: str) -> int:
    """Return the token of an administrative unit: 30 bits, never that of a cell or the world."""
    digest = hashlib.blake2b(code.encode(), digest_size=4).digest()
    return (int.from_bytes(digest, "big") & (_CELL - 1)) or 1


def location_tokens(spot: Spot | None, units: Iterable[str]) -> list[int]:
    """Return where a listing is: the world, its units from the country down, its cells."""
    tokens = [WORLD, *(unit_token(code) for code in units)]
    if spot is not None:
        tokens += [_cell(spot.latitude, spot.longitude, size) for size in range(len(CELL_DEGREES))]
    return tokens


def reach_tokens(reach: ReachArea, spot: Spot | None, country: str) -> list[int]:
    """Return where a listing reaches; a radius without a point reaches its country."""
    if reach.kind is ReachKind.WORLDWIDE:
        return [WORLD]
    if reach.kind is ReachKind.TERRITORIES:
        return [unit_token(code) for code in reach.units]
    if reach.kind is ReachKind.NATIONAL or spot is None:
        return [unit_token(country)]
    return _circle(spot, reach.km)


def distance_km(a_lat: Floats, a_lon: Floats, b_lat: Floats, b_lon: Floats) -> Floats:
    """Return great-circle distances of points in degrees; NaN where a point is unknown."""
    lat1, lat2 = np.radians(a_lat), np.radians(b_lat)
    half_lat = np.sin((lat2 - lat1) / 2) ** 2
    half_lon = np.sin(np.radians(b_lon - a_lon) / 2) ** 2
    chord = np.sqrt(np.clip(half_lat + np.cos(lat1) * np.cos(lat2) * half_lon, 0, 1))
    return np.asarray(2 * EARTH_KM * np.arcsin(chord), dtype=np.float64)


def _circle(spot: Spot, km: float) -> list[int]:
    """Return the cells that a circle touches, in the finest size that needs few of them."""
    north = km / KM_PER_DEGREE
    shrink = math.cos(math.radians(min(abs(spot.latitude) + north, 89.0)))
    east = min(north / shrink, 180.0)
    for size in range(len(CELL_DEGREES)):
        rows = _rows(spot.latitude - north, spot.latitude + north, size)
        columns = _columns(spot.longitude - east, spot.longitude + east, size)
        if len(rows) * len(columns) <= MAX_CELLS or size == len(CELL_DEGREES) - 1:
            return sorted({_token(row, column, size) for row in rows for column in columns})
    return []


def _cell(latitude: float, longitude: float, size: int) -> int:
    return _token(_rows(latitude, latitude, size)[0], _columns(longitude, longitude, size)[0], size)


def _rows(south: float, north: float, size: int) -> range:
    """Return the rows of cells between two latitudes, counted from the south pole."""
    degrees = CELL_DEGREES[size]
    low, high = max(south + 90.0, 0.0), min(north + 90.0, 179.999)
    return range(math.floor(low / degrees), math.floor(high / degrees) + 1)


def _columns(west: float, east: float, size: int) -> range:
    """Return the columns of cells between two longitudes, which may pass the date line."""
    degrees = CELL_DEGREES[size]
    first = math.floor((west + 180.0) / degrees)
    last = math.floor((east + 180.0) / degrees)
    return range(first, min(last, first + _around(size) - 1) + 1)


def _around(size: int) -> int:
    return round(360 / CELL_DEGREES[size])


def _token(row: int, column: int, size: int) -> int:
    return _CELL | size << 28 | row << 14 | column % _around(size)
