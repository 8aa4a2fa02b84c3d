"""Adding up changes of the directory: for the filters' counts and for the map's cells.

Each organization that comes, goes or moves is a row in the table of changes, written by trigger; a
job adds them up every minute. A rebuild counts everything anew, so that no slip lasts.
"""

import datetime as dt

from django.db import connection, transaction

from common.jobs import Continue, Work
from firms.freshness import oldest_listed

FINEST, COARSEST = 13, 3  # a tile is 8 cells wide, for zooms 0 to 10
BATCH = 1_000
LOOKED_BACK = 8  # days; the weekly rebuild finds what is older
WIDTH = 40_075_016.685578488
# One statement: what it takes from the table of changes is what it counts.
TALLY = """
    INSERT INTO firms_directorytally AS t
        (country_code, kind, size_class, verification, visibility, count)
    SELECT country_code, kind, size_class, verification, visibility, sum(delta)
    FROM taken GROUP BY 1, 2, 3, 4, 5 HAVING sum(delta) <> 0
    ON CONFLICT (country_code, kind, size_class, verification, visibility)
        DO UPDATE SET count = t.count + excluded.count
"""
CELLS = f"""
    INSERT INTO firms_maptally AS t
        (level, x, y, kind, verification, visibility, count, sum_x, sum_y)
    SELECT level, cx, cy, coalesce(kind, ''), coalesce(verification, ''), visibility, sum(n),
           sum(sx), sum(sy)
    FROM (
        SELECT least(greatest(floor((ST_X(spot) / {WIDTH} + 0.5) * 2 ^ {FINEST}), 0),
                     2 ^ {FINEST} - 1)::int AS fx,
               least(greatest(floor((0.5 - ST_Y(spot) / {WIDTH}) * 2 ^ {FINEST}), 0),
                     2 ^ {FINEST} - 1)::int AS fy,
               kind, verification, visibility, sum(delta) AS n,
               sum(delta * round(ST_X(spot))::bigint) AS sx,
               sum(delta * round(ST_Y(spot))::bigint) AS sy
        FROM taken WHERE spot IS NOT NULL GROUP BY 1, 2, 3, 4, 5
    ) fine
    CROSS JOIN generate_series({COARSEST}, {FINEST}) AS level
    CROSS JOIN LATERAL (
        SELECT fx >> ({FINEST} - level) AS cx, fy >> ({FINEST} - level) AS cy
    ) cell
    -- each kind and state, and any of them, which is an empty word
    GROUP BY level, cx, cy, visibility, CUBE (kind, verification)
    ON CONFLICT (level, x, y, kind, verification, visibility) DO UPDATE SET
        count = t.count + excluded.count, sum_x = t.sum_x + excluded.sum_x,
        sum_y = t.sum_y + excluded.sum_y
"""  # noqa: S608 -- constants of this module
TAKEN = "WITH taken AS (DELETE FROM firms_directorychange RETURNING *), tallied AS (%s) %s"
FOLD = TAKEN % (TALLY, CELLS)
SWEEP = (
    "DELETE FROM firms_directorytally WHERE count = 0; DELETE FROM firms_maptally WHERE count = 0"
)
EMPTY = (
    "UPDATE firms_directorytally SET count = 0;"
    " UPDATE firms_maptally SET count = 0, sum_x = 0, sum_y = 0"
)
ALL_ROWS = (
    "DROP TABLE IF EXISTS pg_temp.taken; CREATE TEMP TABLE taken ON COMMIT DROP AS"
    " SELECT 1 AS delta, country_code, kind, size_class, verification,"
    " visibility, spot FROM firms_directoryentry WHERE is_listed"
)


def fold(_work: Work) -> None:
    """Add up the changes that wait."""
    with transaction.atomic(), connection.cursor() as cursor:
        # one after another: two folds at once would wait for each other's cells
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('directory.fold'))")
        cursor.execute(FOLD)
        cursor.execute(SWEEP)


def rebuild(work: Work) -> Continue | None:
    """Say anew what the directory knows, a batch at a time, then count it all anew."""
    after = int(work.payload.get("after", 0))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(id) FROM (SELECT id FROM firms_organization WHERE id > %s"
            " ORDER BY id LIMIT %s) batch",
            [after, BATCH],
        )
        ids = cursor.fetchone()[0]
        if ids:
            cursor.execute("SELECT firms_refresh_entries(%s)", [ids])
            done = int(work.payload.get("done", 0)) + len(ids)
            return Continue({"after": max(ids), "done": done}, done=done)
        recount()
    return None


def recount() -> None:
    """Count every tally and cell anew; changes that wait are in it already."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('directory.fold'))")
        # no change is written between emptying their table and reading what they changed
        cursor.execute("LOCK TABLE firms_directorychange IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("DELETE FROM firms_directorychange")
        cursor.execute(ALL_ROWS)
        cursor.execute(EMPTY)
        cursor.execute(TALLY)
        cursor.execute(CELLS)
        cursor.execute(SWEEP)


def roll_over(work: Work) -> None:
    """Follow the dates of offers, and of records that nobody confirmed in time."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT firms_refresh_entries(array(SELECT DISTINCT organization_id FROM firms_offer"
            " WHERE status = 'published' AND (valid_from BETWEEN %(day)s - 2 AND %(day)s"
            " OR valid_until BETWEEN %(day)s - 3 AND %(day)s - 1)))",
            {"day": work.now.date()},
        )
        oldest = oldest_listed(work.now.date())
        cursor.execute(
            "SELECT firms_refresh_entries(array(SELECT id FROM firms_organization WHERE"
            " verification IN ('claimed', 'verified') AND last_confirmed_on BETWEEN %s AND %s))",
            [oldest - dt.timedelta(days=LOOKED_BACK), oldest],
        )
