"""People of an organization: inviting, joining, roles, leaving."""

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from common.mail import send
from firms.models import Invitation, Membership, Organization, OrganizationStatus, Role
from firms.policies import can_administer, can_invite_as
from firms.services.moderation.limits import may_invite_more

INVITATION_DAYS = 7
TOKEN_BYTES = 32
MAX_OPEN_INVITATIONS = 50


class CannotInvite(Exception):
    """The role is above the inviter's own, the person is in already, or too many wait."""


class CannotAccept(Exception):
    """The invitation is used, withdrawn, expired, for another address, or no longer backed."""


class CannotChangePeople(Exception):
    """The actor may not, or the organization would be left without an administrator."""


@transaction.atomic
def invite_colleague(
    *, by: User, organization: Organization, email: str, role: Role, now: dt.datetime
) -> Invitation:
    """Mail a single-use link that lasts seven days; a new one replaces an open one."""
    email = email.strip().lower()
    _lock(organization)
    if not can_invite_as(by, organization, role):
        raise CannotInvite
    if organization.memberships.filter(user__email=email).exists():
        raise CannotInvite
    waiting = organization.invitations.filter(accepted_at=None, revoked_at=None)
    waiting.filter(email=email).update(revoked_at=now)
    if waiting.filter(expires_at__gt=now).count() >= MAX_OPEN_INVITATIONS:
        raise CannotInvite
    if not may_invite_more(organization, now=now):
        raise CannotInvite
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation.objects.create(
        organization=organization,
        email=email,
        role=role,
        invited_by=by,
        token_hash=_hash(token),
        expires_at=now + dt.timedelta(days=INVITATION_DAYS),
    )
    _mail(invitation, token)
    return invitation


def find_invitation(*, by: User, token: str, now: dt.datetime) -> Invitation | None:
    """Return the invitation that a link leads to while this person may still accept it."""
    invitation = (
        Invitation.objects.filter(
            token_hash=_hash(token),
            email=by.email.lower(),
            accepted_at=None,
            revoked_at=None,
            expires_at__gt=now,
            organization__status=OrganizationStatus.ACTIVE,
        )
        .select_related("organization", "invited_by")
        .first()
    )
    if invitation is None:
        return None
    backed = can_invite_as(invitation.invited_by, invitation.organization, invitation.role)
    return invitation if backed else None


@transaction.atomic
def accept_invitation(*, by: User, token: str, now: dt.datetime) -> Membership:
    """Join with the role of the invitation, if its inviter could still give that role today."""
    invitation = find_invitation(by=by, token=token, now=now)
    if invitation is None:
        raise CannotAccept
    _lock(invitation.organization)
    unused = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    if not can_invite_as(invitation.invited_by, invitation.organization, invitation.role):
        raise CannotAccept
    if not unused.update(accepted_at=now):
        raise CannotAccept
    membership, _created = Membership.objects.get_or_create(
        user=by, organization=invitation.organization, defaults={"role": invitation.role}
    )
    return membership


@transaction.atomic
def revoke_invitation(*, by: User, invitation: Invitation, now: dt.datetime) -> None:
    """Withdraw an invitation that nobody has accepted yet."""
    if not can_invite_as(by, invitation.organization, invitation.role):
        raise CannotChangePeople
    unused = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    if not unused.update(revoked_at=now):
        raise CannotChangePeople


@transaction.atomic
def change_role(*, by: User, membership: Membership, role: Role) -> Membership:
    """Give a person another role; one administrator always remains."""
    row = _locked_member(membership)
    if row is None or not can_administer(by, row.organization):
        raise CannotChangePeople
    if row.role == Role.ADMINISTRATOR and role != Role.ADMINISTRATOR:
        _keep_an_administrator(row)
    row.role = role
    row.save()
    return row


@transaction.atomic
def remove_person(*, by: User, membership: Membership) -> None:
    """Take a person out of the organization, or leave it oneself; one administrator remains."""
    row = _locked_member(membership)
    if row is None or not (row.user_id == by.pk or can_administer(by, row.organization)):
        raise CannotChangePeople
    if row.role == Role.ADMINISTRATOR:
        _keep_an_administrator(row)
    row.delete()


def _locked_member(membership: Membership) -> Membership | None:
    """Read a membership again under its organization's lock."""
    _lock(membership.organization)
    return Membership.objects.filter(pk=membership.pk).select_related("organization").first()


def _keep_an_administrator(leaving: Membership) -> None:
    administrators = leaving.organization.memberships.filter(role=Role.ADMINISTRATOR)
    if not administrators.exclude(pk=leaving.pk).exists():
        raise CannotChangePeople


def _lock(organization: Organization) -> None:
    """Let one change of people happen at a time in an organization."""
    Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _mail(invitation: Invitation, token: str) -> None:
    path = reverse("firms:invitation", args=[token])
    values = {
        "inviter": str(invitation.invited_by),
        "organization": invitation.organization.name,
        "link": f"{settings.SITE_ORIGIN}{path}",
        "days": INVITATION_DAYS,
    }
    subject = _("%(inviter)s le invita a %(organization)s en Racimo") % values
    body = (
        _(
            "%(inviter)s le invita a participar en %(organization)s en Racimo.\n\n"
            "Para aceptar, entre aquí con este mismo correo:\n%(link)s\n\n"
            "El enlace sirve una sola vez y vence en %(days)d días. "
            "Si no esperaba este mensaje, no haga nada.\n"
        )
        % values
    )
    send(invitation.email, subject, body, dedup=f"invitation:{invitation.pk}")
