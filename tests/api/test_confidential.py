"""What one may not see changes no byte of what one gets; contacts are on no page and in no list."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from firms.models import Role, Visibility
from firms.models.listing_choices import ListingStatus
from tests.authz.matrix import address_of, promise, without_names
from tests.factories import (
    ClassificationFactory,
    MembershipFactory,
    NeedFactory,
    OfferFactory,
    OrganizationFactory,
    SiteFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

CANARY = "canario-confidencial"
CONTACT = "contacto.canario@ejemplo.org"
LISTS = [
    name
    for name, row in promise().items()
    if "object" not in row and "GET" in row and row["GET"].split()[0] == "200"
]
SEARCHES = ["", "q=canario", "q=etiquetas", "kind=firm", "country=CL", "sort=new", "limit=1"]


@pytest.fixture(autouse=True)
def room_for_many_requests(settings: Any) -> None:
    settings.API_RATES = dict.fromkeys(settings.API_RATES, 1_000_000)


def dates() -> dict[str, Any]:
    today = timezone.now().date()
    return {"valid_from": today, "valid_until": today + timezone.timedelta(days=30)}


def snapshot(client: Client) -> dict[str, bytes]:
    """Return every list and search as the client gets it."""
    found = {}
    for name in LISTS:
        for search in [promise()[name].get("query", ""), *SEARCHES[1:]]:
            address = address_of(name, {}, search)
            response = client.get(address)
            found[address] = without_names(response.content, {})
    return found


def secrets() -> list[Callable[[], Any]]:
    """Return changes of the world that concern only what others may not see."""
    hidden = {"title": f"Etiquetas {CANARY}", "visibility": Visibility.PRIVATE}
    draft = {"title": f"Etiquetas {CANARY}", "status": ListingStatus.DRAFT, "published_at": None}
    organization = OrganizationFactory(legal_name="Visible S.A.")
    entry = ClassificationFactory(scheme="cpv2008", code="30192800")

    def hidden_listing(factory: Any, **fields: Any) -> Callable[[], Any]:
        def make() -> None:
            listing = factory(organization=organization, **fields, **dates())
            listing.classifications.add(entry)

        return make

    def hidden_organization() -> None:
        secret = OrganizationFactory(
            legal_name=f"Etiquetas {CANARY}", visibility=Visibility.PRIVATE
        )
        SiteFactory(organization=secret)
        OfferFactory(organization=secret, title=f"Etiquetas {CANARY}", **dates())

    return [
        hidden_listing(NeedFactory, **hidden),
        hidden_listing(OfferFactory, **hidden),
        hidden_listing(NeedFactory, **draft),
        hidden_listing(OfferFactory, **draft),
        hidden_organization,
    ]


@pytest.mark.parametrize("reader", ["anonymous", "outsider"])
def test_what_is_hidden_changes_no_list_and_no_count(reader: str) -> None:
    NeedFactory(title="Etiquetas para vino", **dates())
    OfferFactory(title="Etiquetas adhesivas", **dates())
    changes = secrets()
    client = Client(HTTP_ACCEPT_LANGUAGE="es")
    if reader == "outsider":
        client.force_login(MembershipFactory(role=Role.ADMINISTRATOR).user)
    before = snapshot(client)
    for change in changes:
        change()
    after = snapshot(client)
    assert {path for path in after if after[path] != before[path]} == set()
    assert not [path for path, text in after.items() if CANARY.encode() in text]


def test_no_answer_carries_a_contact() -> None:
    organization = OrganizationFactory(role_email=CONTACT)
    need = NeedFactory(organization=organization, **dates())
    offer = OfferFactory(organization=organization, **dates())
    SiteFactory(organization=organization)
    things = {"organization": organization, "need": need, "offer": offer}
    client = Client(HTTP_ACCEPT_LANGUAGE="es")
    client.force_login(UserFactory())
    told = []
    for name, row in promise().items():
        thing = row.get("object", "")
        keys = {"public_id": things[thing].public_id} if thing in things else {}
        if (thing and not keys) or "POST" in next(reversed(row)):
            continue
        with override("es"):
            body = client.get(address_of(name, keys, row.get("query", ""))).content
        if CONTACT.encode() in body:
            told.append(name)
    assert not told


def test_points_are_no_finer_than_they_are_known() -> None:
    point = (-71.366123456, -34.639123456)
    for precision, shown in (("exact", 5), ("street", 3), ("locality", 2), ("admin", 1)):
        site = SiteFactory(precision=precision, point=f"SRID=4326;POINT({point[0]} {point[1]})")
        address = f"/api/v1/organizations/{site.organization.public_id}/"
        coordinates = Client().get(address).json()["main_site"]["point"]["coordinates"]
        assert coordinates == [round(each, shown) for each in point]
