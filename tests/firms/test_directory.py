import datetime as dt
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from firms.models import Organization, Role, Visibility
from tests.factories import (
    ActivityFactory,
    AffiliationFactory,
    CertificateFactory,
    CertificateStandardFactory,
    CityFactory,
    ClassificationFactory,
    ClusterFactory,
    CountryFactory,
    IdentifierFactory,
    MembershipFactory,
    NeedFactory,
    OfferFactory,
    OrganizationFactory,
    RegionFactory,
    SiteFactory,
    UserFactory,
    point,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.now().date()
OPEN = {"valid_from": TODAY, "valid_until": TODAY + dt.timedelta(days=30)}
LISTS = {
    "firms:directory": OrganizationFactory,
    "firms:needs": NeedFactory,
    "firms:offers": OfferFactory,
}
HTMX = {"HX-Request": "true"}


def names(client: Client, url: str = "firms:directory", **query: Any) -> list[str]:
    """Return the names of a list in the order in which it shows them."""
    page = client.get(reverse(url), query).content.decode()
    return re.findall(r'<a class="name" href="[^"]*">([^<]*)</a>', page)


@pytest.mark.parametrize(
    "q", ["Viña Aromo", "vina aromo", "VIÑA", "aromo", "arom", "aromos", "aromoo", "tintos"]
)
def test_a_search_forgives_accents_case_and_small_slips(client: Client, q: str) -> None:
    OrganizationFactory(legal_name="Viña Aromo S.A.", one_line="Vinos tintos")
    OrganizationFactory(legal_name="Transportes Rapel")
    assert names(client, q=q) == ["Viña Aromo S.A."]


def test_a_search_finds_who_offers_it_openly(client: Client) -> None:
    printer = OrganizationFactory(legal_name="Imprenta Sur")
    OfferFactory(organization=printer, title="Etiquetas autoadhesivas", **OPEN)
    hidden = OrganizationFactory(legal_name="Imprenta Norte")
    OfferFactory(organization=hidden, title="Etiquetas", visibility=Visibility.PRIVATE, **OPEN)
    assert names(client, q="etiqetas") == ["Imprenta Sur"]


def test_a_search_finds_a_tax_number_but_not_that_of_a_person(client: Client) -> None:
    firm = OrganizationFactory(legal_name="Viña Ejemplo")
    IdentifierFactory(organization=firm, normalized="760864285")
    trader = OrganizationFactory(legal_name="Juana", kind="sole_trader")
    IdentifierFactory(organization=trader, normalized="125319092")
    person = OrganizationFactory(legal_name="Otra")
    IdentifierFactory(organization=person, normalized="99999991")
    assert names(client, q="76.086.428-5") == ["Viña Ejemplo"]
    assert names(client, q="12.531.909-2") == []
    assert names(client, q="9.999.999-1") == []


def everything(client: Client) -> dict[str, Any]:
    """Build one organization that answers every condition, and one that answers none."""
    chile, region = CountryFactory(), RegionFactory()
    yes = OrganizationFactory(legal_name="Sí", kind="university", size_class="small", country=chile)
    SiteFactory(organization=yes, admin_unit=region)
    CityFactory(name="Santa Cruz", search_name="santa cruz", admin_unit=region)
    ActivityFactory(
        organization=yes,
        classification=ClassificationFactory(code="1102", path="C/11/110/1102"),
    )
    ClassificationFactory(code="11", level=2, path="C/11")
    product = ClassificationFactory(scheme="cpv2008", code="22820000", path="22/2282/22820000")
    ClassificationFactory(scheme="cpv2008", code="22000000", level=1, path="22")
    OfferFactory(organization=yes, **OPEN).classifications.add(product)
    NeedFactory(organization=yes, **OPEN)
    cluster = AffiliationFactory(organization=yes, cluster=ClusterFactory(slug="vino")).cluster
    CertificateFactory(organization=yes, standard=CertificateStandardFactory(code="fsc"))
    AffiliationFactory(cluster=cluster, cluster_confirmed_on=None)
    other = CountryFactory(code="AR", label_es="Argentina")
    no = OrganizationFactory(legal_name="No", country=other)
    SiteFactory(organization=no, admin_unit=RegionFactory(code="AR-M"), point=point(-68.84, -32.89))
    CertificateFactory(
        organization=no,
        standard=CertificateStandardFactory(code="fsc"),
        valid_until=TODAY - dt.timedelta(days=1),
    )
    return {}


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "university"},
        {"country": "CL", "q": "Sí"},
        {"country": "CL", "region": "CL-LI"},
        {"activity": "1102"},
        {"activity": "11"},
        {"product": "22000000"},
        {"cluster": "vino"},
        {"size": ["small", "micro"]},
        {"certificate": "fsc"},
        {"has_offer": "on"},
        {"has_need": "on"},
        {"near": "Santa Cruz, CL-LI", "km": "25"},
        {"near": "santa cruz", "verification": "claimed"},
        {"bbox": "-72,-35,-71,-34"},
        {"kind": "university", "activity": "11", "cluster": "vino", "has_offer": "on"},
    ],
)
def test_each_condition_narrows_the_list(client: Client, query: dict[str, Any]) -> None:
    everything(client)
    assert names(client, **query) == ["Sí"]


