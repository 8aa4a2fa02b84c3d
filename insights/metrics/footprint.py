"""The ground that a cluster covers, drawn so that no corner of it is a firm's address."""

import math
from collections.abc import Sequence

import shapely
from shapely.geometry import MultiPoint, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

Point = tuple[float, float]
RATIO = 0.3
MINIMUM_GROUPS = 5
BUFFER_M = 500.0
GRID_M = 1_000.0


def hull(points: Sequence[Point], ratio: float = RATIO) -> BaseGeometry:
    """Return the concave hull of points in a metric projection; `ratio` 1 is the convex hull.

    Its corners are the points themselves: it is for computing, never for showing.
    """
    return shapely.concave_hull(MultiPoint(points), ratio=ratio)


def public_footprint(
    components: Sequence[Sequence[Point]], groups: int, *, ratio: float = RATIO
) -> BaseGeometry | None:
    """Return the union of 1 km cells that the buffered hulls touch; None below five legal groups.

    `components` are the parts of the cluster, in meters on an equal-area projection. One or two
    distinct points are buffered as they are.
    """
    if groups < MINIMUM_GROUPS or not any(components):
        return None
    shapes = [_shape(part, ratio).buffer(BUFFER_M) for part in components if part]
    return unary_union([cell for shape in shapes for cell in _cells(shape)])


def area_km2(shape: BaseGeometry) -> float:
    """Return the area of a shape in meters as square kilometers."""
    return float(shape.area) / 1e6


def _shape(points: Sequence[Point], ratio: float) -> BaseGeometry:
    return MultiPoint(points) if len(set(points)) <= 2 else hull(points, ratio)


def _cells(shape: BaseGeometry) -> list[BaseGeometry]:
    west, south, east, north = (math.floor(v / GRID_M) for v in shape.bounds)
    cells = [
        box(i * GRID_M, j * GRID_M, (i + 1) * GRID_M, (j + 1) * GRID_M)
        for i in range(west, east + 1)
        for j in range(south, north + 1)
    ]
    return [cell for cell in cells if cell.intersects(shape)]
