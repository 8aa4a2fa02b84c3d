"""The tables that join clusters to what they name, so that their history is kept too."""

from clusters.models.clusters import Cluster
from clusters.models.stages import ValueChainStage
from common.history import tracked


@tracked("cluster", key="cluster_id")
class ClusterUnit(Cluster.admin_units.through):
    """A division that a cluster covers."""

    class Meta:
        proxy = True


@tracked("cluster", key="cluster_id")
class ClusterSector(Cluster.sectors.through):
    """A sector that a cluster works in."""

    class Meta:
        proxy = True


@tracked(
    "cluster",
    key="(SELECT cluster_id FROM clusters_valuechainstage WHERE id = {row}.valuechainstage_id)",
)
class StageActivity(ValueChainStage.activities.through):
    """An activity that makes up a stage."""

    class Meta:
        proxy = True
