import pytest
from django.contrib.gis.geos import MultiPolygon, Polygon
from django.db import connection

from clusters.models import AdminUnit, Classification, ClassificationLink, Cluster
from clusters.models.clusters import MAX_TERRITORY_VERTICES
from tests.factories import (
    ClassificationFactory,
    ClusterFactory,
    CountryFactory,
    RegionFactory,
    ValueChainStageFactory,
)
from tests.violations import violates

pytestmark = pytest.mark.django_db


def test_a_country_has_no_parent() -> None:
    with violates("admin_unit_parent_by_level"):
        CountryFactory(code="AR", parent=CountryFactory(code="CL"))


def test_a_division_has_a_parent() -> None:
    with violates("admin_unit_parent_by_level"):
        AdminUnit.objects.create(code="CL-RM", country_code="CL", level=1)


def test_a_code_is_unique_in_its_scheme() -> None:
    entry = ClassificationFactory()
    with violates("classification_unique_code"):
        Classification.objects.create(scheme=entry.scheme, code=entry.code, level=4, path="x")


def test_a_correspondence_is_stored_once() -> None:
    pair = {"source": ClassificationFactory(), "target": ClassificationFactory(code="1103")}
    ClassificationLink.objects.create(**pair)
    with violates("classification_link_unique"):
        ClassificationLink.objects.create(**pair)


def test_a_cluster_has_a_name_in_some_language() -> None:
    with violates("cluster_has_a_name"):
        ClusterFactory(label_es="", label_pt="", label_en="")


def test_a_territory_does_not_cross_itself() -> None:
    bow_tie = Polygon(((0, 0), (1, 1), (1, 0), (0, 1), (0, 0)))
    with violates("cluster_territory_is_valid"):
        ClusterFactory(territory=MultiPolygon(bow_tie, srid=4326))


def test_an_empty_territory_is_stored_as_none() -> None:
    assert ClusterFactory(territory=None).territory is None


def test_a_territory_has_bounded_detail() -> None:
    steps = MAX_TERRITORY_VERTICES
    ring = [(i / steps, 0.0) for i in range(steps)] + [(1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]
    with violates("cluster_territory_vertices"):
        ClusterFactory(territory=MultiPolygon(Polygon(ring), srid=4326))


def test_a_nan_territory_is_refused() -> None:
    cluster = ClusterFactory()
    with violates("cluster_territory_is_valid"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE clusters_cluster SET territory = ST_SetSRID(ST_Multi(ST_MakePolygon("
            "ST_MakeLine(ARRAY[ST_MakePoint(0,0), ST_MakePoint('NaN'::float,1),"
            " ST_MakePoint(1,1), ST_MakePoint(0,0)]))), 4326) WHERE id = %s",
            [cluster.pk],
        )


def test_a_stage_code_is_unique_in_its_cluster() -> None:
    stage = ValueChainStageFactory()
    with violates("stage_unique_code"):
        ValueChainStageFactory(cluster=stage.cluster, code=stage.code)


def test_the_same_stage_code_may_stand_in_two_clusters() -> None:
    stage = ValueChainStageFactory()
    assert ValueChainStageFactory(code=stage.code).cluster != stage.cluster


def test_factories_of_places_make_them_once() -> None:
    assert RegionFactory() == RegionFactory()
    assert Cluster._meta.get_field("territory").srid == 4326
