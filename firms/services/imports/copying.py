"""Many rows at once: new ones by COPY, changed ones by an upsert on their key.

Both are several times as fast as what they stand for, INSERT of many values and ``bulk_update``.
"""

import json
from collections.abc import Sequence
from typing import Any, TypeVar

from django.contrib.gis.db.models.fields import BaseSpatialField
from django.db import connection, models

from common.history import tell_who

RowT = TypeVar("RowT", bound=models.Model)


def copy_in(*, rows: Sequence[models.Model]) -> None:
    """Write new rows of one model and give them their keys.

    As with ``bulk_create``, constraints hold and signals are not sent; a conflict is an error.
    """
    if not rows:
        return
    meta = rows[0]._meta
    columns = [field for field in meta.concrete_fields if not field.generated]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [meta.db_table, meta.pk.column, len(rows)],
        )
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key
        tell_who()
        with cursor.copy(f"COPY {quote(meta.db_table)} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([_value(field, row) for field in columns])
    for row in rows:
        row._state.adding = False


def write_changed(*, rows: Sequence[RowT], columns: Sequence[str]) -> None:
    """Write some columns of rows that exist; the rows must be whole, as they were read."""
    if rows:
        type(rows[0])._default_manager.bulk_create(
            rows,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["pk"],
            update_fields=columns,
        )


def _value(field: "models.Field[Any, Any]", row: models.Model) -> object:
    value = field.pre_save(row, add=True)
    if value is None:
        return None
    if isinstance(field, BaseSpatialField):
        return value.hexewkb.decode()
    if isinstance(field, models.JSONField):
        return json.dumps(value)
    return field.get_prep_value(value)
