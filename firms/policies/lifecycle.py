"""Who may see and answer what becomes of organizations."""

from django.db.models import QuerySet

from firms.models import LifecycleMove, OrganizationQuerySet
from firms.policies.actors import Actor
from firms.policies.duplicates import administered_organizations
from firms.policies.organizations import visible_organizations


def movable_organizations(actor: Actor) -> OrganizationQuerySet:
    """Return the organizations that an actor may pause, close and reopen."""
    if actor.is_authenticated and actor.is_staff:
        return visible_organizations(actor)
    return administered_organizations(actor)


def answerable_successions(actor: Actor) -> QuerySet[LifecycleMove]:
    """Return the closings that name an organization of the actor as the one that continues."""
    own = movable_organizations(actor).order_by().values("pk")
    rows = LifecycleMove.objects.filter(successor__in=own, successor_confirmed_at=None)
    return rows.select_related("organization", "successor").order_by("pk")
