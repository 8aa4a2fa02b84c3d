"""Rows as data before and after a union, and putting them back as they were.

A row is kept as the database writes it in JSON, so amounts, points and bytes come back exactly.
A change made since then in a column that the union wrote stops the undoing, with the name of the
table; other columns keep what was written since.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connection
from django.db.models import Model

from firms.models import Organization
from firms.services.duplicates.movers import Mover

Row = str  # JSON as PostgreSQL writes it
Rows = dict[tuple[str, Any], Row]
UNWATCHED = frozenset({"updated_at", "revision"})


@dataclass(frozen=True)
class Change:
    """One row of the journal; after is None for a row that the union dropped."""

    model: type[Model]
    key: Any
    before: Row
    after: Row | None
    is_computed: bool

    @property
    def label(self) -> str:
        """Return the name of the table as the journal keeps it."""
        return self.model._meta.label


class Conflict(Exception):
    """Something that the union touched has been changed since; ``model`` says what."""

    def __init__(self, model: str) -> None:
        super().__init__(model)
        self.model = model


Tables = Mapping[str, type[Model]]


def tables_of(movers: Iterable[Mover]) -> Tables:
    """Return the tables that a union may touch, by their labels."""
    models: list[type[Model]] = [Organization, *(mover.model for mover in movers)]
    return {model._meta.label: model for model in models}


def snapshot(movers: Iterable[Mover], *organizations: int) -> Rows:
    """Return every row that names one of the organizations, and the organizations themselves."""
    found = _read(Organization, [*organizations])
    for mover in movers:
        keys = list(mover.rows(*organizations).values_list("pk", flat=True))
        found |= _read(mover.model, keys)
    return found


def reread(before: Iterable[tuple[str, Any]], tables: Tables) -> Rows:
    """Return the same rows as they are now."""
    keys: dict[str, list[Any]] = {}
    for model, key in before:
        keys.setdefault(model, []).append(key)
    found: Rows = {}
    for model, of_model in keys.items():
        found |= _read(tables[model], of_model)
    return found


def differences(before: Rows, after: Rows) -> list[list[Any]]:
    """Return the changed rows as data: model, key, before, after."""
    return [
        [*place, before.get(place), after.get(place)]
        for place in sorted({*before, *after}, key=str)
        if before.get(place) != after.get(place)
    ]


def restore(journal: Iterable[list[Any]], *, movers: Iterable[Mover]) -> None:
    """Put back what a union changed, or raise ``Conflict`` and leave the transaction to fail.

    Rows of computed tables are put back where nothing stands in the way.
    """
    every = tuple(movers)
    tables = tables_of(every)
    computed = {mover.model for mover in every if mover.is_computed}
    changes = [_change(entry, tables, computed) for entry in journal]
    now = reread([(change.label, change.key) for change in changes], tables)
    for is_computed in (False, True):  # triggers write some of the computed ones on the way
        part = [change for change in changes if change.is_computed == is_computed]
        for change in part:
            if change.after is not None:
                _put_back(change, now.get((change.label, change.key)))
        for change in part:
            if change.after is None:
                _insert(change)


def _change(entry: list[Any], tables: Tables, computed: set[type[Model]]) -> Change:
    label, key, before, after = entry
    if label not in tables:
        raise Conflict(label)  # the table is gone since
    model = tables[label]
    return Change(model, key, before, after, model in computed)


def _put_back(change: Change, current: Row | None) -> None:
    if current is None:
        if change.is_computed:
            return
        raise Conflict(change.label)
    was, left, stands = (json.loads(row or "{}") for row in (change.before, change.after, current))
    touched = [name for name in was if was[name] != left.get(name)]
    moved_on = [name for name in touched if stands.get(name) != left.get(name)]
    kept = _kept_by_database(change.model)
    if not change.is_computed and set(moved_on) - UNWATCHED - kept:
        raise Conflict(change.label)
    columns = [name for name in touched if name not in moved_on and name not in kept]
    if columns:
        _write(change, columns)


def _write(change: Change, columns: list[str]) -> None:
    meta = _meta(change.model)
    sets = ", ".join(f'"{name}" = old."{name}"' for name in columns)
    _execute(
        f'UPDATE "{meta.db_table}" AS t SET {sets}'  # noqa: S608 -- names of own columns
        f' FROM jsonb_populate_record(NULL::"{meta.db_table}", %s::jsonb) AS old'
        f' WHERE t."{meta.pk.column}" = old."{meta.pk.column}"',
        change,
    )


def _insert(change: Change) -> None:
    meta, kept = _meta(change.model), _kept_by_database(change.model)
    columns = [each for each in json.loads(change.before) if each not in kept]
    names = ", ".join(f'"{name}"' for name in columns)
    where = " ON CONFLICT DO NOTHING" if change.is_computed else ""
    _execute(
        f'INSERT INTO "{meta.db_table}" ({names})'  # noqa: S608 -- names of own columns
        f' SELECT {names} FROM jsonb_populate_record(NULL::"{meta.db_table}", %s::jsonb){where}',
        change,
    )


def _execute(statement: str, change: Change) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, [change.before])
    except IntegrityError as error:
        raise Conflict(change.label) from error


def _read(model: type[Model], keys: list[Any]) -> Rows:
    meta = _meta(model)
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT "{meta.pk.column}", to_jsonb(t)::text FROM "{meta.db_table}" AS t'  # noqa: S608
            f' WHERE "{meta.pk.column}" = ANY(%s) ORDER BY 1',
            [keys],
        )
        return {(model._meta.label, key): row for key, row in cursor.fetchall()}


def _kept_by_database(model: type[Model]) -> set[str]:
    return {field.column for field in _meta(model).concrete_fields if field.generated}


def _meta(model: type[Model]) -> Any:
    return model._meta
