"""Who writes: told to the database beside each statement that may change something."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.pq import TransactionStatus

# What cannot change a row needs no name beside it.
READS = re.compile(
    r"\s*(SELECT|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|SET|SHOW|DECLARE|FETCH|CLOSE|EXPLAIN)\b",
    re.IGNORECASE,
)
TELL = "SELECT set_config('racimo.by', %s, false)"


@dataclass(frozen=True)
class Actor:
    """A person (perhaps for an organization that is not theirs), a job, or a command."""

    origin: str
    person: Callable[[], int | None] = lambda: None
    acting_for: Callable[[], int | None] = lambda: None
    request: str = ""

    def told(self) -> str:
        """Return what the triggers read."""
        facts = {
            "actor": self.person(),
            "acting_for": self.acting_for(),
            "origin": self.origin,
            "request": self.request,
        }
        return json.dumps({name: value for name, value in facts.items() if value})


_current: ContextVar[Actor | None] = ContextVar("racimo_actor", default=None)


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """Name the actor of every write in the block; the innermost name counts."""
    token = _current.set(actor)
    try:
        with connection.execute_wrapper(_tell_before):
            yield
    finally:
        _current.reset(token)
        if _current.get() is None:
            _forget()


def tell_who() -> None:
    """Name the actor before a write that is no statement of its own: a COPY."""
    actor = _current.get()
    if actor is not None:
        _tell(connection, actor.told())


def _tell_before(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """Name the actor in front of each write: a rollback may have taken the last one back."""
    actor = _current.get()
    if actor is not None and not READS.match(sql):
        _tell(context["connection"], actor.told())
    return execute(sql, params, many, context)


def _forget() -> None:
    """Leave no name behind; a transaction that failed takes its own away."""
    if connection.connection is not None and not connection.connection.closed:
        _tell(connection, "")


def _tell(database: BaseDatabaseWrapper, told: str) -> None:
    """Set it beside Django's cursors: this is no query of the page, and no write of its own."""
    database.ensure_connection()
    raw = database.connection
    if raw.info.transaction_status == TransactionStatus.INERROR:
        return
    with database.wrap_database_errors, raw.cursor() as cursor:
        cursor.execute(TELL, [told])
