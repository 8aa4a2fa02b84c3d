import json
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from clusters.models import Cluster
from common.jobs.models import Job
from firms.models import Affiliation, AffiliationRole, Organization, OrganizationKind, Role
from firms.policies import can_manage_cluster
from firms.services import affiliations as services
from firms.services.chains import chain_of
from tests.factories import (
    TODAY,
    ActivityFactory,
    AffiliationFactory,
    ClassificationFactory,
    ClusterFactory,
    MembershipFactory,
    NeedFactory,
    OfferFactory,
    OrganizationFactory,
    RegionFactory,
    UserFactory,
    ValueChainStageFactory,
)
from tests.firms.actors import ACTORS, Cast, make_cast
from tests.firms.test_directory import OPEN

pytestmark = pytest.mark.django_db


def manager_of(cluster: Cluster) -> User:
    body = OrganizationFactory(kind=OrganizationKind.CLUSTER_ORGANIZATION)
    AffiliationFactory(organization=body, cluster=cluster, role=AffiliationRole.MANAGER)
    return MembershipFactory(organization=body, role=Role.EDITOR).user


def ask(organization: Organization, cluster: Cluster) -> Affiliation:
    return services.ask_to_join(
        by=UserFactory(), organization=organization, cluster=cluster, today=TODAY
    )


def reprojections(organization: Organization) -> int:
    return Job.objects.filter(kind="organization.reproject", key=organization.pk).count()


def test_a_membership_is_real_when_both_sides_have_said_yes() -> None:
    cluster, organization = ClusterFactory(), OrganizationFactory()
    row = ask(organization, cluster)
    assert not Affiliation.objects.confirmed().exists()
    assert reprojections(organization) == 0
    services.confirm_affiliation(by=manager_of(cluster), affiliation=row, today=TODAY)
    assert Affiliation.objects.confirmed().filter(organization=organization).exists()
    assert reprojections(organization) == 1


def test_asking_for_what_the_cluster_offers_is_saying_yes() -> None:
    cluster, organization = ClusterFactory(), OrganizationFactory()
    services.invite_to_cluster(
        by=manager_of(cluster), organization=organization, cluster=cluster, today=TODAY
    )
    row = ask(organization, cluster)
    assert row.cluster_confirmed_on == row.member_confirmed_on == TODAY
    assert Affiliation.objects.filter(organization=organization).count() == 1


def test_nobody_says_yes_for_the_other_side() -> None:
    cluster, organization = ClusterFactory(), OrganizationFactory()
    editor = MembershipFactory(organization=organization, role=Role.EDITOR).user
    row = ask(organization, cluster)
    with pytest.raises(services.CannotChangeAffiliation):
        services.confirm_affiliation(by=editor, affiliation=row, today=TODAY)


def test_asking_twice_changes_nothing() -> None:
    cluster, organization = ClusterFactory(), OrganizationFactory()
    ask(organization, cluster)
    with pytest.raises(services.CannotChangeAffiliation):
        ask(organization, cluster)


def test_an_ended_membership_keeps_its_history_and_may_begin_again() -> None:
    row = AffiliationFactory()
    services.end_affiliation(by=UserFactory(), affiliation=row, today=TODAY)
    assert reprojections(row.organization) == 1
    with pytest.raises(services.CannotChangeAffiliation):
        services.end_affiliation(by=UserFactory(), affiliation=row, today=TODAY)
    assert ask(row.organization, row.cluster).pk != row.pk


def test_the_managing_organization_does_not_leave_its_cluster() -> None:
    cluster = ClusterFactory()
    manager_of(cluster)
    with pytest.raises(services.CannotChangeAffiliation):
        services.end_affiliation(
            by=UserFactory(), affiliation=Affiliation.objects.get(), today=TODAY
        )


def test_the_chain_counts_confirmed_members_once_and_by_broader_activities() -> None:
    cluster = ClusterFactory()
    wine = ClassificationFactory(code="1102", path="C/11/110/1102")
    drinks = ClassificationFactory(code="11", path="C/11", level=2)
    stages = [ValueChainStageFactory(cluster=cluster, position=n) for n in range(4)]
    stages[0].activities.add(drinks, wine)
    stages[1].activities.add(wine)
    stages[2].activities.add(ClassificationFactory(code="1", path="C/1"))
    for _ in range(6):
        member = AffiliationFactory(cluster=cluster).organization
        ActivityFactory(organization=member, classification=drinks)
    single = AffiliationFactory(cluster=cluster).organization
    ActivityFactory(organization=single, classification=wine)
    asking = AffiliationFactory(cluster=cluster, cluster_confirmed_on=None).organization
    ActivityFactory(organization=asking, classification=wine)
    steps = chain_of(cluster=cluster, visible=Organization.objects.all())
    assert [(step.count, step.state) for step in steps] == [
        (7, "many"),
        (1, "one"),
        (0, "none"),
        (0, "none"),
    ]


