"""How firmly floors are kept for a need, and how many invitations an organization takes."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from clusters.models import Cluster
from firms.models import Organization
from matching.models import ClusterFairness, MatchCapacity
from matching.models.serving import ALPHA, OPEN_INVITATIONS


def alpha_for(clusters: Iterable[int]) -> float | None:
    """Return the level for a need of an organization in these clusters; None when switched off.

    The firmest of the clusters that have it on counts; it is off when all of them turned it off.
    """
    members = set(clusters)
    settings = ClusterFairness.objects.filter(cluster__in=members)
    said = {row.cluster_id: row.alpha if row.is_on else None for row in settings}
    levels = [said.get(cluster, ALPHA) for cluster in members] or [ALPHA]
    return max((level for level in levels if level is not None), default=None)


@transaction.atomic
def set_fairness(*, cluster: Cluster, is_on: bool, alpha: float) -> ClusterFairness:
    """Keep what a cluster's manager decided; the history keeps who and when."""
    found, _ = ClusterFairness.objects.update_or_create(
        cluster=cluster, defaults={"is_on": is_on, "alpha": alpha}
    )
    return found


@transaction.atomic
def set_capacity(
    *, organization: Organization, open_invitations: int, paused_until: dt.date | None
) -> MatchCapacity:
    """Keep how many invitations an organization takes at once, and until when it takes none."""
    found, _ = MatchCapacity.objects.update_or_create(
        organization=organization,
        defaults={"open_invitations": open_invitations, "paused_until": paused_until},
    )
    return found


def capacities(organizations: Iterable[int], *, today: dt.date) -> dict[int, int]:
    """Return how many open invitations each organization takes at most; 0 while it pauses."""
    wanted = list(organizations)
    found = dict.fromkeys(wanted, OPEN_INVITATIONS)
    for row in MatchCapacity.objects.filter(organization__in=wanted):
        paused = row.paused_until is not None and row.paused_until >= today
        found[row.organization_id] = 0 if paused else row.open_invitations
    return found
