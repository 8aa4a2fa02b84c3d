"""Pausing, closing, naming who continues, and reopening within thirty days."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from common.jobs import enqueue
from firms.models import (
    Affiliation,
    AffiliationRole,
    ClosingReason,
    LifecycleKind,
    LifecycleMove,
    Organization,
    OrganizationStatus,
)
from firms.policies import can_administer
from firms.services.lifecycle.settling import SETTLE_DAYS, tell_of_closing


class CannotMove(Exception):
    """The actor may not, the state does not allow it, or a cluster would be left unmanaged."""


@dataclass(frozen=True)
class Closing:
    """Why and since when an organization closes, and which one continues."""

    reason: ClosingReason
    on: dt.date
    successor: Organization | None = None


@transaction.atomic
def pause_organization(organization: Organization, *, by: User, now: dt.datetime) -> LifecycleMove:
    """Leave the lists and matches by one's own wish, until resumed."""
    row = _lock(organization, by, {OrganizationStatus.ACTIVE})
    return _turn(row, by, now, LifecycleKind.SUSPENDED)


@transaction.atomic
def resume_organization(organization: Organization, *, by: User, now: dt.datetime) -> LifecycleMove:
    """Come back from one's own pause; what the team suspended stays so."""
    row = _lock(organization, by, {OrganizationStatus.SUSPENDED})
    if row.suspensions.filter(lifted_at=None).exists():
        raise CannotMove
    return _turn(row, by, now, LifecycleKind.RESUMED)


@transaction.atomic
def close_organization(
    organization: Organization,
    *,
    by: User,
    closing: Closing,
    now: dt.datetime,
) -> LifecycleMove:
    """Close from a day on: hidden from all but its people; a successor shows once it confirms."""
    row = _lock(organization, by, {OrganizationStatus.ACTIVE, OrganizationStatus.SUSPENDED})
    on, successor = closing.on, closing.successor
    managing = Affiliation.objects.filter(organization=row, role=AffiliationRole.MANAGER)
    too_early = row.founded_on is not None and on < row.founded_on
    if on > now.date() or too_early or successor == row or managing.filter(ended_on=None).exists():
        raise CannotMove
    confirmed = successor is not None and (by.is_staff or can_administer(by, successor))
    move = _turn(row, by, now, LifecycleKind.CLOSED, on)
    move.reason, move.successor = closing.reason, successor
    move.successor_confirmed_at = now if confirmed else None
    move.save()
    tell_of_closing(move)
    return move


@transaction.atomic
def reopen_organization(organization: Organization, *, by: User, now: dt.datetime) -> LifecycleMove:
    """Take a closing back within thirty days, with all that there was."""
    row = _lock(organization, by, {OrganizationStatus.CLOSED})
    closing = last_closing(row, since=now - dt.timedelta(days=SETTLE_DAYS))
    if closing is None or closing.settled_at is not None:
        raise CannotMove
    return _turn(row, by, now, LifecycleKind.REOPENED)


@transaction.atomic
def answer_succession(
    move: LifecycleMove, *, by: User, accepts: bool, now: dt.datetime
) -> LifecycleMove:
    """Say for the successor that it continues the closed one, or that it does not."""
    row = LifecycleMove.objects.select_for_update(of=("self",)).get(pk=move.pk)
    if row.successor is None or not (by.is_staff or can_administer(by, row.successor)):
        raise CannotMove
    row.successor_confirmed_at = now if accepts else None
    row.successor = row.successor if accepts else None
    row.save(update_fields=["successor", "successor_confirmed_at", "updated_at"])
    return row


def last_closing(organization: Organization, *, since: dt.datetime) -> LifecycleMove | None:
    """Return the closing that stands, if it was made after a moment."""
    last = organization.lifecycle_moves.order_by("-made_at", "-pk").first()
    is_standing = last is not None and last.kind == LifecycleKind.CLOSED and last.made_at > since
    return last if is_standing else None


def _lock(organization: Organization, by: User, allowed: set[OrganizationStatus]) -> Organization:
    row = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    if row.status not in allowed or not (by.is_staff or can_administer(by, row)):
        raise CannotMove
    return row


_STATES = {
    LifecycleKind.SUSPENDED: OrganizationStatus.SUSPENDED,
    LifecycleKind.RESUMED: OrganizationStatus.ACTIVE,
    LifecycleKind.CLOSED: OrganizationStatus.CLOSED,
    LifecycleKind.REOPENED: OrganizationStatus.ACTIVE,
}


def _turn(
    row: Organization, by: User, now: dt.datetime, kind: LifecycleKind, on: dt.date | None = None
) -> LifecycleMove:
    row.status = _STATES[kind]
    row.closed_on = on
    row.revision += 1
    row.save(update_fields=["status", "closed_on", "revision", "updated_at"])
    for job in ("organization.reproject", "organization.verdicts"):
        enqueue(job, row.pk, revision=row.revision, actor_id=by.pk)
    reason = ClosingReason.OTHER if kind == LifecycleKind.CLOSED else ""
    return LifecycleMove.objects.create(
        organization=row,
        kind=kind,
        reason=reason,
        effective_on=on or now.date(),
        made_by=by,
        made_at=now,
    )
