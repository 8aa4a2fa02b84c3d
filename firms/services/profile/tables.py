"""The tables behind a section of a profile, read alike: one record, or rows in their order."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.crypto import salted_hmac

from firms.models import Organization

ACTIVITIES = "activities"
KEY_LENGTH = 20


@dataclass(frozen=True)
class Table:
    """What a section keeps: columns and many-to-many names of one table.

    ``many`` says that an organization has rows of it, not one; ``alike`` names what makes two
    rows the same thing, for callers that send whole lists.
    """

    model: type[Model]
    columns: tuple[str, ...]
    many: bool = False
    alike: tuple[str, ...] = ()


def read_rows(organization: Organization, *, table: Table) -> list[Any]:
    """Return the rows of a table in their order; one or none where there is only one."""
    if table.model is Organization:
        return [organization]
    rows: QuerySet[Any] = table.model._default_manager.filter(organization=organization)
    return list(rows.order_by("pk"))


def row_key(row: Model) -> str:
    """Return a name for a row that a form can send back, and that tells nothing."""
    text = f"{row._meta.label}:{row.pk}"
    return salted_hmac("firms.profile.row", text).hexdigest()[:KEY_LENGTH]


def values_of(row: Model, *, columns: Sequence[str]) -> dict[str, Any]:
    """Return the values of columns; of a many-to-many, its rows in their order."""
    return {name: _value(row, name) for name in columns}


def _value(row: Model, name: str) -> Any:
    if name == ACTIVITIES and isinstance(row, Organization):
        records = row.activity_records.select_related("classification")
        return [record.classification for record in records]
    if row._meta.get_field(name).many_to_many:
        return list(getattr(row, name).order_by("pk"))
    return getattr(row, name)


def digest(organization: Organization, *, tables: Sequence[Table]) -> str:
    """Return a text that changes with any value of the tables."""
    stored = [
        [[row.pk, *map(_plain, values_of(row, columns=table.columns).values())] for row in rows]
        for table in tables
        if (rows := read_rows(organization, table=table)) is not None
    ]
    text = json.dumps(stored, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:KEY_LENGTH]


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.pk if isinstance(value, Model) else value
