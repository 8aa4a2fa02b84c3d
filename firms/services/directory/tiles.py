"""Vector tiles of the directory: from counted cells far out, from the rows themselves close by."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.gis.db.models import PointField
from django.contrib.gis.db.models.functions import Transform
from django.contrib.gis.geos import Polygon
from django.db import connection
from django.db.models import Case, F, FloatField, Func, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, NullIf

from firms.models import DirectoryEntry, Organization, Site
from firms.services.directory.tallies import WIDTH

COUNTED_TO = 10
DEEPEST = 14
CELLS = 3  # a tile is drawn 2^3 bunches wide: 64 pixels each, so that they stay apart
GRID_M = 12_000  # a place on the grid lies no farther from where it is
COLUMNS = ("shown_x", "shown_y", "organization__public_id", "shown_name")
NAME = Coalesce(NullIf("organization__trade_name", Value("")), "organization__legal_name")
FAR = "SELECT firms_tile(%s, %s, %s, %s, %s, %s)"
NEAR = """
    WITH found (px, py, id, name) AS ({rows}), cells AS (
        SELECT count(*)::int AS n, avg(px) AS px, avg(py) AS py,
               CASE WHEN count(*) = 1 THEN min(id::text) END AS id,
               CASE WHEN count(*) = 1 THEN min(name) END AS label
        FROM found WHERE px >= %s AND py > %s AND px < %s AND py <= %s
        GROUP BY floor(px / %s), floor(py / %s)
    ), drawn AS (
        SELECT n, id, label, ST_AsMVTGeom(ST_SetSRID(ST_MakePoint(px, py), 3857),
                                          ST_TileEnvelope(%s, %s, %s), 4096, 0) AS geom
        FROM cells
    )
    SELECT ST_AsMVT(drawn, 'organizations', 4096, 'geom') FROM drawn
"""


@dataclass(frozen=True)
class Tile:
    """A square of the world: zoom, column and row."""

    z: int
    x: int
    y: int

    def is_valid(self) -> bool:
        """Say whether there is such a square, no deeper than we draw."""
        return 0 <= self.z <= DEEPEST and 0 <= self.x < 2**self.z and 0 <= self.y < 2**self.z

    @property
    def cell(self) -> float:
        """The width of one of its cells, in meters of the projection."""
        return float(WIDTH / 2 ** (self.z + CELLS))

    @cached_property
    def area(self) -> Polygon:
        """Its square in the projection of the web."""
        side = WIDTH / 2**self.z
        west, north = self.x * side - WIDTH / 2, WIDTH / 2 - self.y * side
        square = Polygon.from_bbox((west, north - side, west + side, north))
        square.srid = 3857
        return square


def counted_tile(
    tile: Tile, *, visibility: Sequence[str], kind: str = "", verification: str = ""
) -> bytes:
    """Draw a tile from counted cells: no matter how many organizations there are."""
    values: list[Any] = [tile.z, tile.x, tile.y, kind, verification, list(visibility)]
    with connection.cursor() as cursor:
        cursor.execute(FAR, values)
        return bytes(cursor.fetchone()[0])


def drawn_tile(
    tile: Tile, *, rows: QuerySet[DirectoryEntry], exact: QuerySet[Organization] | None = None
) -> bytes:
    """Draw a tile from rows, on the grid; those in ``exact`` stand where they are."""
    area = tile.area if exact is None else tile.area.buffer(GRID_M)
    rows = rows.filter(spot__bboverlaps=area).order_by()
    spot: Any = F("spot")
    if exact is not None:
        flat = Cast("point", PointField(srid=4326))
        main = Site.objects.filter(organization=OuterRef("pk")).order_by("-is_main", "pk")
        place = Subquery(main.annotate(at=Transform(flat, 3857)).values("at")[:1])
        own = When(pk__in=exact.values("pk"), then=place)
        spot = Case(own, default=spot, output_field=PointField(srid=3857))
    axis = {
        name: Func(spot, function=function, output_field=FloatField())
        for name, function in (("shown_x", "ST_X"), ("shown_y", "ST_Y"))
    }
    inner = rows.annotate(**axis, shown_name=NAME).values_list(*COLUMNS)
    statement, params = inner.query.sql_with_params()
    with connection.cursor() as cursor:
        values = [*params, *tile.area.extent, tile.cell, tile.cell, tile.z, tile.x, tile.y]
        cursor.execute(NEAR.format(rows=statement), values)
        return bytes(cursor.fetchone()[0])
