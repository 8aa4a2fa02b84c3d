"""The migrated database that every run copies, made once for each set of migrations.

Migrating costs half a minute of processor time, copying a second. The name of the model carries a
digest of what it was made from, so a new migration makes a new one, and the old one goes.
"""

import hashlib
import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests.migrating import sparing_classes

FAMILY = "racimo_model_"
ANY_NUMBER = 7_151_129  # of the advisory lock: one process makes the model, the others wait


def model_name() -> str:
    """Name the model after the migrations and the packages that bring some of their own."""
    digest = hashlib.sha256()
    for path in sorted(settings.BASE_DIR.glob("*/migrations/*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    digest.update(Path(settings.BASE_DIR, "requirements.lock").read_bytes())
    return FAMILY + digest.hexdigest()[:16]


def ensure_model(*, anew: bool = False) -> str:
    """Return the name of the migrated database, and make it first where it is missing."""
    with server() as cursor:
        return _ensure(cursor, anew=anew)


def _ensure(cursor: Any, *, anew: bool) -> str:
    name = model_name()
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [FAMILY])
    there = {row[0] for row in cursor.fetchall()}
    for old in there if anew else there - {name}:
        cursor.execute(f"DROP DATABASE {old} WITH (FORCE)")
    if anew or name not in there:
        _make(cursor, name)
    return name


def _make(cursor: Any, name: str) -> None:
    unfinished = f"{FAMILY}unfinished"
    cursor.execute(f"DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)")
    cursor.execute(f"CREATE DATABASE {unfinished}")
    with connected_to(unfinished), sparing_classes():
        call_command("migrate", verbosity=0)
    cursor.execute(f"ALTER DATABASE {unfinished} RENAME TO {name}")


def copy_model(target: str, *, anew: bool = False) -> None:
    """Make the target a fresh copy of the model, whatever it held before."""
    with server() as cursor:
        model = _ensure(cursor, anew=anew)
        cursor.execute(f"DROP DATABASE IF EXISTS {target} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {target} TEMPLATE {model}")


def drop(target: str) -> None:
    """Remove a copy."""
    with server() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {target} WITH (FORCE)")


@contextmanager
def server() -> Iterator[Any]:
    """Speak with the server, in no database of the tests, one process at a time."""
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [ANY_NUMBER])
        yield cursor


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Point the connection of Django at another database for a while, without a time limit."""
    usual = connection.settings_dict
    options = {"connect_timeout": 3, "options": "-c statement_timeout=0 -c jit=off"}
    connection.close()
    connection.settings_dict = {**usual, "NAME": name, "OPTIONS": options}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = usual


def dump_of_model() -> Path:
    """Write the model out as SQL, for servers of other tests, and return the file."""
    name = ensure_model()
    path = Path(settings.VAR_DIR, f"{name}.sql")
    if not path.exists():
        part = path.with_suffix(f".{os.getpid()}")
        subprocess.run(
            ["pg_dump", "--no-owner", f"--dbname={address_of(name)}", f"--file={part}"], check=True
        )
        part.rename(path)
    return path


def address_of(name: str) -> str:
    """Return the address of another database of the same server."""
    at = connection.settings_dict
    return f"postgresql://{at['USER']}@/{name}?host={at['HOST']}"


def empty_tables(_style: Any, tables: Iterable[str], **_options: Any) -> list[str]:
    """Return what empties the tables after a test that commits: only those that hold something.

    Django truncates all of them, which rewrites a thousand files. Without triggers and foreign keys
    (the role of a replica) a few rows are gone in no time.
    """
    names = [connection.ops.quote_name(table) for table in tables]
    asked = " UNION ALL ".join(
        f"SELECT {number} WHERE EXISTS (SELECT FROM {name})"  # noqa: S608 - names of our tables
        for number, name in enumerate(names)
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        filled = [names[number] for (number,) in cursor.fetchall()]
    alone = "SET LOCAL session_replication_role = replica"
    return [alone, *(f"DELETE FROM {name}" for name in filled)]  # noqa: S608 - the same names
