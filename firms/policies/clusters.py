"""Who may manage clusters and answer affiliations."""

from django.db.models import Q, QuerySet

from clusters.models import Cluster
from firms.models import (
    Affiliation,
    AffiliationQuerySet,
    AffiliationRole,
    Membership,
    OrganizationKind,
    OrganizationQuerySet,
)
from firms.policies.actors import Actor
from firms.policies.organizations import EDITING_ROLES, editable_organizations


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
