"""How many members of a cluster can do each step of its chain."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from clusters.models import Cluster, ValueChainStage
from firms.models import Affiliation, Organization, OrganizationActivity

SINGLE = 1
LARGE = 5
"""From here on a step counts as well covered: its circle is drawn at its largest."""


@dataclass(frozen=True)
class Step:
    """A stage and the members whose activities cover it."""

    stage: ValueChainStage
    members: tuple[int, ...]

    @property
    def count(self) -> int:
        """Return how many can do it."""
        return len(self.members)

    @property
    def state(self) -> str:
        """Return none, one, some or many."""
        if not self.members:
            return "none"
        if self.count == SINGLE:
            return "one"
        return "many" if self.count >= LARGE else "some"


def chain_of(*, cluster: Cluster, visible: QuerySet[Organization]) -> list[Step]:
    """Return the steps in order with the confirmed, active members who can do each.

    ``visible`` bounds who is counted, so that a hidden member changes no figure.
    """
    confirmed = Affiliation.objects.confirmed().filter(cluster=cluster).order_by()
    members = visible.filter(pk__in=confirmed.values("organization")).order_by()
    done = OrganizationActivity.objects.filter(organization__in=members.values("pk")).order_by()
    doers: dict[str, set[int]] = defaultdict(set)
    for organization, path in done.values_list("organization", "classification__path"):
        for prefix in _prefixes(path):
            doers[prefix].add(organization)
    stages = cluster.stages.prefetch_related("activities")
    return [Step(stage, _members(stage, doers)) for stage in stages]


def _members(stage: ValueChainStage, doers: dict[str, set[int]]) -> tuple[int, ...]:
    return tuple(sorted(set().union(*(doers[entry.path] for entry in stage.activities.all()))))


def _prefixes(path: str) -> list[str]:
    """Return a path and the paths above it: doing 1102 is doing 110 and 11 and C."""
    codes = path.split("/")
    return ["/".join(codes[: depth + 1]) for depth in range(len(codes))]
