"""Places, classifications, certificates people hold, clusters and their value chains."""

from clusters.models.certificates import CertificateFamily, CertificateStandard
from clusters.models.classifications import Classification, ClassificationLink, Scheme
from clusters.models.clusters import Cluster, ClusterStatus
from clusters.models.links import ClusterSector, ClusterUnit, StageActivity
from clusters.models.places import AdminUnit, City
from clusters.models.reference import LoadedDataSet
from clusters.models.search import Fold, fold, search_terms
from clusters.models.stages import StageKind, ValueChainStage

__all__ = [
    "AdminUnit",
    "CertificateFamily",
    "CertificateStandard",
    "City",
    "Classification",
    "ClassificationLink",
    "Cluster",
    "ClusterSector",
    "ClusterStatus",
    "ClusterUnit",
    "Fold",
    "LoadedDataSet",
    "Scheme",
    "StageActivity",
    "StageKind",
    "ValueChainStage",
    "fold",
    "search_terms",
]
