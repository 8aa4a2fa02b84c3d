"""Who may read the history of an organization and of its listings."""

from django.db.models import QuerySet

from common.models import Change
from firms.models import Listing, Offer, Organization, OrganizationQuerySet
from firms.policies.actors import Actor
from firms.policies.organizations import can_administer, organizations_of

# Parts of a profile that only administrators see unless the organization opens them.
GUARDED = (
    "firms_annualfigures",
    "firms_fieldvisibility",
    "firms_leadership",
    "firms_ownership",
    "firms_ownershiplink",
)


def organizations_with_history(actor: Actor) -> OrganizationQuerySet:
    """Return the organizations whose history an actor may read: their own; staff, all."""
    if actor.is_authenticated and actor.is_staff:
        return Organization.objects.all()
    return organizations_of(actor)


def changes_of_organization(actor: Actor, organization: Organization) -> QuerySet[Change]:
    """Return what changed of an organization; figures and ownership, to administrators only."""
    rows = Change.objects.filter(subject="organization", subject_id=organization.pk)
    is_staff = actor.is_authenticated and actor.is_staff
    if is_staff or can_administer(actor, organization):
        return rows
    return rows.exclude(part__in=GUARDED)


def changes_of_listing(listing: Listing) -> QuerySet[Change]:
    """Return what changed of an offer or a need, for who may read its organization's history."""
    kind = "offer" if isinstance(listing, Offer) else "need"
    return Change.objects.filter(item=kind, item_id=listing.pk)
