"""Who may see and edit offers and needs."""

from django.db.models import Q

from firms.models import (
    ListingQuerySet,
    ListingStatus,
    ListingT,
    Need,
    Offer,
    OrganizationStatus,
    Visibility,
)
from firms.policies.actors import Actor
from firms.policies.organizations import editable_organizations, organizations_of


def visible_offers(actor: Actor) -> ListingQuerySet[Offer]:
    """Return the offers that an actor may see: all their own, others' once published."""
    return _visible_listings(Offer.objects.all(), actor)


def visible_needs(actor: Actor) -> ListingQuerySet[Need]:
    """Return the needs that an actor may see: all their own, others' once published."""
    return _visible_listings(Need.objects.all(), actor)


def _visible_listings(rows: ListingQuerySet[ListingT], actor: Actor) -> ListingQuerySet[ListingT]:
    if actor.is_authenticated and actor.is_staff:
        return rows
    audience = [Visibility.PUBLIC]
    if actor.is_authenticated:
        audience.append(Visibility.MEMBERS)
    # of an organization that the actor may see: by its visibility, or else by belonging to it
    shown = (
        ~Q(status__in=(ListingStatus.DRAFT, ListingStatus.ARCHIVED))
        & Q(visibility__in=audience)
        & Q(organization__visibility__in=audience)
        & Q(organization__status=OrganizationStatus.ACTIVE)
    )
    if not actor.is_authenticated:
        return rows.filter(shown)
    own = Q(organization__in=organizations_of(actor).values("pk"))
    return rows.filter(shown | own | Q(organization=actor.acting_for_id))


def editable_offers(actor: Actor) -> ListingQuerySet[Offer]:
    """Return the offers that an actor may change."""
    return Offer.objects.filter(organization__in=editable_organizations(actor).values("pk"))


def editable_needs(actor: Actor) -> ListingQuerySet[Need]:
    """Return the needs that an actor may change."""
    return Need.objects.filter(organization__in=editable_organizations(actor).values("pk"))
