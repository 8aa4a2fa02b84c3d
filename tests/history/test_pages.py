"""The pages of history: who reads them, what they say, and how they go on."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from common.history import Actor, acting
from common.history.reading import read_page
from common.models import Change
from firms.models import Organization, SizeClass
from tests.factories import (
    AffiliationFactory,
    CertificateFactory,
    MembershipFactory,
    OfferFactory,
    OrganizationFactory,
    ProgramFactory,
    SiteFactory,
    UserFactory,
)
from tests.firms.actors import ACTORS, Cast, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast(legal_name="Viña Ejemplo S.A.", one_line="Hace vinos")


def page(client: Client, organization: Organization, **query: str) -> Any:
    address = reverse("firms:organization-history", args=[organization.public_id])
    return client.get(address, query)


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.mark.parametrize("actor", ACTORS)
def test_its_people_read_the_history_and_nobody_else(cast: Cast, actor: str) -> None:
    offer = OfferFactory(organization=cast.organization)
    expected = {"owner": 200, "colleague": 200, "outsider": 404, "anonymous": 302}[actor]
    browser = cast.browser(actor)
    assert page(browser, cast.organization).status_code == expected
    address = reverse("firms:offer-history", args=[offer.public_id])
    assert browser.get(address).status_code == expected


def test_staff_read_every_history(client: Client, cast: Cast) -> None:
    client.force_login(UserFactory(is_staff=True))
    assert page(client, cast.organization).status_code == 200


def test_a_change_says_the_field_the_old_and_the_new_value(cast: Cast) -> None:
    with acting(Actor("web", person=lambda: cast.owner.pk)):
        Organization.objects.filter(pk=cast.organization.pk).update(
            one_line="Hace vinos y pisco", size_class=SizeClass.SMALL
        )
    said = words(page(cast.browser("colleague"), cast.organization))
    assert cast.owner.name in said
    assert "Qué hace, en una línea Hace vinos → Hace vinos y pisco" in said
    assert "Pequeña" in said


@pytest.mark.parametrize(
    ("author", "shown"),
    [
        ({"origin": "job:import.ror"}, "Importación"),
        ({"origin": "job:need.match"}, "Tarea automática"),
        ({"origin": ""}, "Mantenimiento del sistema"),
        ({"origin": "web", "who": "staff"}, "Equipo de Racimo"),
        ({"origin": "web", "who": "stranger"}, "Otra organización"),
        ({"origin": "web", "who": "stranger", "for": True}, "Entidad que actúa en su nombre"),
    ],
)
def test_who_is_not_of_the_organization_is_a_role(
    cast: Cast, author: dict[str, Any], shown: str
) -> None:
    person = UserFactory(name="Nombre Ajeno", is_staff=author.get("who") == "staff")
    actor = Actor(
        author["origin"],
        person=lambda: person.pk if "who" in author else None,
        acting_for=lambda: cast.organization.pk if "for" in author else None,
    )
    with acting(actor):
        Organization.objects.filter(pk=cast.organization.pk).update(website="https://a.example")
    said = words(page(cast.browser("owner"), cast.organization))
    assert shown in said
    assert "Nombre Ajeno" not in said


def test_who_manages_the_cluster_is_called_so(cast: Cast) -> None:
    manager = UserFactory(name="Nombre Ajeno")
    with acting(Actor("web", person=lambda: manager.pk)):
        AffiliationFactory(organization=cast.organization)
    said = words(page(cast.browser("owner"), cast.organization))
    assert "Entidad gestora del clúster" in said
    assert "Nombre Ajeno" not in said


def test_who_left_keeps_their_name_in_what_they_did(cast: Cast) -> None:
    left = MembershipFactory(organization=cast.organization, user__name="Ana Ida")
    with acting(Actor("web", person=lambda: left.user_id)):
        Organization.objects.filter(pk=cast.organization.pk).update(website="https://a.example")
    left.delete()
    assert "Ana Ida" in words(page(cast.browser("colleague"), cast.organization))


def test_a_part_is_chosen(cast: Cast) -> None:
    CertificateFactory(organization=cast.organization, body="Entidad Certificadora X")
    assert "Entidad Certificadora X" in words(page(cast.browser("owner"), cast.organization))
    sites = words(page(cast.browser("owner"), cast.organization, part="sites"))
    assert "Entidad Certificadora X" not in sites


def test_figures_are_for_administrators(cast: Cast) -> None:
    table = "firms_annualfigures"
    Change.objects.create(
        operation="I",
        part=table,
        row_id=1,
        subject="organization",
        subject_id=cast.organization.pk,
        data={"year": 2025},
    )
    assert "2025" in words(page(cast.browser("owner"), cast.organization))
    assert "2025" not in words(page(cast.browser("colleague"), cast.organization))


def test_a_page_leads_to_the_one_before_and_never_cuts_an_act() -> None:
    organization = OrganizationFactory()
    rows = Change.objects.filter(subject="organization", subject_id=organization.pk)
    for number in range(7):
        row = {"operation": "U", "part": "firms_organization", "row_id": 1, "data": {"x": [1, 2]}}
        at = f"2026-11-2{number // 2}T00:00:00Z"  # two and two belong together
        Change.objects.create(
            **row, subject="organization", subject_id=organization.pk, at=at, origin="t"
        )
    rows = rows.filter(origin="t")
    first = read_page(rows, before="", size=4)
    assert len(first.changes) == 3
    second = read_page(rows, before=first.older.isoformat() if first.older else "", size=4)
    assert len(second.changes) == 4
    assert second.older is None
    assert read_page(rows, before="ayer", size=4) == first


def test_the_part_is_the_page(cast: Cast) -> None:
    client = cast.browser("owner")
    whole = page(client, cast.organization).content.decode()
    address = reverse("firms:organization-history", args=[cast.organization.public_id])
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert part.strip() in whole


@pytest.mark.parametrize("many", [3, 30])
def test_a_history_asks_as_often_for_few_as_for_many(
    cast: Cast, many: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    SiteFactory.create_batch(many, organization=cast.organization, is_main=False)
    client = cast.browser("owner")
    with django_assert_max_num_queries(16):
        assert page(client, cast.organization, part="sites").status_code == 200


def test_the_people_of_an_agency_read_the_history_of_its_program(cast: Cast) -> None:
    program = ProgramFactory(agency=cast.organization, label_es="Crédito verde")
    address = reverse("programs:program-history", args=[program.slug])
    assert "Crédito verde" in words(cast.browser("colleague").get(address))
    assert cast.browser("outsider").get(address).status_code == 404
