"""Who may see clusters: everybody, for a cluster is a public fact about a territory."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from clusters.models import Cluster

Actor = User | AnonymousUser


def visible_clusters(_actor: Actor) -> QuerySet[Cluster]:
    """Return the clusters that an actor may see."""
    return Cluster.objects.all()
