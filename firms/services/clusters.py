"""Founding a cluster and keeping what it says of itself; its organization does both."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields

from django.contrib.gis.geos import MultiPolygon
from django.db import transaction
from django.utils.text import slugify

from accounts.models import User
from clusters.models import AdminUnit, Classification, Cluster, ValueChainStage
from common.ids import new_public_id
from firms.models import Affiliation, AffiliationRole, Organization
from firms.services.organizations import touch_organization

SLUG_LENGTH = 60


@dataclass(frozen=True, kw_only=True)
class StageContent:
    """A step of the chain and the activities that can do it."""

    label_es: str
    label_pt: str = ""
    label_en: str = ""
    kind: str
    activities: Sequence[Classification] = ()


@dataclass(frozen=True, kw_only=True)
class ClusterContent:
    """What a cluster organization writes; the territory has passed ``clusters.territory``."""

    label_es: str
    label_pt: str = ""
    label_en: str = ""
    summary_es: str = ""
    summary_pt: str = ""
    summary_en: str = ""
    status: str
    country: AdminUnit
    territory: MultiPolygon | None = None
    founded_year: int | None = None
    website: str = ""
    admin_units: Sequence[AdminUnit] = ()
    sectors: Sequence[Classification] = ()
    stages: Sequence[StageContent] | None = None


@transaction.atomic
def create_cluster(
    *, by: User, organization: Organization, content: ClusterContent, today: dt.date
) -> Cluster:
    """Found a cluster that the organization manages."""
    cluster = Cluster(slug=_free_slug(content.label_es))
    _write(cluster, content, today)
    Affiliation.objects.create(
        organization=organization,
        cluster=cluster,
        role=AffiliationRole.MANAGER,
        cluster_confirmed_on=today,
        member_confirmed_on=today,
    )
    touch_organization(by=by, organization=organization)
    return cluster


@transaction.atomic
def update_cluster(
    *, by: User, cluster: Cluster, content: ClusterContent, today: dt.date
) -> Cluster:
    """Replace what a cluster says of itself; its address stays."""
    row = Cluster.objects.select_for_update(of=("self",)).get(pk=cluster.pk)
    return _write(row, content, today)


def _write(cluster: Cluster, content: ClusterContent, today: dt.date) -> Cluster:
    relations = {"admin_units", "sectors", "stages"}
    for field in fields(content):
        if field.name not in relations:
            setattr(cluster, field.name, getattr(content, field.name))
    cluster.last_confirmed_on = today
    cluster.save()
    cluster.admin_units.set(content.admin_units)
    cluster.sectors.set(content.sectors)
    if content.stages is not None:
        _write_stages(cluster, content.stages)
    return cluster


def _write_stages(cluster: Cluster, stages: Sequence[StageContent]) -> None:
    """Put the chain in the place of the one before: stages hold nothing that is not rewritten."""
    cluster.stages.all().delete()
    for position, content in enumerate(stages):
        stage = ValueChainStage.objects.create(
            cluster=cluster,
            code=f"{position + 1}-{slugify(content.label_es)}"[:40].strip("-"),
            label_es=content.label_es,
            label_pt=content.label_pt,
            label_en=content.label_en,
            kind=content.kind,
            position=position,
        )
        stage.activities.set(content.activities)


def _free_slug(name: str) -> str:
    """Return the name as an address, with a few random signs when another cluster has it."""
    slug = slugify(name)[:SLUG_LENGTH].strip("-") or "cluster"
    taken = Cluster.objects.filter(slug=slug).exists()
    return f"{slug}-{new_public_id().hex[-8:]}" if taken else slug
