"""Clusters in the API."""

from typing import ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from clusters.api.reference import ClassificationSerializer
from clusters.filters import ClusterFilter
from clusters.models import AdminUnit, Cluster, ValueChainStage
from clusters.policies import visible_clusters
from common.api.geometry import TERRITORY_DECIMALS, AreaField
from common.api.serializers import Labels, StrictModelSerializer
from common.api.views import ListOf, OneOf


class ClusterSerializer(StrictModelSerializer[Cluster]):
    """A concentration of linked organizations, in brief."""

    name = serializers.CharField(source="label", read_only=True)
    names = Labels(source="*", read_only=True)
    summary = serializers.CharField(read_only=True)
    country = serializers.CharField(source="country.code", read_only=True)

    class Meta:
        model = Cluster
        fields: ClassVar = [
            "slug", "name", "names", "summary", "country", "status", "founded_year", "website",
            "is_illustration", "last_confirmed_on",
        ]  # fmt: skip
        read_only_fields = fields


class StageSerializer(StrictModelSerializer[ValueChainStage]):
    """A step of a cluster's value chain."""

    name = serializers.CharField(source="label", read_only=True)
    names = Labels(source="*", read_only=True)

    class Meta:
        model = ValueChainStage
        fields: ClassVar = ["code", "kind", "position", "name", "names"]
        read_only_fields = fields


class ClusterDetailSerializer(ClusterSerializer):
    """A cluster with its territory, sectors and chain."""

    admin_units: serializers.SlugRelatedField[AdminUnit] = serializers.SlugRelatedField(
        "code", many=True, read_only=True
    )
    territory = AreaField(decimals=TERRITORY_DECIMALS, allow_null=True)
    sectors = ClassificationSerializer(many=True, read_only=True)
    stages = StageSerializer(many=True, read_only=True)

    class Meta(ClusterSerializer.Meta):
        fields: ClassVar = [
            *ClusterSerializer.Meta.fields, "admin_units", "territory", "sectors", "stages",
        ]  # fmt: skip
        read_only_fields = fields


class Clusters(ListOf[Cluster]):
    """Clusters; their members are the organizations of that cluster."""

    summary = _("Clústeres")
    serializer_class = ClusterSerializer
    filterset_class = ClusterFilter

    def get_queryset(self) -> QuerySet[Cluster]:
        """Return those that the caller may see, without their outlines."""
        rows = visible_clusters(self.request.user).select_related("country")
        return rows.defer("territory", "country__boundary")


class OneCluster(OneOf[Cluster]):
    """One cluster, with its territory, sectors and chain."""

    summary = _("Un clúster, con su territorio, sectores y cadena")
    serializer_class = ClusterDetailSerializer
    lookup_field = "slug"

    def get_queryset(self) -> QuerySet[Cluster]:
        """Return those that the caller may see."""
        rows = visible_clusters(self.request.user).select_related("country")
        return rows.defer("country__boundary").prefetch_related(
            "admin_units", "sectors__parent", "stages"
        )
