"""Changes in the reader's words: the names of tables and columns, and values as forms show them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.gis.db.models.fields import BaseSpatialField
from django.contrib.gis.geos import GEOSException, GEOSGeometry
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from common import formats
from common.history.models import Change, Operation

Names = dict[tuple[type[models.Model], int], str]
HIDDEN = "…"
LONGEST = 300
AT_ONCE = 4


@dataclass(frozen=True)
class Line:
    """One column: what it is called, and its value before and after."""

    label: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class Told:
    """A change in words; ``part`` is what kind of thing it happened to."""

    change: Change
    part: str
    lines: list[Line] = field(default_factory=list)

    @property
    def verb(self) -> str:
        """What happened: added, changed or removed."""
        return str(Operation(self.change.operation).label)

    @property
    def first(self) -> list[Line]:
        """The lines to show at once: all of a change, the first few of what was added or gone."""
        return self.lines if self.change.operation == Operation.UPDATE else self.lines[:AT_ONCE]

    @property
    def rest(self) -> list[Line]:
        """The lines to show when they are asked for."""
        return self.lines[len(self.first) :]


def tell(
    changes: Iterable[Change], *, silent: frozenset[str], name_of: Callable[[models.Model], str]
) -> list[Told]:
    """Put changes into words; columns in ``silent`` go without saying.

    ``name_of`` names the rows that columns point to. One query per table they are in.
    """
    rows = list(changes)
    tables = _tables()
    names = _names(rows, tables, name_of)
    return [_told(row, tables.get(row.part), names, silent) for row in rows]


def _tables() -> dict[str, type[models.Model]]:
    found = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model for model in found if not model._meta.proxy}


def _told(
    change: Change, model: type[models.Model] | None, names: Names, silent: frozenset[str]
) -> Told:
    if model is None:
        return Told(change, change.part)
    fields: dict[str, Any] = {str(f.column): f for f in model._meta.concrete_fields}
    said = [
        _line(column, fields.get(column), value, change, names)
        for column, value in sorted(change.data.items(), key=lambda item: _place(item[0], fields))
        if column not in silent
    ]
    return Told(change, _part_of(model), said)


def _place(column: str, fields: dict[str, Any]) -> int:
    return list(fields).index(column) if column in fields else len(fields)


def _part_of(model: type[models.Model]) -> str:
    """Name a table; a join table by the field that it is made for."""
    owner: Any = model._meta.auto_created  # the model that has the field, or False
    if not owner:
        return capfirst(str(model._meta.verbose_name))
    join = next(f for f in owner._meta.many_to_many if f.remote_field.through is model)
    return capfirst(str(join.verbose_name))


def _line(column: str, known: Any, value: Any, change: Change, names: Names) -> Line:
    label = capfirst(_label(known)) if known is not None else column
    if change.operation == Operation.UPDATE:
        old, new = value
        return Line(label, _word(known, old, names), _word(known, new, names))
    word = _word(known, value, names)
    return Line(label, old=word) if change.operation == Operation.DELETE else Line(label, new=word)


def _label(known: Any) -> str:
    """Name a column as forms do; one that points elsewhere and has no name, by what is there."""
    own = str(known.verbose_name)
    if isinstance(known, models.ForeignKey) and own == known.name.replace("_", " "):
        return str(known.related_model._meta.verbose_name)
    return own


def _word(known: Any, value: Any, names: Names) -> str:
    """Write a value as people read it; nothing is an empty text."""
    if value in (None, "", [], {}):
        return ""
    if value == HIDDEN:
        return str(_("(no se guarda)"))
    if isinstance(value, bool):
        return str(_("sí") if value else _("no"))
    if isinstance(value, list):
        base = known.base_field if isinstance(known, ArrayField) else None
        return ", ".join(_word(base, item, names) for item in value)
    if isinstance(known, models.ForeignKey):
        return names.get((known.related_model, value), str(_("(ya no existe)")))
    return Truncator(_typed(known, value)).chars(LONGEST)


def _typed(known: Any, value: Any) -> str:
    if known is not None and known.choices:
        return str(dict(known.flatchoices).get(value, value))
    for kind, write in WRITERS:
        if isinstance(known, kind):
            try:
                return write(value)
            except (ValueError, GEOSException):
                return str(value)
    return str(value)


def _point(value: str) -> str:
    x, y = GEOSGeometry(value).centroid.coords
    return f"{y:.4f}, {x:.4f}"


# A day-and-time column is a day column too, so it comes first.
WRITERS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (models.DateTimeField, lambda v: formats.day(dt.datetime.fromisoformat(v), length="medium")),
    (models.DateField, lambda v: formats.day(dt.date.fromisoformat(v), length="medium")),
    (BaseSpatialField, _point),
)


def _names(
    changes: Iterable[Change],
    tables: dict[str, type[models.Model]],
    name_of: Callable[[models.Model], str],
) -> Names:
    """Read what the rows that columns point to are called today."""
    wanted: dict[type[models.Model], set[int]] = defaultdict(set)
    for change in changes:
        model = tables.get(change.part)
        for known in model._meta.concrete_fields if model else ():
            if isinstance(known, models.ForeignKey) and known.column in change.data:
                wanted[known.related_model].update(_keys(change.data[known.column]))
    return {
        (model, row.pk): name_of(row)
        for model, keys in wanted.items()
        for row in model._default_manager.filter(pk__in=keys)
    }


def _keys(value: Any) -> set[int]:
    values = value if isinstance(value, list) else [value]
    return {key for key in values if isinstance(key, int) and not isinstance(key, bool)}
