"""Confirming that a record is still right, and asking for it once a period."""

import datetime as dt

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.jobs import Continue, Work, enqueue
from firms.freshness import REMINDER_DAYS, REVIEW_DAYS, freshness_of
from firms.models import Membership, Organization, OrganizationStatus, Role, Verification
from firms.policies import can_edit
from firms.services.letters import Letter, write_to_person

SALT = "firms.reconfirm"
LINK_DAYS = 150
CHUNK = 100
CONFIRMING = (Role.EDITOR, Role.ADMINISTRATOR)


class CannotConfirm(Exception):
    """The link is spent, old or false, or the person writes for the organization no more."""


@transaction.atomic
def confirm_organization(organization: Organization, *, by: User, today: dt.date) -> None:
    """Say that what the record tells is right today; it counts for another year."""
    row = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    if not can_edit(by, row) or row.status == OrganizationStatus.CLOSED:
        raise CannotConfirm
    if row.last_confirmed_on == today:
        return
    row.last_confirmed_on = today
    row.revision += 1
    row.save(update_fields=["last_confirmed_on", "revision", "updated_at"])
    enqueue("organization.reproject", row.pk, revision=row.revision, actor_id=by.pk)


def confirmation_token(organization: Organization, person: User) -> str:
    """Return what a letter's link carries: good for this person, this record and this year."""
    said = [organization.pk, person.pk, str(organization.last_confirmed_on)]
    return signing.dumps(said, salt=SALT)


def find_confirmation(token: str) -> tuple[Organization, User]:
    """Return whom a link lets confirm which record, or raise ``CannotConfirm``."""
    try:
        key, user, date = signing.loads(token, salt=SALT, max_age=dt.timedelta(days=LINK_DAYS))
    except (signing.BadSignature, ValueError) as error:
        raise CannotConfirm from error
    rows = Membership.objects.filter(
        organization=key, user=user, role__in=CONFIRMING, user__is_active=True
    ).select_related("organization", "user")
    row = rows.exclude(organization__status=OrganizationStatus.CLOSED).first()
    if row is None or str(row.organization.last_confirmed_on) != date:
        raise CannotConfirm
    return row.organization, row.user


def ask_to_confirm(work: Work) -> Continue | None:
    """Write to who administers records that are due, once a period and once more before the end."""
    after, today = int(work.payload.get("after", 0)), work.now.date()
    due = Organization.objects.filter(
        verification__in=(Verification.CLAIMED, Verification.VERIFIED),
        status=OrganizationStatus.ACTIVE,
        last_confirmed_on__lte=today - dt.timedelta(days=REVIEW_DAYS),
        pk__gt=after,
    )
    chunk = list(due.order_by("pk")[:CHUNK])
    people = Membership.objects.filter(organization__in=chunk, role=Role.ADMINISTRATOR)
    for row in people.select_related("organization", "user").order_by("pk"):
        _write(row.organization, row.user, today)
    return Continue({"after": chunk[-1].pk}) if len(chunk) == CHUNK else None


def _write(organization: Organization, person: User, today: dt.date) -> None:
    if organization.last_confirmed_on is None:
        return
    found = freshness_of(organization.last_confirmed_on, today)
    is_second = today >= found.due_on + dt.timedelta(days=REMINDER_DAYS)
    time = "second" if is_second else "first"
    address = reverse("firms:reconfirm", args=[confirmation_token(organization, person)])
    letter = Letter(
        occasion=f"reconfirm:{organization.pk}:{found.due_on}:{time}",
        subject=_("¿Sigue siendo correcta la ficha de %(name)s?"),
        body=_(
            "Hace un año que nadie confirma la ficha de %(name)s en Racimo.\n\n"
            "Si sigue siendo correcta, confírmela con un clic; no hace falta entrar:\n"
            "%(confirm)s\n\n"
            "Si nadie la confirma antes del %(hidden)s, dejará de aparecer en el directorio y en "
            "las coincidencias. Vuelve con un clic.\n"
        ),
        values={
            "name": organization.name,
            "confirm": f"{settings.SITE_ORIGIN}{address}",
            "hidden": f"{found.hidden_from:%d/%m/%Y}",
        },
    )
    write_to_person(letter, person=person)
