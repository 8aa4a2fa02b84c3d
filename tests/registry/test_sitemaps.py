"""What search engines are told."""

import pytest
from django.test import Client
from django.urls import reverse

from firms.models import Visibility
from tests.factories import ClusterFactory, OrganizationFactory

pytestmark = pytest.mark.django_db


def test_the_site_map_lists_public_pages_only(client: Client) -> None:
    shown = OrganizationFactory()
    hidden = OrganizationFactory(visibility=Visibility.MEMBERS)
    cluster = ClusterFactory()
    index = client.get("/sitemap.xml").content.decode()
    assert "/sitemap-organizations-1.xml" in index
    part = client.get("/sitemap-organizations-1.xml")
    assert str(shown.public_id) in part.content.decode()
    assert str(hidden.public_id) not in part.content.decode()
    assert 'hreflang="pt-BR"' in part.content.decode()
    assert "public" in part.headers["Cache-Control"]
    assert cluster.slug in client.get("/sitemap-clusters-1.xml").content.decode()


@pytest.mark.parametrize("path", ["/sitemap-organizations-9.xml", "/sitemap-people-1.xml"])
def test_a_part_that_is_not_there_is_404(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_crawlers_are_told_where_the_map_is(client: Client) -> None:
    said = client.get("/robots.txt").content.decode()
    assert "Sitemap: http" in said
    assert "Disallow: /api/" in said


def test_a_page_names_itself_and_its_twins(client: Client) -> None:
    page = client.get(reverse("firms:directory") + "?q=vino").content.decode()
    assert 'rel="canonical" href="http://localhost:8000/es/directory/"' in page
    for code in ("es", "pt-BR", "en", "x-default"):
        assert f'hreflang="{code}" href="http' in page