# --- pages -----------------------------------------------------------------------------------


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def post(cast: Cast, actor: str, name: str, *args: Any, **data: Any) -> Any:
    return cast.browser(actor).post(reverse(f"firms:{name}", args=args), data)


@pytest.mark.parametrize("actor", ACTORS)
def test_an_editor_asks_and_the_manager_confirms(cast: Cast, actor: str, client: Any) -> None:
    cluster = ClusterFactory()
    own = {"organization": str(cast.organization.public_id)}
    answer = post(cast, actor, "cluster-join", cluster.slug, **own)
    assert Affiliation.objects.exists() == (actor == "owner")
    if actor != "owner":
        assert answer.status_code == (302 if actor == "anonymous" else 404)
        return
    row = Affiliation.objects.get()
    confirm = reverse("firms:affiliation-confirm", args=[row.public_id])
    cast.browser("owner").post(confirm)
    assert not Affiliation.objects.confirmed().exists()
    client.force_login(manager_of(cluster))
    manage = reverse("firms:cluster-manage", args=[cluster.slug])
    assert cast.organization.name in client.get(manage).content.decode()
    assert client.post(confirm)["Location"] == manage
    assert Affiliation.objects.confirmed().filter(organization=cast.organization).exists()


def test_the_manager_finds_and_invites_and_the_organization_accepts(
    cast: Cast, client: Any
) -> None:
    cluster = ClusterFactory()
    client.force_login(manager_of(cluster))
    Organization.objects.filter(pk=cast.organization.pk).update(legal_name="Viña Buscada")
    page = client.get(reverse("firms:cluster-manage", args=[cluster.slug]), {"q": "buscada"})
    assert "Viña Buscada" in page.content.decode()
    own = {"organization": str(cast.organization.public_id)}
    client.post(reverse("firms:cluster-invite", args=[cluster.slug]), own)
    row = Affiliation.objects.get(organization=cast.organization)
    join = reverse("firms:cluster-join", args=[cluster.slug])
    assert "El clúster le invita" in cast.browser("owner").get(join).content.decode()
    assert post(cast, "owner", "affiliation-confirm", row.public_id)["Location"] == join
    assert Affiliation.objects.confirmed().filter(pk=row.pk).exists()


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("name", ["cluster-manage", "cluster-edit", "cluster-invite"])
def test_a_cluster_is_managed_by_its_manager_only(cast: Cast, actor: str, name: str) -> None:
    cluster = ClusterFactory()
    AffiliationFactory(cluster=cluster, organization=cast.organization)
    url = reverse(f"firms:{name}", args=[cluster.slug])
    browser = cast.browser(actor)
    answer = browser.post(url) if name == "cluster-invite" else browser.get(url)
    assert answer.status_code == (302 if actor == "anonymous" else 404)


@pytest.mark.parametrize("actor", ACTORS)
def test_an_affiliation_is_ended_by_either_side_only(cast: Cast, actor: str) -> None:
    row = AffiliationFactory(organization=cast.organization)
    post(cast, actor, "affiliation-end", row.public_id)
    row.refresh_from_db()
    assert (row.ended_on is not None) == (actor == "owner")


@pytest.mark.parametrize("sent", ["", "x", "1' or 1=1", "019abf3e-7c00-7d1c-9a60-2f1f6b9f0b6a"])
def test_an_organization_that_is_not_ones_own_finds_nothing(cast: Cast, sent: str) -> None:
    cluster = ClusterFactory()
    answer = post(cast, "owner", "cluster-join", cluster.slug, organization=sent)
    assert answer.status_code == 404


def cluster_form(**changes: Any) -> dict[str, Any]:
    RegionFactory(code="CL-LI")
    return {
        "label_es": "Vino de Colchagua",
        "status": "active",
        "country": "CL",
        "admin_units": ["CL-LI"],
        "stages-TOTAL_FORMS": "2",
        "stages-INITIAL_FORMS": "0",
        "stages-0-label_es": "Vinificación",
        "stages-0-kind": "transformation",
        "stages-0-ORDER": "2",
        "stages-1-label_es": "Viñedo",
        "stages-1-kind": "input",
        "stages-1-ORDER": "1",
    } | changes


def founder() -> User:
    body = OrganizationFactory(kind=OrganizationKind.CLUSTER_ORGANIZATION)
    return MembershipFactory(organization=body, role=Role.ADMINISTRATOR).user


