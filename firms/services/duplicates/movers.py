"""How the rows that name an organization follow it when two records become one.

A row moves to the record that stays, unless that one has a row which says the same: then it is
dropped. Every foreign key to Organization has a mover, or a reason in tests/conformance to have
none; apps above register theirs in ``registry.movers``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.module_loading import import_string

Special = Callable[[int, int], None]


@dataclass(frozen=True)
class Mover:
    """What becomes of a table's rows of the removed record.

    ``path`` leads to the organization; rows that agree in the columns of ``same`` say the same
    (an empty tuple: one row an organization), counting only those ``among``; ``flag`` is true for
    one row of an organization; ``other`` names a second column for an organization, which must
    stay another one. ``first`` runs before the rest. ``drops``: the rows are not moved but
    dropped. ``is_computed``: jobs or triggers write them anew, so undoing does not insist on them.
    """

    model: type[Model]
    path: str = "organization"
    same: tuple[str, ...] | None = None
    among: Q | None = None
    flag: str = ""
    other: str = ""
    first: Special | None = None
    fills: bool = False
    drops: bool = False
    is_computed: bool = False

    def rows(self, *organizations: int) -> QuerySet[Any]:
        """Return the rows that name an organization."""
        manager = self.model._base_manager
        return manager.filter(**{f"{self.path}__in": organizations}).order_by("pk")

    def move(self, kept: int, removed: int) -> None:
        """Make the rows of the removed record rows of the kept one."""
        if self.first:
            self.first(kept, removed)
        if self.drops:
            delete_rows(self.rows(removed))
            return
        if self.fills:
            fill_blanks(self.rows(kept).first(), self.rows(removed).first(), self.path)
        delete_rows(self._superfluous(kept, removed))
        if self.flag and self.rows(kept).filter(**{self.flag: True}).exists():
            self.rows(removed).filter(**{self.flag: True}).update(**{self.flag: False})
        self.rows(removed).update(**{self.path: kept})

    def _superfluous(self, kept: int, removed: int) -> QuerySet[Any]:
        rows = self.rows(removed)
        if self.other:
            between = self.rows(removed).filter(**{self.other: kept})
            back = self.model._base_manager.filter(**{self.path: kept, self.other: removed})
            rows = between | back.order_by("pk")
            return rows if self.same is None else rows | self._repeated(kept, removed)
        return rows.none() if self.same is None else self._repeated(kept, removed)

    def _repeated(self, kept: int, removed: int) -> QuerySet[Any]:
        equal = {name: OuterRef(name) for name in self.same or ()}
        among = self.among or Q()
        twins = self.model._base_manager.filter(among, **{self.path: kept}, **equal)
        return self.rows(removed).filter(among, Exists(twins))


def movers() -> tuple[Mover, ...]:
    """Return the movers of all apps, in the order in which they run."""
    found: tuple[Mover, ...] = import_string(settings.ORGANIZATION_MOVERS)
    return found


def delete_rows(rows: QuerySet[Any]) -> None:
    """Delete these rows and nothing else: what still points to them stops the transaction."""
    keys = list(rows.values_list("pk", flat=True))
    meta = rows.model._meta
    column = meta.pk.column if meta.pk else "id"
    with connection.cursor() as cursor:
        cursor.execute(
            f'DELETE FROM "{meta.db_table}" WHERE "{column}" = ANY(%s)',  # noqa: S608 -- own names
            [keys],
        )


def fill_blanks(kept: Model | None, removed: Model | None, path: str) -> None:
    """Give the one row that stays what only the other one says."""
    if kept is None or removed is None:
        return
    apart = {"id", path, "created_at", "updated_at"}
    columns = {}
    for field in kept._meta.concrete_fields:
        if field.name in apart or getattr(kept, field.attname) not in (None, "", []):
            continue
        if (value := getattr(removed, field.attname)) not in (None, "", []):
            columns[field.attname] = value
    if columns:
        type(kept)._base_manager.filter(pk=kept.pk).update(**columns)
