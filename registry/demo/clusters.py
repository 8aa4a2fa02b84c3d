"""Illustrated clusters: territory, sectors, chain, and who belongs to them."""

from django.contrib.gis.geos import MultiPolygon, Polygon

from clusters.models import Cluster, ClusterStatus, ValueChainStage
from firms.models import AffiliationRole, Organization
from registry.demo.codes import Codes
from registry.demo.entries import ClusterEntry, StageEntry, WorldEntry
from registry.demo.organizations import Moment, affiliate, write_organization

LANGUAGES = ("es", "pt", "en")


def write_world(world: WorldEntry, codes: Codes, moment: Moment) -> int:
    """Make a file's cluster and organizations; return how many organizations."""
    cluster = _write_cluster(world.cluster, codes, moment) if world.cluster else None
    for position, stage in enumerate(world.stages):
        if cluster:
            _write_stage(cluster, stage, position, codes)
    for entry in world.organizations:
        spot = codes.spot(entry, world.cluster, world.places)
        row = write_organization(entry, spot, codes, moment)
        if cluster and entry.role:
            affiliate(row, cluster, entry.role, moment)
    for supporter in Organization.objects.filter(source="ror", source_ref__in=world.supporters):
        if cluster:
            affiliate(supporter, cluster, AffiliationRole.SUPPORTER, moment)
    return len(world.organizations)


def _write_cluster(entry: ClusterEntry, codes: Codes, moment: Moment) -> Cluster:
    names = {f"label_{code}": entry.names[code] for code in LANGUAGES}
    summaries = {f"summary_{code}": entry.summary[code] for code in LANGUAGES}
    cluster, _ = Cluster.objects.update_or_create(
        slug=entry.slug,
        defaults={
            **names,
            **summaries,
            "status": ClusterStatus.ACTIVE,
            "country": codes.unit(entry.country),
            "territory": MultiPolygon(Polygon(entry.territory), srid=4326),
            "founded_year": entry.founded,
            "is_illustration": True,
            "last_confirmed_on": moment.today,
        },
    )
    cluster.admin_units.set([codes.unit(code) for code in entry.units])
    cluster.sectors.set(codes.classifications(entry.sectors))
    return cluster


def _write_stage(cluster: Cluster, entry: StageEntry, position: int, codes: Codes) -> None:
    stage, _ = ValueChainStage.objects.update_or_create(
        cluster=cluster,
        code=entry.code,
        defaults={
            **{f"label_{code}": entry.names[code] for code in LANGUAGES},
            "kind": entry.kind,
            "position": position,
        },
    )
    stage.activities.set(codes.classifications(entry.activities))
