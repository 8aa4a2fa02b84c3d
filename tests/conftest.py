"""What every suite shares: no hidden order, no network, and a digest of the database."""

import os
import random
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import get_hashers
from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.database import copy_model, drop, empty_tables

# Hypothesis without a stopwatch: a busy machine is not a failing law.
hypothesis_settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("house")

# Each worker has a folder, a number in Redis, and a database of its own (pytest-django names it).
REDIS_NUMBERS = 15  # 0 stays with a run in one process


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(specs: list[Any]) -> None:
    for number, spec in enumerate(specs, start=1):
        var = Path(settings.VAR_DIR) / f"worker-{number}"
        var.mkdir(parents=True, exist_ok=True)
        redis = f"{settings.REDIS_URL}?virtual_host={number % REDIS_NUMBERS}"
        spec.env.update(RACIMO_VAR=str(var), REDIS_URL=redis)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """Copy the migrated database instead of migrating; --create-db migrates anew all the same."""
    name = connection.creation._get_test_db_name()
    first = os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0"
    with django_db_blocker.unblock():
        copy_model(name, anew=first and request.config.getoption("create_db"))
    usual = connection.settings_dict["NAME"]
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    yield
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = usual
        drop(name)


LOCAL_HOSTS = {"127.0.0.1", "::1", "localhost", "0.0.0.0"}  # noqa: S104 - names, not a bind
# Rows that a request may touch without changing what the product holds.
BOOKKEEPING_TABLES = {"accounts_session", "django_migrations"}


def _shuffle_what_has_no_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give unordered querysets back in random order, so that no test leans on the heap's."""
    fetch_all = QuerySet._fetch_all

    def shuffled(self: QuerySet[Any]) -> None:
        fresh = self._result_cache is None
        fetch_all(self)
        if fresh and not self.ordered:
            random.shuffle(self._result_cache)

    monkeypatch.setattr(QuerySet, "_fetch_all", shuffled)


def _hash_passwords_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spend no tenth of a second on each password of a test; production keeps Argon2."""
    monkeypatch.setattr(
        settings, "PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"]
    )
    get_hashers.cache_clear()


def _refuse_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let sockets reach this machine only."""
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in LOCAL_HOSTS:
            raise AssertionError(f"A test may not reach {address[0]}.")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", local_only)


@pytest.fixture(autouse=True, scope="session")
def house_rules() -> Any:
    """Apply the rules above to the whole run."""
    for folder in (settings.STATIC_ROOT, *settings.STATICFILES_DIRS):
        Path(folder).mkdir(parents=True, exist_ok=True)  # a fresh checkout has built no assets
    with pytest.MonkeyPatch.context() as monkeypatch:
        _shuffle_what_has_no_order(monkeypatch)
        _refuse_the_network(monkeypatch)
        _hash_passwords_fast(monkeypatch)
        monkeypatch.setattr(connection.ops, "sql_flush", empty_tables)
        yield


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Start each test without counters of another one's requests."""
    cache.clear()


@pytest.fixture(autouse=True)
def spanish() -> None:
    """Start each test in the first language: a request leaves its own behind."""
    translation.activate(settings.LANGUAGE_CODE)


def digest_of_database() -> str:
    """Return one hash over every row of every table, whatever the order of rows."""
    tables = sorted(set(connection.introspection.table_names()) - BOOKKEEPING_TABLES)
    parts = []
    with connection.cursor() as cursor:
        for table in tables:
            name = connection.ops.quote_name(table)
            rows = "coalesce(string_agg(t::text, ',' ORDER BY t::text), '')"
            cursor.execute(f"SELECT md5({rows}) FROM {name} t")  # noqa: S608 - names of our tables
            parts.append(f"{table}={cursor.fetchone()[0]}")
    return "\n".join(parts)


@pytest.fixture
def database_digest(db: None) -> Callable[[], str]:
    """Return the function that digests the database; compare before and after."""
    return digest_of_database
