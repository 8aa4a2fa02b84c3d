"""Acting in the name of another organization: its consent, half an hour, and a record of all."""

import datetime as dt

from django.db import IntegrityError, transaction

from accounts.models import User
from firms.models import ActingSession, ActingWrite, Delegation, Organization
from firms.policies.acting import may_act, possible_delegates
from firms.policies.organizations import can_administer

ACTING_MINUTES = 30
SHOWN = 50


class CannotDelegate(Exception):
    """Only an administrator gives consent, once, and to a body of its clusters or country."""


class CannotAct(Exception):
    """The consent, the person's role, or the tie between both bodies does not stand."""


@transaction.atomic
def give_consent(
    *, by: User, organization: Organization, delegate: Organization, now: dt.datetime
) -> Delegation:
    """Let a cluster organization or an agency act for the organization until taken back."""
    if not can_administer(by, organization):
        raise CannotDelegate
    if not possible_delegates(organization).filter(pk=delegate.pk).exists():
        raise CannotDelegate
    try:
        with transaction.atomic():
            return Delegation.objects.create(
                organization=organization, delegate=delegate, given_by=by, given_at=now
            )
    except IntegrityError as error:
        raise CannotDelegate from error


@transaction.atomic
def take_back_consent(*, by: User, delegation: Delegation, now: dt.datetime) -> None:
    """End a consent; whoever acts under it stops with the next page."""
    if not can_administer(by, delegation.organization):
        raise CannotDelegate
    open_one = Delegation.objects.filter(pk=delegation.pk, ended_at=None)
    if not open_one.update(ended_at=now, ended_by=by):
        raise CannotDelegate
    ActingSession.objects.filter(delegation=delegation, ended_at=None).update(ended_at=now)


@transaction.atomic
def start_acting(*, by: User, delegation: Delegation, now: dt.datetime) -> ActingSession:
    """Begin to act; what the person acted for before ends."""
    User.objects.select_for_update().get(pk=by.pk)
    if not may_act(by, delegation):
        raise CannotAct
    stop_acting(by=by, now=now)
    return ActingSession.objects.create(
        user=by,
        delegation=delegation,
        started_at=now,
        expires_at=now + dt.timedelta(minutes=ACTING_MINUTES),
    )


def stop_acting(*, by: User, now: dt.datetime) -> None:
    """Act for oneself again."""
    ActingSession.objects.filter(user=by, ended_at=None).update(ended_at=now)


def current_acting(*, by: User, reference: str, now: dt.datetime) -> ActingSession | None:
    """Return the acting that a browser began, while everything it stands on does."""
    rows = ActingSession.objects.filter(user=by, ended_at=None, expires_at__gt=now)
    rows = rows.select_related("delegation__organization", "delegation__delegate")
    session = rows.filter(public_id=reference).first()
    return session if session and may_act(by, session.delegation) else None


def record_write(
    *, session: ActingSession, action: str, path: str, now: dt.datetime
) -> ActingWrite:
    """Keep that the person did something in the organization's name."""
    return ActingWrite.objects.create(session=session, action=action, path=path, done_at=now)


def complete_record(*, record: ActingWrite, path: str) -> None:
    """Keep the page that shows what was done, such as the need that was written."""
    record.path = path[:300]
    record.save(update_fields=["path"])


def withdraw_record(*, record: ActingWrite) -> None:
    """Forget a record of what was refused and therefore not done."""
    record.delete()


def consents_of(organization: Organization) -> list[Delegation]:
    """Return who may act for the organization today."""
    rows = Delegation.objects.filter(organization=organization, ended_at=None)
    return list(rows.select_related("delegate", "given_by").order_by("delegate__legal_name", "pk"))


def writes_in_the_name_of(organization: Organization) -> list[ActingWrite]:
    """Return what others did in the organization's name, the latest first."""
    rows = ActingWrite.objects.filter(session__delegation__organization=organization)
    rows = rows.select_related("session__user", "session__delegation__delegate")
    return list(rows.order_by("-done_at", "-pk")[:SHOWN])
