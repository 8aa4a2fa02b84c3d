"""Who may see and keep the contacts of an organization."""

from django.db.models import Q, QuerySet

from firms.models import Contact, ContactView, ContactVisibility, Organization
from firms.policies.actors import Actor
from firms.policies.organizations import (
    can_edit,
    editable_organizations,
    organizations_of,
    visible_organizations,
)


def visible_contacts(actor: Actor) -> QuerySet[Contact]:
    """Return the contacts whose role and mailbox an actor may see."""
    rows = Contact.objects.select_related("organization")
    shown = Q(organization__in=visible_organizations(actor).values("pk")) & ~Q(
        visibility=ContactVisibility.PRIVATE
    )
    if not actor.is_authenticated:
        return rows.filter(shown)
    return rows.filter(shown | Q(organization__in=organizations_of(actor).values("pk")))


def revealable_contacts(actor: Actor) -> QuerySet[Contact]:
    """Return the contacts whose name and numbers an actor may ask for, with an account."""
    if not actor.is_authenticated:
        return Contact.objects.none()
    open_ones = Q(visibility=ContactVisibility.ON_REQUEST)
    own = Q(organization__in=organizations_of(actor).values("pk"))
    return visible_contacts(actor).filter(open_ones | own)


def editable_contacts(actor: Actor) -> QuerySet[Contact]:
    """Return the contacts that an actor may change."""
    editable = editable_organizations(actor).values("pk")
    return Contact.objects.filter(organization__in=editable).select_related("organization")


def views_of_contacts(actor: Actor, organization: Organization) -> QuerySet[ContactView]:
    """Return who saw an organization's contacts, to its editors."""
    if not can_edit(actor, organization):
        return ContactView.objects.none()
    rows = ContactView.objects.filter(contact__organization=organization)
    return rows.select_related("viewer", "contact").order_by("-viewed_at", "-pk")
