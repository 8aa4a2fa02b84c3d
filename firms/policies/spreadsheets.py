"""Who may bring in spreadsheets, see them, and what an import may touch."""

from django.db.models import Q, QuerySet

from accounts.models import User
from clusters.models import Cluster
from firms.models import (
    Affiliation,
    AffiliationRole,
    Membership,
    Organization,
    OrganizationQuerySet,
    Role,
    Spreadsheet,
    Verification,
)
from firms.policies.actors import Actor
from firms.policies.clusters import managed_clusters
from firms.policies.organizations import editable_organizations
from firms.quotas import HELD_IMPORT_ROWS

SOURCE = "spreadsheet"
PLATFORM = "racimo"  # rows that staff bring in for nobody in particular


def administered_organizations(actor: Actor) -> OrganizationQuerySet:
    """Return the organizations whose administrator an actor is: they may bring in spreadsheets."""
    if not actor.is_authenticated:
        return Organization.objects.none()
    own = Membership.objects.filter(user=actor, role=Role.ADMINISTRATOR).values("organization")
    return Organization.objects.filter(pk__in=own).active().order_by("legal_name", "pk")


def manager_of(cluster: Cluster) -> Organization | None:
    """Return the organization that manages a cluster."""
    rows = Affiliation.objects.confirmed().filter(cluster=cluster, role=AffiliationRole.MANAGER)
    row = rows.select_related("organization").order_by("pk").first()
    return row.organization if row else None


def may_import(actor: Actor, owner: Organization | None, cluster: Cluster | None) -> bool:
    """Say whether an actor may bring in rows for an organization, into a cluster if one is named.

    Staff may for nobody in particular; a cluster's rows belong to the organization that manages it.
    """
    if not actor.is_authenticated or not actor.is_active:
        return False
    if cluster is not None:
        return managed_clusters(actor).filter(pk=cluster.pk).exists()
    if owner is None:
        return actor.is_staff
    return administered_organizations(actor).filter(pk=owner.pk).exists()


def may_import_anything(actor: Actor) -> bool:
    """Say whether an actor has something to bring spreadsheets in for."""
    if not actor.is_authenticated:
        return False
    return (
        actor.is_staff
        or administered_organizations(actor).exists()
        or managed_clusters(actor).exists()
    )


def changeable_spreadsheets(actor: Actor) -> QuerySet[Spreadsheet]:
    """Return the spreadsheets that an actor may move on: of what they may import for now."""
    rows = Spreadsheet.objects.select_related("owner", "cluster", "created_by")
    if not actor.is_authenticated:
        return rows.none()
    own = Q(cluster=None, owner__in=administered_organizations(actor).order_by().values("pk"))
    own |= Q(
        cluster__in=managed_clusters(actor).values("pk"),
        owner__in=editable_organizations(actor).values("pk"),
    )
    if actor.is_staff:
        own |= Q(owner=None)
    return rows.filter(own)


def visible_spreadsheets(actor: Actor) -> QuerySet[Spreadsheet]:
    """Return the spreadsheets that an actor may read; staff read what waits for them too."""
    if actor.is_authenticated and actor.is_staff:
        return Spreadsheet.objects.select_related("owner", "cluster", "created_by")
    return changeable_spreadsheets(actor)


def needs_moderation(actor: User, owner: Organization | None, rows: int) -> bool:
    """Say whether staff look at so many rows first: the registry does not vouch for their owner."""
    if owner is None or actor.is_staff or rows <= HELD_IMPORT_ROWS:
        return False
    return owner.verification != Verification.VERIFIED


def importable_organizations(actor: User, owner: Organization | None) -> OrganizationQuerySet:
    """Return the organizations that an import may change.

    Those that the actor edits, and those that the same owner brought in and nobody has claimed.
    """
    brought = Organization.objects.filter(
        source=SOURCE,
        source_ref__startswith=f"{reference_prefix(owner)}:",
        verification=Verification.LISTED,
        memberships=None,
    )
    rows = Q(pk__in=editable_organizations(actor).values("pk")) | Q(pk__in=brought.values("pk"))
    return Organization.objects.filter(rows)


def reference_prefix(owner: Organization | None) -> str:
    """Return what the references of an owner's rows begin with: no other owner's ever match."""
    return str(owner.public_id) if owner else PLATFORM
