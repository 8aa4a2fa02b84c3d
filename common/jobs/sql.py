"""The engine's statements are SQL, written out: their locks and clocks are the point of them."""

from typing import Any

from django.db import connection


def rows(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    """Run a statement and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def row(statement: str, **values: Any) -> tuple[Any, ...] | None:
    """Run a statement and return its first row, or None."""
    return next(iter(rows(statement, **values)), None)


def count(statement: str, **values: Any) -> int:
    """Run a statement and return how many rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)
