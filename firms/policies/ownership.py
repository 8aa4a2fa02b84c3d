"""Who may see links of ownership: the administrators of either end."""

from django.db.models import Q, QuerySet

from firms.models import Organization, OwnershipLink
from firms.policies.actors import Actor
from firms.policies.organizations import can_administer


def ownership_links_of(actor: Actor, organization: Organization) -> QuerySet[OwnershipLink]:
    """Return the links of an organization, to who administers it."""
    rows = OwnershipLink.objects.select_related("owner", "owned")
    if not can_administer(actor, organization):
        return rows.none()
    return rows.filter(Q(owner=organization) | Q(owned=organization)).order_by("-created_at", "pk")
