"""The clusters as home shows them: each with how many organizations stand in it."""

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from clusters.models import Cluster
from clusters.policies import visible_clusters
from firms.models import Affiliation
from firms.policies import Actor


def clusters_by_size(actor: Actor) -> QuerySet[Cluster]:
    """Return the clusters that an actor may see with ``members``, the largest first."""
    confirmed = Affiliation.objects.confirmed().filter(cluster=OuterRef("pk")).order_by()
    members = confirmed.values("cluster").annotate(number=Count("pk")).values("number")
    rows = visible_clusters(actor).annotate(members=Coalesce(Subquery(members), 0))
    return rows.select_related("country").order_by("-members", "label_es", "pk")
