"""Coordinates as files write them."""

import math

from firms.sources.drafts import RowRejectedError

MAX_LATITUDE = 90
MAX_LONGITUDE = 180


def point_of(longitude: str, latitude: str) -> tuple[float, float]:
    """Return longitude and latitude in degrees.

    Raises:
        RowRejectedError: one is no number, or is none that exists on Earth.
    """
    try:
        x, y = float(longitude), float(latitude)
    except ValueError as error:
        raise RowRejectedError("coordinates", f"{latitude}, {longitude}") from error
    is_on_earth = abs(x) <= MAX_LONGITUDE and abs(y) <= MAX_LATITUDE
    if not (math.isfinite(x) and math.isfinite(y) and is_on_earth) or (x == 0 and y == 0):
        raise RowRejectedError("coordinates", f"{latitude}, {longitude}")
    return x, y
