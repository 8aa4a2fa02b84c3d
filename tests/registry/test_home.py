"""Home: what waits and what closes, for whoever looks, at a constant price."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from firms.models import Visibility
from tests.factories import (
    AffiliationFactory,
    ClusterFactory,
    MembershipFactory,
    NeedFactory,
    OrganizationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

ANONYMOUS_QUERIES = 3  # needs, calls, clusters
SIGNED_IN_QUERIES = 6  # session, person, own organizations, needs, calls, clusters


def open_need(**fields: Any) -> Any:
    today = timezone.localdate()
    dates = {"valid_from": today, "valid_until": today + dt.timedelta(30)}
    return NeedFactory(published_at=timezone.now(), **dates, **fields)


def home(user: Any = None, language: str = "es") -> Any:
    client = Client(SERVER_NAME="localhost")
    if user is not None:
        client.force_login(user)
    return client.get(f"/{language}/")


def test_an_empty_registry_offers_the_next_step() -> None:
    page = home().text
    assert "Todavía no hay necesidades publicadas." in page
    assert "Ver quién puede" in page


def test_open_needs_are_shown_and_others_are_not() -> None:
    open_need(title="Tapones de corcho")
    open_need(title="Solo para registrados", visibility=Visibility.MEMBERS)
    NeedFactory(title="Ya vencida", valid_from="2020-01-01", valid_until="2020-02-01")
    page = home().text
    assert "Tapones de corcho" in page
    assert "Solo para registrados" not in page
    assert "Ya vencida" not in page
    assert "Solo para registrados" in home(UserFactory()).text


@pytest.mark.parametrize("rows", [1, 30])
def test_home_costs_the_same_with_few_rows_and_many(
    rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        open_need()
    with django_assert_num_queries(ANONYMOUS_QUERIES):
        home()
    person = UserFactory()
    for _ in range(min(rows, 12)):
        MembershipFactory(user=person, organization=OrganizationFactory())
    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    with django_assert_num_queries(SIGNED_IN_QUERIES):
        client.get("/es/")


def test_each_language_names_itself_and_leads_to_the_same_page() -> None:
    page = home(language="pt-br").text
    assert '<html lang="pt-br">' in page
    for address, name in (("/es/", "Español"), ("/pt-br/", "Português"), ("/en/", "English")):
        assert f'href="{address}"' in page
        assert name in page


def test_the_manifest_speaks_the_language_of_its_address() -> None:
    answer = Client(SERVER_NAME="localhost").get("/es/manifest.webmanifest")
    assert answer.json()["start_url"] == "/es/"
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert {icon["sizes"] for icon in answer.json()["icons"]} == {"any", "192x192", "512x512"}


@pytest.mark.parametrize("staff", [True, False])
def test_the_gallery_is_for_staff(staff: bool) -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(UserFactory(is_staff=staff))
    status = 200 if staff else 404
    assert client.get("/es/gallery/").status_code == status
    assert client.get("/es/gallery/map.geojson").status_code == status


def test_clusters_are_drawn_with_how_many_stand_in_them() -> None:
    cluster = ClusterFactory(slug="vino", label_es="Vino de Colchagua")
    AffiliationFactory.create_batch(3, cluster=cluster)
    AffiliationFactory(cluster=cluster, member_confirmed_on=None)
    page = home().text
    assert "Vino de Colchagua" in page
    assert "3 organizaciones" in page
    (feature,) = Client(SERVER_NAME="localhost").get("/es/map.geojson").json()["features"]
    assert feature["properties"]["count"] == 3
    assert feature["properties"]["id"] == "vino"
