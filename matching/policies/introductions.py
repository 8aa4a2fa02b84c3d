"""Who may see and do what with introductions: in which part a person takes part in them."""

from typing import Any

from django.db.models import F, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from firms.models import AffiliationRole, Membership
from firms.policies import (
    EDITING_ROLES,
    Actor,
    editable_organizations,
    managed_clusters,
    organizations_of,
)
from matching.introductions.clock import Step
from matching.introductions.states import SHARED, WITH_RECEIVER, State
from matching.introductions.states import Actor as Side
from matching.models import Introduction, IntroductionQuerySet, SharedContact

UNREAD_BY_RECEIVER = Q(sent_at=None)


def visible_introductions(actor: Actor) -> IntroductionQuerySet:
    """Return the introductions of an actor's organizations, and those that they help with.

    Who receives one sees it once it is sent; who manages a cluster, those that wait for them.
    """
    rows = Introduction.objects.select_related(
        "from_organization__country", "to_organization__country", "need", "offer", "asked_by"
    )
    if not actor.is_authenticated:
        return rows.none()
    if actor.is_staff:
        return rows
    mine = organizations_of(actor).values("pk")
    edited = editable_organizations(actor).values("pk")
    asked = Q(from_organization__in=mine) | Q(from_organization__in=edited)
    received = Q(to_organization__in=mine) | Q(to_organization__in=edited)
    return rows.filter(asked | (received & ~UNREAD_BY_RECEIVER) | _helped_by(actor))


def desk_of(actor: Actor) -> IntroductionQuerySet:
    """Return the introductions that somebody who manages clusters, or the team, should see to."""
    rows = Introduction.objects.all()
    if not actor.is_authenticated:
        return rows.none()
    waits = Q(status=State.QUEUED) | Q(step__gte=Step.ESCALATED)
    if actor.is_staff:
        return rows.filter(waits).open()
    return rows.filter(waits, cluster__in=managed_clusters(actor).values("pk")).open()


def sides_of(actor: Actor, introduction: Introduction) -> frozenset[Side]:
    """Return the parts in which an actor may act in an introduction; readers have none."""
    if not actor.is_authenticated:
        return frozenset()
    edited = set(
        editable_organizations(actor)
        .filter(pk__in=(introduction.from_organization_id, introduction.to_organization_id))
        .values_list("pk", flat=True)
    )
    found = set()
    if introduction.from_organization_id in edited:
        found.add(Side.AUTHOR)
    if introduction.to_organization_id in edited and introduction.sent_at:
        found.add(Side.RECEIVER)
    if actor.is_staff:
        found.add(Side.STAFF)
    if introduction.cluster_id and _manages(actor, introduction.cluster_id):
        found.add(Side.BROKER)
    return frozenset(found)


def is_broker(actor: Actor) -> bool:
    """Say whether a person edits for a body that manages a cluster."""
    return managed_clusters(actor).exists()


def may_know_receiver(introduction: Introduction, sides: frozenset[Side], *, reads: bool) -> bool:
    """Say whether somebody may know who receives: an anonymous listing tells it with the contacts.

    ``reads`` says that the person belongs to the receiving organization.
    """
    listing = introduction.listing
    if listing is None or not listing.is_anonymous:
        return True
    helps = sides & {Side.RECEIVER, Side.BROKER, Side.STAFF}
    return reads or bool(helps) or introduction.status in SHARED


def visible_shared_contacts(actor: Actor, introduction: Introduction) -> list[SharedContact]:
    """Return the contacts that an actor may see: of both, to editors of both, once both agreed."""
    sides = sides_of(actor, introduction) & {Side.AUTHOR, Side.RECEIVER}
    if not sides or introduction.status not in SHARED:
        return []
    return list(introduction.contacts.prefetch_related("views__viewer").order_by("side"))


def with_waiting(organizations: QuerySet[Any]) -> QuerySet[Any]:
    """Annotate organizations with ``waiting``: how many introductions wait for their answer."""
    received = Introduction.objects.filter(
        to_organization=OuterRef("pk"), status__in=WITH_RECEIVER, sent_at__isnull=False
    )
    asked = Introduction.objects.filter(
        from_organization=OuterRef("pk"), status__in=(State.INFO_REQUESTED, State.ACCEPTED)
    )
    found: QuerySet[Any] = organizations.annotate(waiting=_count(received) + _count(asked))
    return found


def _count(rows: IntroductionQuerySet) -> Coalesce:
    counted = rows.order_by().annotate(all=Func(F("pk"), function="count")).values("all")
    return Coalesce(Subquery(counted), 0)


def editors_of(organization_id: int) -> Any:
    """Return the people who write for an organization, in a total order."""
    rows = Membership.objects.filter(
        organization=organization_id, role__in=EDITING_ROLES, user__is_active=True
    )
    return rows.select_related("user").order_by("pk")


def managers_of(cluster_id: int | None) -> Any:
    """Return the people who edit for the body that manages a cluster."""
    rows = Membership.objects.filter(
        role__in=EDITING_ROLES,
        user__is_active=True,
        organization__affiliations__cluster=cluster_id,
        organization__affiliations__role=AffiliationRole.MANAGER,
        organization__affiliations__ended_on=None,
    )
    return rows.select_related("user").order_by("pk").distinct()


def _manages(actor: Actor, cluster_id: int) -> bool:
    return managed_clusters(actor).filter(pk=cluster_id).exists()


def _helped_by(actor: Actor) -> Q:
    waits = Q(status=State.QUEUED) | Q(step__gte=Step.ESCALATED) | Q(broker=actor)
    return waits & Q(cluster__in=managed_clusters(actor).values("pk"))
