"""Who may see and edit organizations."""

from django.db.models import Q

from firms.models import (
    Membership,
    Organization,
    OrganizationQuerySet,
    OrganizationStatus,
    Role,
    Visibility,
)
from firms.policies.actors import Actor

EDITING_ROLES = (Role.EDITOR, Role.ADMINISTRATOR)


def organizations_of(actor: Actor) -> OrganizationQuerySet:
    """Return the organizations that a person belongs to."""
    if not actor.is_authenticated:
        return Organization.objects.none()
    return Organization.objects.filter(memberships__user=actor)


def visible_organizations(actor: Actor) -> OrganizationQuerySet:
    """Return the organizations that an actor may see.

    A suspended or closed one only its own people do, and staff.
    """
    shown = Organization.objects.filter(status=OrganizationStatus.ACTIVE)
    if not actor.is_authenticated:
        return shown.filter(visibility=Visibility.PUBLIC)
    if actor.is_staff:
        return Organization.objects.all()
    return Organization.objects.filter(
        Q(visibility__in=(Visibility.PUBLIC, Visibility.MEMBERS))
        & Q(status=OrganizationStatus.ACTIVE)
        | Q(pk__in=organizations_of(actor).values("pk"))
        | Q(pk=actor.acting_for_id)
    )


def editable_organizations(actor: Actor) -> OrganizationQuerySet:
    """Return the organizations that an actor may write for; who acts for one, for that alone."""
    if not actor.is_authenticated:
        return Organization.objects.none()
    if actor.acting_for_id is not None:
        return Organization.objects.filter(pk=actor.acting_for_id)
    return Organization.objects.filter(
        pk__in=Membership.objects.filter(user=actor, role__in=EDITING_ROLES).values("organization")
    )


def role_in(actor: Actor, organization: Organization) -> str | None:
    """Return an actor's role in an organization, or None."""
    if not actor.is_authenticated:
        return None
    membership = Membership.objects.filter(user=actor, organization=organization)
    return membership.values_list("role", flat=True).first()


def can_edit(actor: Actor, organization: Organization) -> bool:
    """Say whether an actor may write the organization's profile and listings."""
    return edits_with(actor, organization, role_in(actor, organization))


def edits_with(actor: Actor, organization: Organization, role: str | None) -> bool:
    """Say the same of an actor whose role is known; who acts for one writes for that alone."""
    if actor.is_authenticated and actor.acting_for_id is not None:
        return organization.pk == actor.acting_for_id
    return role in EDITING_ROLES


def can_administer(actor: Actor, organization: Organization) -> bool:
    """Say whether an actor may invite people and change what others may do."""
    return role_in(actor, organization) == Role.ADMINISTRATOR
