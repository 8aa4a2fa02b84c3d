"""What home shows of clusters and calls: the large first, and the near before the far."""

import datetime as dt

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from clusters.models import Cluster
from clusters.policies import visible_clusters
from firms.models import Affiliation
from firms.policies import Actor
from programs.models import Call, Program
from programs.policies import visible_calls


def clusters_by_size(actor: Actor) -> QuerySet[Cluster]:
    """Return the clusters that an actor may see with ``members``, the largest first."""
    confirmed = Affiliation.objects.confirmed().filter(cluster=OuterRef("pk")).order_by()
    members = confirmed.values("cluster").annotate(number=Count("pk")).values("number")
    rows = visible_clusters(actor).annotate(members=Coalesce(Subquery(members), 0))
    return rows.select_related("country").order_by("-members", "label_es", "pk")


def calls_closing_soon(actor: Actor, *, now: dt.datetime) -> QuerySet[Call]:
    """Return the open calls with a closing day; those of countries with a cluster come first."""
    countries = visible_clusters(actor).values("country__country_code")
    near = Program.objects.filter(pk=OuterRef("program"), territories__country_code__in=countries)
    rows = visible_calls(actor).open_on(now).filter(closes_at__isnull=False)
    return rows.annotate(is_near=Exists(near)).order_by("-is_near", "closes_at", "pk")
