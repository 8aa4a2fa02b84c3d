"""Loading, counting and timing for the matching benchmark."""

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

from bench.synthetic import World
from matching.models import Side
from matching.services.projection import COLUMNS, Row, write_rows
from matching.services.scratch import TABLES

INSERTED = 100
INDEX = (
    "CREATE INDEX offer_doc_search ON matching_offerdoc USING gin (keys, cover, loc)"
    " WITH (fastupdate = off)"
)


class Meter:
    """CPU of this process and of its database backend since the start, in ms."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.schedule = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
        self.before = self._now()

    def cpu_ms(self) -> float:
        """Return milliseconds since the start."""
        return self._now() - self.before

    def _now(self) -> float:
        return int(self.schedule.read_text().split()[0]) / 1e6 + time.process_time_ns() / 1e6


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def kept_tables(schema: str) -> Iterator[None]:
    """Use tables that stay in a schema of a throw-away database, so that they are built once."""
    execute(
        "SET statement_timeout = 0",
        "SET idle_in_transaction_session_timeout = 0",
        f'CREATE SCHEMA IF NOT EXISTS "{schema}"',
        *(
            f'CREATE TABLE IF NOT EXISTS "{schema}".{table} (LIKE public.{table} INCLUDING ALL)'
            for table in TABLES
        ),
        f'SET search_path = "{schema}", public',
    )
    yield


def is_there(table: str) -> bool:
    """Say whether a table of this run holds rows already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [table])
        if not cursor.fetchone()[0]:
            return False
        cursor.execute(f"SELECT EXISTS (SELECT FROM {table})")  # noqa: S608 -- a constant
        return bool(cursor.fetchone()[0])


def load(world: World, offers: int) -> None:
    """Fill the empty tables: rows first, the index after; what is kept is not built again."""
    if is_there("matching_offerdoc"):
        say("the offers are there already: the needs are drawn anew")
        return
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        cursor.execute(
            "SELECT indexname FROM pg_indexes WHERE tablename = 'matching_offerdoc'"
            " AND schemaname = current_schema() AND indexdef LIKE '%gin%'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP INDEX "{name}"')
        with cursor.copy(f"COPY matching_offerdoc (offer_id, {COLUMNS}) FROM STDIN") as copy:
            for row in world.rows(offers):
                copy.write_row(row.values())
    execute(INDEX, "ANALYZE matching_offerdoc")


def count_keys() -> dict[int, int]:
    """Count keys of offers (side 0) as the product keeps them, and return the counts."""
    if not is_there("matching_keyfrequency"):
        _count_keys()
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, listings FROM matching_keyfrequency")
        return dict(cursor.fetchall())


def _count_keys() -> None:
    execute(
        "INSERT INTO matching_keyfrequency (side, key, listings) SELECT 0, key, count(*)"
        " FROM matching_offerdoc, unnest(keys) AS key GROUP BY key",
        "INSERT INTO matching_keyfrequency (side, key, listings)"
        " SELECT 0, 0, count(*) FROM matching_offerdoc",
        "ANALYZE matching_keyfrequency",
    )


def insert_times(world: World, offers: int) -> tuple[float, float]:
    """Return ms to insert an offer with the search index, and with the primary key alone."""
    rows = [world.row(offers + 1 + n) for n in range(2 * INSERTED)]
    with transaction.atomic():
        times = _insert_times(rows)
        transaction.set_rollback(True)
    return times


def _insert_times(rows: list[Row]) -> tuple[float, float]:
    execute(
        "CREATE TEMPORARY TABLE plain (LIKE matching_offerdoc)",
        "INSERT INTO plain SELECT * FROM matching_offerdoc",
        "ALTER TABLE plain ADD PRIMARY KEY (offer_id)",
    )
    with_index = _insert(rows[:INSERTED])
    execute(
        "ALTER TABLE matching_offerdoc RENAME TO searched",
        "ALTER TABLE plain RENAME TO matching_offerdoc",
    )
    alone = _insert(rows[INSERTED:])
    execute(
        "ALTER TABLE matching_offerdoc RENAME TO plain",
        "ALTER TABLE searched RENAME TO matching_offerdoc",
    )
    return with_index, alone


def _insert(rows: Iterable[Row]) -> float:
    ready = list(rows)
    started = time.perf_counter()
    for row in ready:
        write_rows(Side.OFFERS, rows=[row])
    return 1_000 * (time.perf_counter() - started) / len(ready)