@pytest.mark.parametrize("url", LISTS)
@pytest.mark.parametrize(
    "query",
    [
        {"q": "x" * 201},
        {"q": "nulo\0"},
        {"q": "equipamento or " * 13},
        {"country": "XX"},
        {"region": "1 or 1=1"},
        {"cluster": "no-existe"},
        {"sort": "organization__memberships__user__email"},
    ],
)
def test_a_wrong_condition_answers_400_and_shows_nothing(
    client: Client, url: str, query: dict[str, str]
) -> None:
    LISTS[url](**({} if url == "firms:directory" else OPEN))
    answer = client.get(reverse(url), query)
    assert answer.status_code == 400
    assert 'class="name"' not in answer.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"near": "Atlántida"},
        {"near": "9" * 40},
        {"bbox": "1,2,3"},
        {"bbox": "nan,0,1,1"},
        {"bbox": "10,0,-10,1"},
    ],
)
def test_a_place_that_is_none_answers_400(client: Client, query: dict[str, str]) -> None:
    OrganizationFactory()
    answer = client.get(reverse("firms:directory"), query)
    assert answer.status_code == 400
    assert 'class="name"' not in answer.content.decode()


@pytest.mark.parametrize("url", LISTS)
@pytest.mark.parametrize(
    "query",
    [
        {"page": "x"},
        {"page": "-1"},
        {"page": "999999"},
        {"page": "9" * 60},
        {"q": "%_\\'\";--"},
        {"q": "equipamento or " * 8},
        {"q": '-vino "" or -"'},
        {"after": "xx"},
        {"after": "WyJuYW1lIixmYWxzZSwidiIseyJhIjoxfSwxXQ"},
        {"unknown": "1"},
        {"has_offer": "quizás"},
    ],
)
def test_odd_but_harmless_addresses_answer(client: Client, url: str, query: dict[str, str]) -> None:
    assert client.get(reverse(url), query).status_code == 200


def test_pages_have_a_total_order_and_nobody_is_shown_twice(client: Client) -> None:
    OrganizationFactory.create_batch(45, legal_name="Homónima S.A.")
    for sort in ("", "name", "new"):
        seen: list[str] = []
        url = reverse("firms:directory") + f"?sort={sort}"
        while url:
            text = client.get(url).content.decode()
            seen += re.findall(r'class="name" href="([^"]*)"', text)
            found = re.search(r'rel="next" href="([^"]*)"', text)
            url = reverse("firms:directory") + unescape(found[1]) if found else ""
        assert len(seen) == len(set(seen)) == 45


@pytest.mark.parametrize("url", [*LISTS, "clusters:list"])
@pytest.mark.parametrize("query", [{}, {"q": "nada de esto"}, {"country": "CL"}, {"page": "2"}])
def test_the_fragment_is_the_part_of_the_page_it_replaces(
    client: Client, url: str, query: dict[str, str]
) -> None:
    factory = LISTS.get(url, ClusterFactory)
    CountryFactory()
    factory.create_batch(25, **(OPEN if url in ("firms:needs", "firms:offers") else {}))
    page = client.get(reverse(url), query)
    fragment = client.get(reverse(url), query, headers=HTMX)
    text = fragment.content.decode().strip()
    assert text.startswith('<section id="results"')
    assert text in page.content.decode()
    assert "HX-Request" in fragment["Vary"]
    restored = HTMX | {"HX-History-Restore-Request": "true"}
    assert client.get(reverse(url), query, headers=restored).content.startswith(b"<!doctype")


