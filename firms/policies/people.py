"""Who may see and change the people of an organization."""

import datetime as dt

from django.db.models import QuerySet

from accounts.models import User
from firms.models import (
    Invitation,
    Membership,
    Organization,
    OrganizationKind,
    OrganizationQuerySet,
    Role,
)
from firms.policies.actors import Actor
from firms.policies.organizations import EDITING_ROLES, role_in

ENTRUSTED_KINDS = (OrganizationKind.PUBLIC_AGENCY, OrganizationKind.CLUSTER_ORGANIZATION)
_RANK = {role: rank for rank, role in enumerate(Role.values)}


def can_invite_as(actor: Actor, organization: Organization, role: str) -> bool:
    """Say whether an actor may bring somebody in with a role: never above their own."""
    own = role_in(actor, organization)
    return own in EDITING_ROLES and _RANK[role] <= _RANK[own]


def administered_organizations(actor: Actor) -> OrganizationQuerySet:
    """Return the organizations in which a person decides who belongs to them."""
    if not actor.is_authenticated:
        return Organization.objects.none()
    own = Membership.objects.filter(user=actor, role=Role.ADMINISTRATOR)
    return Organization.objects.filter(pk__in=own.values("organization"))


def own_memberships(actor: User) -> QuerySet[Membership]:
    """Return a person's own places, by organization."""
    rows = Membership.objects.filter(user=actor).select_related("organization", "user")
    return rows.order_by("organization__legal_name", "pk")


def memberships_beside(actor: Actor) -> QuerySet[Membership]:
    """Return the places of everybody in the organizations that a person belongs to."""
    if not actor.is_authenticated:
        return Membership.objects.none()
    rows = Membership.objects.select_related("organization", "user")
    return rows.filter(organization__memberships__user=actor)


def open_invitations(
    actor: Actor, organization: Organization, now: dt.datetime
) -> QuerySet[Invitation]:
    """Return the invitations that wait for an answer, to who may invite."""
    if role_in(actor, organization) not in EDITING_ROLES:
        return Invitation.objects.none()
    waiting = organization.invitations.filter(accepted_at=None, revoked_at=None)
    return waiting.filter(expires_at__gt=now).select_related("organization").order_by("-pk")


def must_prove_twice(person: User) -> bool:
    """Say whether somebody administers an agency or a cluster organization."""
    entrusted = Membership.objects.filter(organization__kind__in=ENTRUSTED_KINDS)
    return entrusted.filter(user=person, role=Role.ADMINISTRATOR).exists()
