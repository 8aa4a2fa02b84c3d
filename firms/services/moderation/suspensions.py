"""Hiding an organization from everybody but its own people, and showing it again."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from common.jobs import enqueue
from firms.models import (
    Case,
    Organization,
    OrganizationStatus,
    ReasonClass,
    RemovedRecord,
    Suspension,
)


@transaction.atomic
def suspend_organization(
    *, organization: Organization, reason: ReasonClass, text: str = "", case: Case | None = None
) -> Organization:
    """Hide an organization and its listings; a hidden or closed one stays as it is."""
    row = _lock(organization)
    if row.status == OrganizationStatus.ACTIVE:
        Suspension.objects.create(organization=row, reason_class=reason, reason=text, case=case)
        _set(row, OrganizationStatus.SUSPENDED)
    return row


@transaction.atomic
def lift_suspension(*, organization: Organization, now: dt.datetime) -> Organization:
    """Show an organization again, with all that it had."""
    row = _lock(organization)
    lifted = row.suspensions.filter(lifted_at=None).update(lifted_at=now)
    if lifted and row.status == OrganizationStatus.SUSPENDED:
        _set(row, OrganizationStatus.ACTIVE)
    return row


def remember_removed(*, organization: Organization) -> None:
    """Keep imports from bringing a record back."""
    if organization.source and organization.source_ref:
        RemovedRecord.objects.get_or_create(
            source=organization.source, source_ref=organization.source_ref
        )


def removed_refs(source: str, refs: Iterable[str]) -> set[str]:
    """Return which references of a source an import leaves out, because they asked for it."""
    rows = RemovedRecord.objects.filter(source=source, source_ref__in=list(refs))
    return set(rows.order_by().values_list("source_ref", flat=True))


def forget_removed(*, organization: Organization) -> None:
    """Let imports keep a record again."""
    RemovedRecord.objects.filter(
        source=organization.source, source_ref=organization.source_ref
    ).delete()


def current_suspension(organization: Organization) -> Suspension | None:
    """Return why an organization is hidden today."""
    if organization.status != OrganizationStatus.SUSPENDED:
        return None
    return organization.suspensions.filter(lifted_at=None).select_related("case").first()


def _lock(organization: Organization) -> Organization:
    return Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)


def _set(row: Organization, status: OrganizationStatus) -> None:
    row.status = status
    row.revision += 1
    row.save(update_fields=["status", "revision", "updated_at"])
    for kind in ("organization.reproject", "organization.verdicts"):
        enqueue(kind, row.pk, revision=row.revision)
