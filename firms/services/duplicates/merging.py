"""Making two records one in one transaction, and parting them again within thirty days."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from common.jobs import enqueue
from firms.models import Organization, OrganizationAlias, OrganizationMerge
from firms.policies.duplicates import may_merge, undoable_merges
from firms.services.duplicates import journal
from firms.services.duplicates.comparison import Choices, chosen_columns
from firms.services.duplicates.movers import delete_rows, movers

UNDO_DAYS = 30


class CannotMerge(Exception):
    """The actor may not, a record is gone, or the values chosen contradict each other.

    ``messages`` are sentences for the person, where there is more to say than no.
    """

    def __init__(self, messages: tuple[str, ...] = ()) -> None:
        super().__init__(*messages)
        self.messages = messages


class CannotUndo(Exception):
    """It is too late, undone already, or something was changed since; ``model`` says what."""

    def __init__(self, model: str = "") -> None:
        super().__init__(model)
        self.model = model


@transaction.atomic
def merge_organizations(
    *, by: User, kept: Organization, removed: Organization, choices: Choices, now: dt.datetime
) -> OrganizationMerge:
    """Unite two records: rows follow, the values chosen stay, the old address leads on."""
    kept, removed = _lock_both(kept, removed)
    if not may_merge(by, kept, removed):
        raise CannotMerge
    every = movers()
    before = journal.snapshot(every, kept.pk, removed.pk)
    columns = chosen_columns(kept, removed, choices)
    for mover in every:
        mover.move(kept.pk, removed.pk)
    delete_rows(Organization.objects.filter(pk=removed.pk))
    _rewrite(kept, columns)
    _insist()
    changes = journal.differences(before, journal.reread(before, journal.tables_of(every)))
    merge = _record(by, kept, removed, changes, now)
    _announce([kept.pk], by)
    return merge


def _lock_both(one: Organization, other: Organization) -> tuple[Organization, Organization]:
    """Lock both in the order of their ids, so that two unions never wait for each other."""
    rows = Organization.objects.select_for_update(of=("self",)).filter(pk__in=(one.pk, other.pk))
    found = {row.pk: row for row in rows.order_by("pk")}
    if len(found) != len(("kept", "removed")):
        raise CannotMerge
    return found[one.pk], found[other.pk]


def _rewrite(kept: Organization, columns: dict[str, Any]) -> None:
    for name, value in columns.items():
        setattr(kept, name, value)
    kept.revision += 1
    try:
        kept.validate_constraints()
    except ValidationError as error:
        raise CannotMerge(tuple(error.messages)) from error
    kept.save(update_fields=[*_names(columns), "revision"])


def _names(columns: dict[str, Any]) -> list[str]:
    by_column = {field.attname: field.name for field in Organization._meta.concrete_fields}
    return [by_column[column] for column in columns]


def _insist() -> None:
    """Let the database check all references now, while the reason can still be told."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        raise CannotMerge from error


def _record(
    by: User, kept: Organization, removed: Organization, changes: list[list[Any]], now: dt.datetime
) -> OrganizationMerge:
    merge = OrganizationMerge.objects.create(
        kept=kept,
        removed_id=removed.pk,
        removed_public_id=removed.public_id,
        removed_name=removed.name,
        merged_by=by,
        merged_at=now,
        journal=changes,
    )
    is_free = (removed.source, removed.source_ref) != (kept.source, kept.source_ref)
    OrganizationAlias.objects.create(
        public_id=removed.public_id,
        organization=kept,
        merge=merge,
        source=removed.source if is_free else "",
        source_ref=removed.source_ref if is_free else "",
    )
    return merge


@transaction.atomic
def undo_merge(*, by: User, merge: OrganizationMerge, now: dt.datetime) -> Organization:
    """Part two united records as they were, and return the one that comes back."""
    row = OrganizationMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if not undoable_merges(by, now=now).filter(pk=row.pk).exists():
        raise CannotUndo
    Organization.objects.select_for_update(of=("self",)).get(pk=row.kept_id)
    changes = row.journal
    OrganizationAlias.objects.filter(merge=row).delete()
    try:
        with transaction.atomic():
            journal.restore(changes, movers=movers())
            _insist()
    except journal.Conflict as error:
        raise CannotUndo(error.model) from error
    except CannotMerge as error:
        raise CannotUndo from error
    OrganizationMerge.objects.filter(pk=row.pk).update(undone_by=by, undone_at=now, journal=[])
    _announce([row.kept_id, row.removed_id], by)
    return Organization.objects.get(pk=row.removed_id)


def forget_journals(*, now: dt.datetime) -> int:
    """Empty the journals that can no longer serve; return how many."""
    old = OrganizationMerge.objects.filter(merged_at__lt=now - dt.timedelta(days=UNDO_DAYS))
    return old.exclude(journal=[]).update(journal=[])


def _announce(organizations: list[int], by: User) -> None:
    rows = Organization.objects.filter(pk__in=organizations).order_by("pk")
    for pk, revision in rows.values_list("pk", "revision"):
        for kind in ("organization.reproject", "organization.verdicts"):
            enqueue(kind, pk, revision=revision, actor_id=by.pk)
        enqueue("duplicates.scan", pk, revision=revision, queue="bulk", actor_id=by.pk)
