"""A tile is read from 64 cells ready as they are drawn, by a plan that is kept."""

from django.db import migrations, models

WIDTH = 40_075_016.685578488
TILE = f"""
DROP INDEX map_tally_by_tile;
CREATE INDEX map_tally_by_tile
    ON firms_maptally (level, (x >> 3), (y >> 3), kind, verification, visibility)
    INCLUDE (x, y, count, sum_x, sum_y);

CREATE FUNCTION firms_tile(zoom int, column_ int, row_ int, of_kind text, in_state text,
                           seen_by text[])
RETURNS bytea LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    side float8 := {WIDTH} / 2 ^ zoom;
    west float8 := column_ * side - {WIDTH} / 2;
    north float8 := {WIDTH} / 2 - row_ * side;
    drawn bytea;
BEGIN
    SELECT ST_AsMVT(cells, 'organizations', 4096, 'geom') INTO drawn FROM (
        SELECT sum(count)::int AS n,
               ST_MakePoint(round((sum(sum_x)::float8 / sum(count) - west) / side * 4096),
                            round((north - sum(sum_y)::float8 / sum(count)) / side * 4096)) AS geom
        FROM firms_maptally
        WHERE level = zoom + 3 AND x >> 3 = column_ AND y >> 3 = row_
          AND kind = of_kind AND verification = in_state AND visibility = ANY(seen_by)
        GROUP BY x, y HAVING sum(count) > 0
    ) cells;
    RETURN drawn;
END $$;
"""
TILE_BACK = """
DROP FUNCTION firms_tile(int, int, int, text, text, text[]);
DROP INDEX map_tally_by_tile;
CREATE INDEX map_tally_by_tile ON firms_maptally (level, (x >> 4), (y >> 4));
"""
# Cells are counted anew; changes that wait are among the entries that are read.
RECOUNT = f"""
SET LOCAL statement_timeout = 0;
LOCK TABLE firms_directorychange IN SHARE ROW EXCLUSIVE MODE;
DELETE FROM firms_directorychange;
DELETE FROM firms_directorytally;
DELETE FROM firms_maptally;
INSERT INTO firms_directorytally
    (country_code, kind, size_class, verification, visibility, count)
SELECT country_code, kind, size_class, verification, visibility, count(*)
FROM firms_directoryentry WHERE is_listed GROUP BY 1, 2, 3, 4, 5;
INSERT INTO firms_maptally (level, x, y, kind, verification, visibility, count, sum_x, sum_y)
SELECT level, cx, cy, coalesce(kind, ''), coalesce(verification, ''), visibility, sum(n), sum(sx),
       sum(sy)
FROM (
    SELECT least(greatest(floor((ST_X(spot) / {WIDTH} + 0.5) * 8192), 0), 8191)::int AS fx,
           least(greatest(floor((0.5 - ST_Y(spot) / {WIDTH}) * 8192), 0), 8191)::int AS fy,
           kind, verification, visibility, count(*) AS n,
           sum(round(ST_X(spot))::bigint) AS sx, sum(round(ST_Y(spot))::bigint) AS sy
    FROM firms_directoryentry WHERE is_listed AND spot IS NOT NULL GROUP BY 1, 2, 3, 4, 5
) fine
CROSS JOIN generate_series(3, 13) AS level
CROSS JOIN LATERAL (SELECT fx >> (13 - level) AS cx, fy >> (13 - level) AS cy) cell
GROUP BY level, cx, cy, visibility, CUBE (kind, verification);
"""


class Migration(migrations.Migration):

    dependencies = [
        ("firms", "0031_entries_by_confirmation"),
    ]

    operations = [
        migrations.AlterField(
            model_name='maptally',
            name='kind',
            field=models.CharField(blank=True, help_text='Empty: of any kind.', max_length=24),
        ),
        migrations.AlterField(
            model_name='maptally',
            name='verification',
            field=models.CharField(blank=True, help_text='Empty: in any state.', max_length=8),
        ),
        migrations.RunSQL(RECOUNT, migrations.RunSQL.noop),
        migrations.RunSQL(TILE, TILE_BACK),
    ]
