"""The triggers that write changes: one per table and kind of statement.

They fire once per statement and read its transition tables, so that a bulk write or a COPY of ten
thousand rows costs one INSERT of history, and no writer (ORM, bulk, raw SQL) can go round them.
They name no column of the table: adding one asks for no new trigger.
"""

from collections.abc import Callable, Collection
from typing import TypeVar

import pgtrigger
from django.db import models

ModelT = TypeVar("ModelT", bound=models.Model)

# Bookkeeping, and what is computed from other columns; so is any column called search_*.
NOISE = ("id", "public_id", "created_at", "updated_at", "revision")

INSERT = """
    INSERT INTO common_change (operation, part, row_id, subject, subject_id, item, item_id, data,
        actor_id, acting_for_id, origin, request)
    SELECT '{operation}', TG_TABLE_NAME, {row}.id, {subject}, {item}, {data},
        (c.by ->> 'actor')::bigint, (c.by ->> 'acting_for')::bigint,
        coalesce(c.by ->> 'origin', ''), coalesce(c.by ->> 'request', '')
    FROM {source}
    CROSS JOIN (
        SELECT coalesce(nullif(current_setting('racimo.by', true), ''), '{{}}')::jsonb AS by
    ) c
    {where};
    RETURN NULL;
"""
DIFFERENCE = """
    (SELECT jsonb_object_agg(k, jsonb_build_array({old}, {new}))
     FROM jsonb_each(to_jsonb(o)) AS a(k, v) JOIN jsonb_each(to_jsonb(n)) AS b(k, v) USING (k)
     WHERE a.v IS DISTINCT FROM b.v AND k <> ALL ({noise}) AND k NOT LIKE 'search\\_%')
"""
GIVEN = """
    (SELECT coalesce(jsonb_object_agg(k, {value}), '{{}}')
     FROM jsonb_each(to_jsonb({row})) AS a(k, v)
     WHERE k <> ALL ({noise}) AND k NOT LIKE 'search\\_%' AND v::text <> ALL ({empty}))
"""
EMPTY = """'{"null","\\"\\"","[]","{}"}'::text[]"""

# Stands for a value that is not kept.
HIDDEN = """to_jsonb('…'::text)"""


def tracked(
    subject: str,
    *,
    key: str,
    item: tuple[str, str] | None = None,
    noise: Collection[str] = (),
    hidden: Collection[str] = (),
) -> Callable[[type[ModelT]], type[ModelT]]:
    """Keep every change of a model's rows.

    ``subject`` names whose history it is and ``key`` the column with their id, or an SQL
    expression over ``{row}``; ``item`` does the same for a thing within it. Columns in ``noise``
    are left out; of those in ``hidden`` (large, or sensitive; ``*`` is all) only that they changed.
    """
    sql = _Sql(subject, key, item, (*NOISE, *noise), tuple(hidden))

    def register(model: type[ModelT]) -> type[ModelT]:
        pgtrigger.register(*sql.triggers())(model)
        return model

    return register


class _Sql:
    """The bodies of the three triggers of one table."""

    def __init__(
        self,
        subject: str,
        key: str,
        item: tuple[str, str] | None,
        noise: tuple[str, ...],
        hidden: tuple[str, ...],
    ) -> None:
        self.subject = (subject, key)
        self.item = item
        self.noise = _array(noise)
        self.hidden = hidden

    def triggers(self) -> list[pgtrigger.Trigger]:
        """Return what writes history after an INSERT, an UPDATE and a DELETE."""
        return [
            self._trigger("history_insert", pgtrigger.Insert, self._given("I", "n"), new="n"),
            self._trigger("history_update", pgtrigger.Update, self._changed(), old="o", new="n"),
            self._trigger("history_delete", pgtrigger.Delete, self._given("D", "o"), old="o"),
        ]

    def _trigger(
        self, name: str, operation: pgtrigger.Operation, func: str, **rows: str
    ) -> pgtrigger.Trigger:
        tables = {side: f"{side}_rows" for side in rows}
        return pgtrigger.Trigger(
            name=name,
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(**tables),  # type: ignore[no-untyped-call] # its own
            func=" ".join(func.split()),
        )

    def _given(self, operation: str, row: str) -> str:
        table = {"n": "new_rows", "o": "old_rows"}[row]
        data = GIVEN.format(value=self._value("v"), row=row, noise=self.noise, empty=EMPTY)
        return self._insert(operation, row, data, f"{table} {row}", "")

    def _changed(self) -> str:
        data = DIFFERENCE.format(old=self._value("a.v"), new=self._value("b.v"), noise=self.noise)
        source = f"new_rows n JOIN old_rows o ON o.id = n.id CROSS JOIN LATERAL {data} d(data)"
        return self._insert("U", "n", "d.data", source, "WHERE d.data IS NOT NULL")

    def _insert(self, operation: str, row: str, data: str, source: str, where: str) -> str:
        return INSERT.format(
            operation=operation,
            row=row,
            subject=_named(self.subject, row),
            item=_named(self.item, row) if self.item else "'', NULL",
            data=data,
            source=source,
            where=where,
        )

    def _value(self, name: str) -> str:
        if not self.hidden:
            return name
        if self.hidden == ("*",):
            return HIDDEN
        return f"CASE WHEN k = ANY ({_array(self.hidden)}) THEN {HIDDEN} ELSE {name} END"


def _named(pair: tuple[str, str], row: str) -> str:
    kind, key = pair
    column = key.format(row=row) if "{row}" in key else f"{row}.{key}"
    return f"'{kind}', {column}"


def _array(names: Collection[str]) -> str:
    return "'{" + ",".join(names) + "}'::text[]"
