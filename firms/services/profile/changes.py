"""Writing what a section says into its tables, and only what differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from common.files import CheckedFile
from firms.models import Certificate, Organization, Site
from firms.services.evidence import forget_rows, kept_evidence, set_evidence
from firms.services.organizations import write_activities
from firms.services.profile.tables import ACTIVITIES, Table, read_rows, row_key, values_of


@dataclass(frozen=True, kw_only=True)
class RowChange:
    """What to write in a row: the one that ``key`` names, or a new one."""

    values: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""
    delete: bool = False
    main: bool = False
    evidence: CheckedFile | None = None
    forgets_evidence: bool = False


@dataclass(frozen=True, kw_only=True)
class TableChange:
    """What to write in a table. Rows that nobody names stay, unless the list is ``whole``."""

    table: Table
    rows: Sequence[RowChange]
    whole: bool = False


def write_table(organization: Organization, *, change: TableChange) -> bool:
    """Write a table and say whether anything differs.

    Raises:
        ValidationError: a constraint of the table forbids a row.
    """
    if change.table.many:
        return _write_rows(organization, change)
    (only,) = change.rows
    rows = read_rows(organization, table=change.table)
    row = rows[0] if rows else change.table.model(**{"organization": organization})
    if not rows and not any(value not in (None, "", False, []) for value in only.values.values()):
        return False
    return _write_row(row, only.values)


def _write_rows(organization: Organization, change: TableChange) -> bool:
    rows = read_rows(organization, table=change.table)
    known = {row_key(row): row for row in rows}
    wanted = [_found(each, rows, change) for each in change.rows]
    named = {each.key for each in wanted if each.key and not each.delete}
    dropped = {each.key for each in wanted if each.delete}
    gone = set(known) - named if change.whole else dropped & set(known)
    files = kept_evidence(organization) if change.table.model is Certificate else []
    for key in gone:
        known[key].delete()
    changed = bool(gone)
    # those that exist first, so that a new one may take what another has just given up
    for each in sorted(wanted, key=lambda one: one.key not in known):
        if not each.delete:
            row = known.get(each.key) or change.table.model(**{"organization": organization})
            changed |= _write_row(row, each.values)
            changed |= _write_evidence(row, each)
    forget_rows(organization, before=files)
    if change.table.model is Site:
        _settle_main(organization, change.rows)
    return changed


def _found(each: RowChange, rows: list[Model], change: TableChange) -> RowChange:
    """Name the row that is the same thing, where the caller sends things and not keys."""
    if each.key or not change.whole:
        return each
    alike = [row for row in rows if _is_alike(row, each.values, change.table.alike)]
    return RowChange(values=each.values, key=row_key(alike[0])) if alike else each


def _is_alike(row: Model, values: Mapping[str, Any], columns: Sequence[str]) -> bool:
    return bool(columns) and all(getattr(row, name) == values.get(name) for name in columns)


def _write_row(row: Any, values: Mapping[str, Any]) -> bool:
    before = values_of(row, columns=tuple(values)) if row.pk else {}
    plain = {name: value for name, value in values.items() if not isinstance(value, list)}
    lists = {name: value for name, value in values.items() if isinstance(value, list)}
    arrays = {name: lists.pop(name) for name in tuple(lists) if not _is_relation(row, name)}
    columns = plain | arrays
    changed = not before or any(before[name] != value for name, value in columns.items())
    for name, value in columns.items():
        setattr(row, name, value)
    if changed:
        row.validate_constraints()
        row.save()
    return _write_lists(row, lists) or changed


def _write_evidence(row: Model, change: RowChange) -> bool:
    if not isinstance(row, Certificate) or not (change.evidence or change.forgets_evidence):
        return False
    set_evidence(row, file=change.evidence)
    return True


def _is_relation(row: Model, name: str) -> bool:
    return bool(row._meta.get_field(name).many_to_many)


def _write_lists(row: Any, lists: Mapping[str, list[Any]]) -> bool:
    changed = False
    for name, wanted in lists.items():
        if name == ACTIVITIES:
            changed |= write_activities(row, activities=wanted)
        elif {each.pk for each in wanted} != {each.pk for each in getattr(row, name).all()}:
            getattr(row, name).set(wanted)
            changed = True
    return changed


def _settle_main(organization: Organization, changes: Sequence[RowChange]) -> None:
    """Keep one main site: the one just marked, else the one before, else the first."""
    sites = list(organization.sites.order_by("pk"))
    marked = {each.key for each in changes if each.main and each.key}
    chosen = [site for site in sites if row_key(site) in marked]
    main = next(iter(chosen or [site for site in sites if site.is_main] or sites), None)
    if main is None:
        return
    organization.sites.filter(is_main=True).exclude(pk=main.pk).update(is_main=False)
    organization.sites.filter(pk=main.pk).update(is_main=True)