def test_a_cluster_organization_founds_a_cluster_with_its_chain(client: Any) -> None:
    person = founder()
    client.force_login(person)
    answer = client.post(reverse("firms:cluster-create"), cluster_form())
    cluster = Cluster.objects.get()
    assert answer["Location"] == reverse("firms:cluster-manage", args=["vino-de-colchagua"])
    assert can_manage_cluster(person, cluster)
    assert [stage.label_es for stage in cluster.stages.all()] == ["Viñedo", "Vinificación"]
    again = client.post(reverse("firms:cluster-create"), cluster_form())
    assert again.status_code == 303
    assert Cluster.objects.exclude(pk=cluster.pk).get().slug.startswith("vino-de-colchagua-")


@pytest.mark.parametrize("actor", ["owner", "colleague", "outsider"])
def test_other_organizations_found_no_cluster(cast: Cast, actor: str) -> None:
    answer = cast.browser(actor).post(reverse("firms:cluster-create"), cluster_form())
    assert answer.status_code == 422
    assert not Cluster.objects.exists()


SQUARE = [[-71, -34], [-70, -34], [-70, -33], [-71, -33], [-71, -34]]


def drawn(*ring: Any) -> str:
    return json.dumps({"type": "Polygon", "coordinates": [list(ring)]})


def test_a_cluster_keeps_the_territory_that_was_drawn(client: Any) -> None:
    cluster = ClusterFactory(territory=None)
    client.force_login(manager_of(cluster))
    url = reverse("firms:cluster-edit", args=[cluster.slug])
    data = cluster_form(territory=drawn(*SQUARE), admin_units=[])
    assert client.post(url, data).status_code == 303
    cluster.refresh_from_db()
    assert cluster.territory is not None
    assert (cluster.territory.geom_type, round(cluster.territory.area, 6)) == ("MultiPolygon", 1)
    assert "-71" in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("territory", "says"),
    [
        ("{", "no es GeoJSON"),
        (drawn([0, 0], [1, 1], [1, 0], [0, 1], [0, 0]), "se cruza a sí mismo"),
        (drawn([-71, 95], [1, 95], [1, 96], [-71, 95]), "fuera del mundo"),
        ("x" * 65_600, "64 KB"),
        ('{"type":"Point","coordinates":[1,2]}', "polígono"),
    ],
)
def test_a_territory_that_cannot_be_says_why_and_keeps_the_rest(
    client: Any, territory: str, says: str
) -> None:
    cluster = ClusterFactory(territory=None)
    client.force_login(manager_of(cluster))
    data = cluster_form(territory=territory, summary_es="Viñas del valle")
    answer = client.post(reverse("firms:cluster-edit", args=[cluster.slug]), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert "Viñas del valle" in page
    cluster.refresh_from_db()
    assert cluster.territory is None


def test_choosing_the_country_shows_its_regions_and_saves_nothing(client: Any) -> None:
    client.force_login(founder())
    looking = cluster_form(look="admin_units", admin_units=[])
    answer = client.post(reverse("firms:cluster-create"), looking)
    assert answer.status_code == 200
    assert 'value="CL-LI"' in answer.content.decode()
    assert not Cluster.objects.exists()


@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("clusters:detail", 4),
        ("firms:cluster-members", 7),
        ("firms:cluster-chain", 4),
        ("clusters:map", 2),
    ],
)
@pytest.mark.parametrize("many", [3, 30])
def test_a_cluster_asks_as_often_for_30_rows_as_for_3(
    client: Any, name: str, queries: int, many: int, django_assert_num_queries: Any
) -> None:
    cluster = ClusterFactory()
    cluster.sectors.add(ClassificationFactory(code="1102"))
    for n in range(many):
        member = AffiliationFactory(cluster=cluster).organization
        ActivityFactory(organization=member)
        NeedFactory(organization=member, **OPEN)
        OfferFactory(organization=member, **OPEN)
        ValueChainStageFactory(cluster=cluster).activities.add(ClassificationFactory(code="1102"))
        cluster.admin_units.add(RegionFactory(code=f"CL-{n}"))
    url = reverse(name, args=[] if name == "clusters:map" else [cluster.slug])
    client.get(url)
    with django_assert_num_queries(queries):
        assert client.get(url).status_code == 200


@pytest.mark.parametrize(
    ("name", "element"), [("cluster-members", '<div id="members"'), ("cluster-chain", "<section")]
)
def test_a_panel_is_the_part_of_its_page(client: Any, name: str, element: str) -> None:
    cluster = ClusterFactory()
    ValueChainStageFactory(cluster=cluster)
    AffiliationFactory(cluster=cluster)
    url = reverse(f"firms:{name}", args=[cluster.slug])
    fragment = client.get(url, headers={"HX-Request": "true"}).content.decode().strip()
    assert fragment.startswith(element)
    assert fragment in client.get(url).content.decode()
