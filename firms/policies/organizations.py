"""Who may see and edit organizations."""

from django.db.models import Q

from firms.models import Membership, Organization, OrganizationQuerySet, Role, Visibility
from firms.policies.actors import Actor

EDITING_ROLES = (Role.EDITOR, Role.ADMINISTRATOR)


def organizations_of(actor: Actor) -> OrganizationQuerySet:
    """Return the organizations that a person belongs to."""
    if not actor.is_authenticated:
        return Organization.objects.none()
    return Organization.objects.filter(memberships__user=actor)


def visible_organizations(actor: Actor) -> OrganizationQuerySet:
    """Return the organizations that an actor may see, in any status."""
    if not actor.is_authenticated:
        return Organization.objects.filter(visibility=Visibility.PUBLIC)
    if actor.is_staff:
        return Organization.objects.all()
    return Organization.objects.filter(
        Q(visibility__in=(Visibility.PUBLIC, Visibility.MEMBERS))
        | Q(pk__in=organizations_of(actor).values("pk"))
    )


def editable_organizations(actor: Actor) -> OrganizationQuerySet:
    """Return the organizations that an actor may write for."""
    if not actor.is_authenticated:
        return Organization.objects.none()
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
    return role_in(actor, organization) in EDITING_ROLES


def can_administer(actor: Actor, organization: Organization) -> bool:
    """Say whether an actor may invite people and change what others may do."""
    return role_in(actor, organization) == Role.ADMINISTRATOR
