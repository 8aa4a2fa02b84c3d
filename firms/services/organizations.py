"""Registering organizations and keeping their profiles.

Every change raises the organization's revision and asks, in the same transaction, for its
listings to be matched again and its programs to be judged again.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import fields

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.services.blocks import is_blocked_identifier
from clusters.models import Classification
from common.jobs import enqueue
from firms.models import (
    CaseKind,
    Identifier,
    IdentifierStatus,
    Membership,
    Organization,
    OrganizationActivity,
    Role,
    Verification,
)
from firms.services.moderation.cases import is_trusted, open_case
from firms.services.moderation.limits import is_blocked
from firms.services.organization_content import (
    IdentifierContent,
    OrganizationContent,
)

__all__ = [
    "CannotRegister",
    "IdentifierContent",
    "IdentifierTaken",
    "OrganizationContent",
    "add_identifier",
    "announce_organization",
    "create_organization",
    "touch_organization",
    "write_activities",
]


class CannotRegister(Exception):
    """The block list refuses the person, a number or a word of the profile."""


class IdentifierTaken(Exception):
    """Another organization holds this number."""


@transaction.atomic
def create_organization(*, by: User, content: OrganizationContent, today: dt.date) -> Organization:
    """Register an organization and make its author administrator; who is new is looked at."""
    texts = [content.legal_name, content.trade_name, content.one_line, content.description]
    if is_blocked(by=by, texts=texts):
        raise CannotRegister
    is_known = is_trusted(by)
    organization = Organization.objects.create(
        **_columns(content), verification=Verification.CLAIMED, last_confirmed_on=today
    )
    write_activities(organization, activities=content.activities)
    Membership.objects.create(user=by, organization=organization, role=Role.ADMINISTRATOR)
    if not is_known:
        open_case(kind=CaseKind.REGISTRATION, organization=organization)
    announce_organization(organization, by=by)
    return organization


def touch_organization(*, by: User, organization: Organization) -> None:
    """Raise the revision after a fact beside the profile changed, as belonging to a cluster."""
    row = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    row.revision += 1
    row.save(update_fields=["revision", "updated_at"])
    announce_organization(row, by=by)


def announce_organization(organization: Organization, *, by: User) -> None:
    """Ask for new matches and verdicts of a revision."""
    for kind in ("organization.reproject", "organization.verdicts"):
        enqueue(kind, organization.pk, revision=organization.revision, actor_id=by.pk)
    enqueue("duplicates.scan", organization.pk, revision=organization.revision, queue="bulk")


def _columns(content: OrganizationContent) -> dict[str, object]:
    columns = [f.name for f in fields(content) if f.name != "activities"]
    values = {name: getattr(content, name) for name in columns}
    return values | {"languages": list(content.languages)}


def add_identifier(
    *, organization: Organization, identifier: IdentifierContent, is_primary: bool = True
) -> None:
    """Give an organization a number, unless another holds it."""
    if is_blocked_identifier(identifier.normalized):
        raise CannotRegister
    status = IdentifierStatus.FORMAT_OK if identifier.is_checked else IdentifierStatus.UNCHECKED
    try:
        with transaction.atomic():
            Identifier.objects.create(
                organization=organization,
                scheme=identifier.scheme,
                value=identifier.value,
                normalized=identifier.normalized,
                status=status,
                is_primary=is_primary,
            )
    except IntegrityError as error:
        raise IdentifierTaken from error


def write_activities(organization: Organization, *, activities: Sequence[Classification]) -> bool:
    """Make the activities those chosen, the first one the main; keep since when they are done."""
    wanted = [activity.pk for activity in activities]
    records = organization.activity_records
    known = dict(records.values_list("classification_id", "since"))
    main = records.filter(is_main=True).values_list("classification_id", flat=True).first()
    if set(known) == set(wanted) and main == next(iter(wanted), None):
        return False
    records.all().delete()
    OrganizationActivity.objects.bulk_create(
        OrganizationActivity(
            organization=organization,
            classification_id=pk,
            is_main=index == 0,
            since=known.get(pk),
        )
        for index, pk in enumerate(wanted)
    )
    return True