@pytest.mark.parametrize(
    ("url", "queries"),
    [("firms:directory", 12), ("firms:needs", 5), ("firms:offers", 5), ("clusters:list", 4)],
)
@pytest.mark.parametrize("many", [3, 30])
def test_a_list_asks_as_often_for_30_rows_as_for_3(
    client: Client, url: str, queries: int, many: int, django_assert_num_queries: Any
) -> None:
    for n in range(many):
        organization = OrganizationFactory()
        SiteFactory(organization=organization, admin_unit=RegionFactory(code=f"CL-{n}"))
        ActivityFactory(organization=organization)
        NeedFactory(organization=organization, **OPEN)
        OfferFactory(organization=organization, **OPEN)
        ClusterFactory()
    client.get(reverse(url))
    with django_assert_num_queries(queries):
        assert client.get(reverse(url)).status_code == 200


# --- what others hide changes nothing that a reader gets ------------------------------------


def readers() -> dict[str, Client]:
    stranger = Client()
    stranger.force_login(MembershipFactory(role=Role.ADMINISTRATOR).user)
    return {"anonymous": Client(), "outsider": stranger}


def addresses(*hidden: Any) -> list[str]:
    lists = ("firms:directory", "firms:needs", "firms:offers", "clusters:list", "clusters:map")
    queries = (
        "",
        "?q=secreto",
        "?q=viña",
        "?sort=new",
        "?cluster=vino",
        "?has_need=on",
        "?has_offer=on",
        "?country=CL",
        "?page=2",
    )
    return [reverse(name) + query for name in lists for query in queries] + [
        reverse("firms:cluster-members", args=["vino"]),
        reverse("firms:cluster-chain", args=["vino"]),
        reverse("clusters:detail", args=["vino"]),
        *(hidden),
    ]


def snapshot(reader: Client, urls: list[str]) -> dict[str, tuple[int, str]]:
    taken = {}
    for url in urls:
        answer = reader.get(url)
        text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        taken[url] = (answer.status_code, text)
    return taken


@pytest.mark.parametrize("who", ["anonymous", "outsider"])
def test_a_hidden_organization_and_its_listings_change_no_answer(who: str) -> None:
    CertificateStandardFactory()  # what a filter offers is no secret
    cluster = ClusterFactory(slug="vino")
    stage = cluster.stages.create(code="1", label_es="Vinificación", kind="input", position=1)
    stage.activities.add(ClassificationFactory(code="1102"))
    seen = OrganizationFactory(legal_name="Viña a la vista")
    AffiliationFactory(organization=seen, cluster=cluster)
    NeedFactory(organization=seen, **OPEN)
    reader = readers()[who]
    hides = Visibility.PRIVATE if who == "outsider" else Visibility.MEMBERS
    before = snapshot(reader, addresses())

    secret = OrganizationFactory(legal_name="Viña Secreto", visibility=hides)
    SiteFactory(organization=secret)
    ActivityFactory(organization=secret, classification=ClassificationFactory(code="1102"))
    AffiliationFactory(organization=secret, cluster=cluster)
    CertificateFactory(organization=secret)
    hidden = [
        NeedFactory(organization=secret, title="Secreto", **OPEN),
        OfferFactory(organization=secret, title="Secreto", **OPEN),
        NeedFactory(organization=seen, title="Secreto", visibility=hides, **OPEN),
        OfferFactory(organization=seen, title="Secreto", status="draft", **OPEN),
    ]

    assert snapshot(reader, addresses()) == before
    for listing in hidden:
        kind = listing._meta.model_name
        for name in (kind, f"{kind}-edit"):
            real = reader.get(reverse(f"firms:{name}", args=[listing.public_id]))
            unknown = reader.get(reverse(f"firms:{name}", args=[cluster.public_id]))
            assert real.status_code == unknown.status_code
    page = reader.get(reverse("firms:organization", args=[seen.public_id])).content.decode()
    assert "Secreto" not in page


def test_members_only_records_are_for_who_is_signed_in(client: Client) -> None:
    OrganizationFactory(legal_name="Viña a media luz", visibility=Visibility.MEMBERS)
    assert names(client) == []
    client.force_login(UserFactory())
    assert names(client) == ["Viña a media luz"]
    assert Organization.objects.count() == 1
