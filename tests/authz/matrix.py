"""Reading the promise (matrix.toml) and trying it out."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests.authz.cast import ACTORS, World

FILE = Path(__file__).with_name("matrix.toml")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SIGN_IN = "/accounts/login/"
BOOKKEEPING = ["accounts_session", "accounts_ratebucket"]
WRITTEN = """
    SELECT * FROM (
        SELECT id, pg_stat_get_xact_tuples_inserted(id) + pg_stat_get_xact_tuples_updated(id)
                   + pg_stat_get_xact_tuples_deleted(id) AS written
        FROM unnest(%s::int[]) id
    ) counted WHERE written > 0
"""


@dataclass(frozen=True)
class Row:
    """What each actor gets from one address, by one method, on one kind of object."""

    name: str
    thing: str
    method: str
    kind: str
    promised: dict[str, str]
    query: str

    def __str__(self) -> str:
        return " ".join(filter(None, (self.name, self.method, self.kind)))


@cache
def promise() -> dict[str, dict[str, str]]:
    """Read the file."""
    with FILE.open("rb") as file:
        return tomllib.load(file)


@cache
def rows() -> tuple[Row, ...]:
    """Return every row of the file."""
    return tuple(_rows())


def _rows() -> Iterator[Row]:
    for name, entry in promise().items():
        for key, statuses in entry.items():
            if key in {"object", "query", "why"}:
                continue
            method, _space, kind = key.partition(" ")
            promised = dict(zip(ACTORS, statuses.split(), strict=True))
            query = entry.get("query", "")
            yield Row(name, entry.get("object", ""), method, kind, promised, query)


def address_of(name: str, kwargs: dict[str, Any], query: str = "") -> str:
    """Return the address in Spanish, with the parameters that a list cannot do without."""
    if name == "api:missing":
        return "/api/v1/no-existe/"
    with override("es"):
        path = reverse(name, kwargs=kwargs)
    return f"{path}?{query}" if query else path


def seen(response: HttpResponseBase) -> str:
    """Return the status, or "login" for being led to the sign-in page."""
    if response.status_code == 302 and SIGN_IN in response.headers["Location"]:
        return "login"
    return str(response.status_code)


def answer(client: Client, method: str, path: str) -> str:
    """Return what the actor gets; a star says that it changed something."""
    before = rows_written()
    text = seen(call(client, method, path))
    return f"{text}*" if rows_written() != before else text


def call(client: Client, method: str, path: str) -> HttpResponseBase:
    """Make one request and undo whatever it changed, in the database and in the browser."""
    cookies = client.cookies.copy()
    json = path.startswith("/api/")
    extra = {"data": "{}", "content_type": "application/json"} if json else {}
    sends = method in {"POST", "PUT", "PATCH", "DELETE"}
    try:
        with transaction.atomic():
            response = client.generic(method, path, **(extra if sends else {}))
            if not response.streaming:
                response.content  # noqa: B018 - rendered before the rollback
            transaction.set_rollback(True)
    finally:
        client.cookies = cookies
    return response


def rows_written() -> dict[str, int]:
    """Return how many rows this transaction has written per table, undone ones included.

    Asked tens of thousands of times: the view pg_stat_xact_user_tables takes four times as long.
    """
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN, [list(watched_tables())])
        return {watched_tables()[table]: written for table, written in cursor.fetchall()}


@cache
def watched_tables() -> dict[int, str]:
    """Name the tables that count by their numbers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relid::int, relname FROM pg_stat_user_tables WHERE relname <> ALL(%s)",
            [BOOKKEEPING],
        )
        return dict(cursor.fetchall())


def without_names(body: bytes, names: Iterable[Any]) -> bytes:
    """Blank what must differ between two answers: the address asked for and one-time values."""
    text = body.decode()
    for value in map(str, names):
        text = text.replace(f"/{value}/", "/ID/").replace(f"%2F{value}%2F", "%2FID%2F")
    text = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1TOKEN", text)
    return re.sub(r"nonce-[\w=-]+", "NONCE", text).encode()


def kinds_of(world: World, thing: str) -> dict[str, dict[str, Any]]:
    """Return the kinds of an object; an address without arguments has one nameless kind."""
    return world.objects[thing] if thing else {"": {}}
