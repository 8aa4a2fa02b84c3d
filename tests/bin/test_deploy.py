"""A real installation: its settings are strict, and its backup comes back as it was."""

import os
import re
import secrets
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from tests.bin.machine import ROOT, Said
from tests.database import copy_model

INSTALLED = {
    "RACIMO_ORIGIN": "https://racimo.example.org",
    "RACIMO_HOSTS": "racimo.example.org",
    "RACIMO_PROXIES": "1",
    "RACIMO_HASHED_STATIC": "1",
}
Databases = tuple[str, str]


def run(*command: str, **environment: str) -> Said:
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Said(done.returncode, done.stdout)


def test_demo_key_is_refused_behind_https() -> None:
    said = run("bin/manage", "check", **INSTALLED)
    assert said.status != 0
    assert "Set RACIMO_SECRET_KEY" in said.text


def test_every_variable_of_the_example_is_read_somewhere() -> None:
    example = (ROOT / "deploy/racimo.env.example").read_text()
    readers = [ROOT / "registry/settings.py", *(ROOT / "deploy").glob("[br]*")]
    code = "".join(path.read_text() for path in readers if path.name != "racimo.env.example")
    names = re.findall(r"^([A-Z_]+)=", example, flags=re.MULTILINE)
    assert [name for name in names if name not in code] == []


@pytest.fixture
def two_databases() -> Iterator[Databases]:
    """Make two empty databases on the tests' own server; they go when the test ends."""
    url = urlsplit(os.environ["DATABASE_URL"])
    names = [f"drill_{secrets.token_hex(4)}" for _ in range(2)]
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        for name in names:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        first, second = (urlunsplit(url._replace(path=f"/{name}")) for name in names)
        yield first, second
        for name in names:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def digest(url: str) -> dict[str, str]:
    """Return one hash for the rows of each table, whatever their order."""
    rows = "SELECT md5(coalesce(string_agg(t::text, ',' ORDER BY t::text), '')) FROM {} t"
    with psycopg.connect(url) as database:
        found = database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        hashes = {}
        for (table,) in found.fetchall():
            one = database.execute(sql.SQL(rows).format(sql.Identifier(table))).fetchone()
            hashes[table] = one[0] if one else ""
    return hashes


def test_backup_comes_back_row_for_row(
    two_databases: Databases, tmp_path: Path, django_db_blocker: Any
) -> None:
    before, after = two_databases
    with django_db_blocker.unblock():
        copy_model(urlsplit(before).path[1:])
    said = run("bin/manage", "load_reference", DATABASE_URL=before, RACIMO_STATEMENT_MS="0")
    assert said.status == 0, said.text
    saved = run("deploy/backup", str(tmp_path), DATABASE_URL=before)
    assert saved.status == 0, saved.text
    restored = run("deploy/restore", saved.text.strip(), DATABASE_URL=after)
    assert restored.status == 0, restored.text
    assert digest(after) == digest(before)
    assert [file.suffix for file in tmp_path.iterdir()] == [".dump"]


def test_restore_leaves_a_filled_database_alone(two_databases: Databases, tmp_path: Path) -> None:
    url, _ = two_databases
    with psycopg.connect(url) as database:
        database.execute("CREATE TABLE django_migrations (id int)")
    said = run("deploy/restore", str(tmp_path / "none.dump"), DATABASE_URL=url)
    assert said.status == 1
    assert "The database is not empty." in said.text


def test_broken_backup_changes_nothing(two_databases: Databases, tmp_path: Path) -> None:
    url, _ = two_databases
    broken = tmp_path / "racimo.dump"
    broken.write_bytes(b"PGDMP" + b"\0" * 40)
    before = digest(url)
    assert run("deploy/restore", str(broken), DATABASE_URL=url).status != 0
    assert digest(url) == before
