from typing import Any

import pytest
from django.urls import reverse

from firms.models import Visibility
from firms.models.listing_choices import ListingStatus
from tests.factories import (
    ActivityFactory,
    AffiliationFactory,
    CertificateFactory,
    ClusterFactory,
    IdentifierFactory,
    NeedFactory,
    OfferFactory,
    ValueChainStageFactory,
)
from tests.firms.actors import ACTORS, Cast, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast(legal_name="Viña Ejemplo S.A.")


def get(cast: Cast, actor: str, name: str, *args: Any) -> Any:
    return cast.browser(actor).get(reverse(name, args=args))


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize(
    "name", ["firms:directory", "firms:needs", "firms:offers", "clusters:list"]
)
def test_everybody_reads_the_lists(cast: Cast, actor: str, name: str) -> None:
    NeedFactory(organization=cast.organization)
    OfferFactory(organization=cast.organization)
    ClusterFactory()
    assert get(cast, actor, name).status_code == 200


@pytest.mark.parametrize(
    ("visibility", "seen_by"),
    [
        (Visibility.PUBLIC, ACTORS),
        (Visibility.MEMBERS, ("owner", "colleague", "outsider")),
        (Visibility.PRIVATE, ("owner", "colleague")),
    ],
)
@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize(("kind", "factory"), [("need", NeedFactory), ("offer", OfferFactory)])
def test_a_listing_is_seen_by_those_it_is_for(
    cast: Cast, visibility: str, seen_by: tuple[str, ...], actor: str, kind: str, factory: Any
) -> None:
    listing = factory(organization=cast.organization, visibility=visibility)
    answer = get(cast, actor, f"firms:{kind}", listing.public_id)
    assert answer.status_code == (200 if actor in seen_by else 404)


@pytest.mark.parametrize("actor", ACTORS)
def test_a_draft_is_seen_by_its_organization_only(cast: Cast, actor: str) -> None:
    need = NeedFactory(organization=cast.organization, status=ListingStatus.DRAFT)
    answer = get(cast, actor, "firms:need", need.public_id)
    assert answer.status_code == (200 if actor in ("owner", "colleague") else 404)


@pytest.mark.parametrize("actor", ACTORS)
def test_only_who_edits_finds_the_edit_links(cast: Cast, actor: str) -> None:
    page = get(cast, actor, "firms:organization", cast.organization.public_id)
    edit = reverse("firms:organization-edit", args=[cast.organization.public_id])
    assert (edit in page.content.decode()) == (actor == "owner")


@pytest.mark.parametrize("name", ["firms:organization-edit", "firms:people"])
@pytest.mark.parametrize("actor", ACTORS)
def test_what_belongs_to_an_organization_does_not_exist_for_others(
    cast: Cast, actor: str, name: str
) -> None:
    answer = get(cast, actor, name, cast.organization.public_id)
    allowed = ("owner",) if name == "firms:organization-edit" else ("owner", "colleague")
    expected = 302 if actor == "anonymous" else 200 if actor in allowed else 404
    assert answer.status_code == expected


def test_the_page_of_an_organization_shows_what_is_known_of_it(cast: Cast) -> None:
    own = cast.organization
    ActivityFactory(organization=own)
    CertificateFactory(organization=own)
    IdentifierFactory(organization=own)
    AffiliationFactory(organization=own)
    OfferFactory(organization=own, title="Etiquetas de vino")
    page = get(cast, "anonymous", "firms:organization", own.public_id).content.decode()
    for words in ("Clase 1102", "iso-9001", "RUT", "Clúster", "Etiquetas de vino"):
        assert words in page


def test_the_cluster_pages_show_members_and_chain(cast: Cast) -> None:
    cluster = ClusterFactory()
    stage = ValueChainStageFactory(cluster=cluster, label_es="Vinificación")
    activity = ActivityFactory(organization=cast.organization)
    stage.activities.add(activity.classification)
    AffiliationFactory(organization=cast.organization, cluster=cluster)
    NeedFactory(organization=cast.organization, title="Corchos")
    members = get(cast, "anonymous", "firms:cluster-members", cluster.slug).content.decode()
    chain = get(cast, "anonymous", "firms:cluster-chain", cluster.slug).content.decode()
    detail = get(cast, "anonymous", "clusters:detail", cluster.slug).content.decode()
    assert "Viña Ejemplo" in members
    assert "Corchos" in members
    assert "una sola" in chain
    assert "Vinificación" in detail
    shapes = get(cast, "anonymous", "clusters:map").json()
    assert shapes["features"][0]["geometry"]["type"] == "Polygon"


@pytest.mark.parametrize(
    "name",
    [
        "firms:organization-create",
        "firms:need-create",
        "firms:offer-create",
        "firms:mine",
        "firms:cluster-create",
        "accounts:settings",
    ],
)
def test_the_forms_open_for_who_is_signed_in(cast: Cast, name: str) -> None:
    assert get(cast, "owner", name).status_code == 200
    assert get(cast, "anonymous", name).status_code == 302
