"""Who may see and edit offers and needs."""

from typing import Any

from django.db.models import Q, QuerySet

from firms.models import (
    UNSHOWN,
    Affiliation,
    ListingQuerySet,
    ListingT,
    ListingVisibility,
    Need,
    Offer,
    Organization,
    OrganizationStatus,
    Visibility,
)
from firms.policies.actors import Actor
from firms.policies.organizations import editable_organizations, organizations_of, role_in


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
        ~Q(status__in=UNSHOWN)
        & Q(organization__visibility__in=audience)
        & Q(organization__status=OrganizationStatus.ACTIVE)
    )
    if not actor.is_authenticated:
        return rows.filter(shown & Q(visibility__in=audience))
    mine = organizations_of(actor).order_by().values("pk")
    own = Q(organization__in=mine) | Q(organization=actor.acting_for_id)
    return rows.filter(shown & (Q(visibility__in=audience) | _named(rows, mine)) | own)


def _named(rows: ListingQuerySet[ListingT], mine: QuerySet[Organization, Any]) -> Q:
    """Return the condition of being shown to one's clusters, or to an organization by name."""
    confirmed = Affiliation.objects.confirmed().order_by()
    clusters = confirmed.filter(organization__in=mine).values("cluster")
    near = confirmed.filter(cluster__in=clusters).values("organization")
    invited = rows.model._default_manager.filter(guests__in=mine).order_by().values("pk")
    of_cluster = Q(visibility=ListingVisibility.CLUSTER, organization__in=near)
    return of_cluster | Q(visibility=ListingVisibility.INVITED, pk__in=invited)


def knows_author(actor: Actor, listing: Need | Offer) -> bool:
    """Say whether an actor may know who wrote a listing: always, unless it is anonymous."""
    if not listing.is_anonymous:
        return True
    if not actor.is_authenticated:
        return False
    is_own = actor.acting_for_id == listing.organization_id
    return actor.is_staff or is_own or role_in(actor, listing.organization) is not None


def editable_offers(actor: Actor) -> ListingQuerySet[Offer]:
    """Return the offers that an actor may change."""
    return Offer.objects.filter(organization__in=editable_organizations(actor).values("pk"))


def editable_needs(actor: Actor) -> ListingQuerySet[Need]:
    """Return the needs that an actor may change."""
    return Need.objects.filter(organization__in=editable_organizations(actor).values("pk"))
