"""Who may see and do what with organizations and their listings.

One function per question; pages, API, exports, feeds and mails ask here and nowhere else. What a
person may not see does not exist for them: callers get rows through these sets and answer 404.
"""

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.models import User
from clusters.models import Cluster
from firms.models import (
    Affiliation,
    AffiliationQuerySet,
    AffiliationRole,
    Invitation,
    ListingQuerySet,
    ListingStatus,
    ListingT,
    Membership,
    Need,
    Offer,
    Organization,
    OrganizationKind,
    OrganizationQuerySet,
    Role,
    Visibility,
)

Actor = User | AnonymousUser

EDITING_ROLES = (Role.EDITOR, Role.ADMINISTRATOR)
_RANK = {role: rank for rank, role in enumerate(Role.values)}


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
    )
    if not actor.is_authenticated:
        return rows.filter(shown)
    return rows.filter(shown | Q(organization__in=organizations_of(actor).values("pk")))


def editable_organizations(actor: Actor) -> OrganizationQuerySet:
    """Return the organizations that an actor may write for."""
    if not actor.is_authenticated:
        return Organization.objects.none()
    return Organization.objects.filter(
        pk__in=Membership.objects.filter(user=actor, role__in=EDITING_ROLES).values("organization")
    )


def editable_offers(actor: Actor) -> ListingQuerySet[Offer]:
    """Return the offers that an actor may change."""
    return Offer.objects.filter(organization__in=editable_organizations(actor).values("pk"))


def editable_needs(actor: Actor) -> ListingQuerySet[Need]:
    """Return the needs that an actor may change."""
    return Need.objects.filter(organization__in=editable_organizations(actor).values("pk"))


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


def can_invite_as(actor: Actor, organization: Organization, role: str) -> bool:
    """Say whether an actor may bring somebody in with a role: never above their own."""
    own = role_in(actor, organization)
    return own in EDITING_ROLES and _RANK[role] <= _RANK[own]


def can_manage_cluster(actor: Actor, cluster: Cluster) -> bool:
    """Say whether an actor edits for the cluster organization that manages the cluster."""
    if not actor.is_authenticated:
        return False
    return Membership.objects.filter(
        user=actor,
        role__in=EDITING_ROLES,
        organization__affiliations__cluster=cluster,
        organization__affiliations__role=AffiliationRole.MANAGER,
        organization__affiliations__ended_on__isnull=True,
    ).exists()


def own_memberships(actor: User) -> QuerySet[Membership]:
    """Return a person's own places, by organization."""
    rows = Membership.objects.filter(user=actor).select_related("organization", "user")
    return rows.order_by("organization__legal_name", "pk")


def memberships_beside(actor: Actor) -> QuerySet[Membership]:
    """Return the places of everybody in the organizations that a person belongs to."""
    if not actor.is_authenticated:
        return Membership.objects.none()
    rows = Membership.objects.select_related("organization", "user")
    return rows.filter(organization__memberships__user=actor)


def open_invitations(
    actor: Actor, organization: Organization, now: dt.datetime
) -> QuerySet[Invitation]:
    """Return the invitations that wait for an answer, to who may invite."""
    if role_in(actor, organization) not in EDITING_ROLES:
        return Invitation.objects.none()
    waiting = organization.invitations.filter(accepted_at=None, revoked_at=None)
    return waiting.filter(expires_at__gt=now).select_related("organization").order_by("-pk")


def managed_clusters(actor: Actor) -> QuerySet[Cluster]:
    """Return the clusters that an actor edits for their cluster organizations."""
    managing = Affiliation.objects.confirmed().filter(
        role=AffiliationRole.MANAGER, organization__in=editable_organizations(actor).values("pk")
    )
    return Cluster.objects.filter(pk__in=managing.order_by().values("cluster"))


def answerable_affiliations(actor: Actor) -> AffiliationQuerySet:
    """Return the affiliations where an actor speaks for one of the two sides."""
    own = editable_organizations(actor).values("pk")
    managed = managed_clusters(actor).values("pk")
    rows = Affiliation.objects.filter(ended_on=None).select_related("organization", "cluster")
    return rows.filter(Q(organization__in=own) | Q(cluster__in=managed)).order_by("pk")


def may_found_clusters(actor: Actor) -> OrganizationQuerySet:
    """Return the cluster organizations for which an actor may found a cluster."""
    rows = editable_organizations(actor).active()
    return rows.filter(kind=OrganizationKind.CLUSTER_ORGANIZATION)
