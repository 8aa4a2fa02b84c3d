"""Who may see and answer what becomes of organizations."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from firms.models import (
    ClosingReason,
    LifecycleKind,
    LifecycleMove,
    Organization,
    OrganizationKind,
    OrganizationQuerySet,
    OrganizationStatus,
    Suspension,
    Visibility,
)
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


def told_closing(actor: Actor, public_id: UUID) -> LifecycleMove | None:
    """Return the closing that an actor may read of where the organization's page stood.

    Nothing is told of who asked to leave the registry, of a person's business, or of one that the
    team had hidden; nor to those who did not see the organization while it was open.
    """
    seen = [Visibility.PUBLIC, *([Visibility.MEMBERS] if actor.is_authenticated else [])]
    closed = Organization.objects.filter(
        public_id=public_id, status=OrganizationStatus.CLOSED, visibility__in=seen
    ).exclude(kind=OrganizationKind.SOLE_TRADER)
    hidden = Suspension.objects.filter(organization=OuterRef("pk"), lifted_at=None)
    rows = LifecycleMove.objects.filter(organization__in=closed.exclude(Exists(hidden)))
    last = rows.select_related("organization__country").order_by("-made_at", "-pk").first()
    is_told = last is not None and last.kind == LifecycleKind.CLOSED
    return last if is_told and last and last.reason != ClosingReason.LEAVES else None


def told_successor(actor: Actor, move: LifecycleMove) -> Organization | None:
    """Return which organization continues, once it has confirmed that, if the actor sees it."""
    if move.successor_id is None or move.successor_confirmed_at is None:
        return None
    return visible_organizations(actor).filter(pk=move.successor_id).first()
