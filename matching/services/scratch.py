"""A place to try things: the matcher's tables, empty, in a schema that never gets committed."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

TABLES = (
    "matching_offerdoc",
    "matching_needdoc",
    "matching_keyfrequency",
    "matching_frequencydelta",
    "matching_textepoch",
)


@contextmanager
def scratch_tables() -> Iterator[None]:
    """Let the services see empty tables of their own; all is rolled back, even by a kill.

    Other tables (places, lexicon, rules) are the real ones, to be read only.
    """
    schema = f"scratch_{secrets.token_hex(8)}"  # two runs at once do not wait for each other
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute(f"CREATE SCHEMA {schema}")
            for table in TABLES:
                cursor.execute(f"CREATE TABLE {schema}.{table} (LIKE public.{table} INCLUDING ALL)")
            cursor.execute(f"SET LOCAL search_path = {schema}, public")
        try:
            yield
        finally:
            transaction.set_rollback(True)
