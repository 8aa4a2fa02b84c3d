import dataclasses
import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from common.jobs.models import Job
from firms.models import Membership, Organization, Role
from firms.services import organizations as services
from tests.factories import (
    TODAY,
    AffiliationFactory,
    CertificateFactory,
    CertificateStandardFactory,
    ClassificationFactory,
    CountryFactory,
    IdentifierFactory,
    MembershipFactory,
    OrganizationFactory,
    SiteFactory,
    UserFactory,
)
from tests.firms.actors import Cast, make_cast

pytestmark = pytest.mark.django_db


def content(**changes: Any) -> services.OrganizationContent:
    facts = {"kind": "firm", "legal_name": "Viña Ejemplo S.A.", "country": CountryFactory()}
    return services.OrganizationContent(**(facts | changes))


def create(**changes: Any) -> Organization:
    return services.create_organization(by=UserFactory(), content=content(**changes), today=TODAY)


def jobs_of(organization: Organization) -> list[tuple[str, int]]:
    rows = Job.objects.filter(kind__startswith="organization.", key=organization.pk)
    return sorted(rows.values_list("kind", "revision"))


def test_who_registers_an_organization_administers_it() -> None:
    wine, grapes = ClassificationFactory(code="1102"), ClassificationFactory(code="0121")
    own = create(activities=[wine, grapes])
    assert own.memberships.get().role == Role.ADMINISTRATOR
    assert own.activity_records.get(is_main=True).classification == wine
    assert jobs_of(own) == [("organization.reproject", 1), ("organization.verdicts", 1)]


def test_a_number_that_another_holds_is_refused_and_nothing_is_stored() -> None:
    IdentifierFactory(scheme="CL-RUT", normalized="760864285")
    number = services.IdentifierContent(
        scheme="CL-RUT", value="76.086.428-5", normalized="760864285"
    )
    own = OrganizationFactory()
    with pytest.raises(services.IdentifierTaken):
        services.add_identifier(organization=own, identifier=number)
    assert not own.identifiers.exists()
    free = dataclasses.replace(number, value="96.505.760-9", normalized="965057609")
    services.add_identifier(organization=own, identifier=free)
    assert own.identifiers.get().status == "format_ok"


def test_an_activity_that_stays_keeps_since_when_it_is_done() -> None:
    own, wine, grapes = (
        OrganizationFactory(),
        ClassificationFactory(code="1102"),
        ClassificationFactory(code="0121"),
    )
    own.activity_records.create(classification=wine, since=dt.date(2001, 5, 1), is_main=True)
    assert services.write_activities(own, activities=[grapes, wine])
    assert own.activity_records.get(classification=wine).since == dt.date(2001, 5, 1)
    assert own.activity_records.get(is_main=True).classification == grapes
    assert not services.write_activities(own, activities=[grapes, wine])


# --- pages ---------------------------------------------------------------------------------


@pytest.fixture
def cast() -> Cast:
    return make_cast(legal_name="Viña Ejemplo S.A.", kind="sole_trader")


@pytest.mark.parametrize("actor", ["owner", "colleague", "outsider", "anonymous"])
def test_the_number_of_a_person_is_masked_to_others(cast: Cast, actor: str) -> None:
    IdentifierFactory(organization=cast.organization, value="12.531.909-2")
    url = reverse("firms:organization", args=[cast.organization.public_id])
    page = cast.browser(actor).get(url).content.decode()
    assert ("12.531.909-2" in page) == (actor in ("owner", "colleague"))
    assert "09-2" in page


def rows_of(own: Organization, many: int) -> None:
    for _ in range(many):
        AffiliationFactory(organization=own)
        CertificateFactory(organization=own, standard=CertificateStandardFactory(code=f"c{_}"))
        SiteFactory(organization=own, is_main=False)
        own.activity_records.create(classification=ClassificationFactory(code=f"{_:04}"))
        MembershipFactory(organization=own)


@pytest.mark.parametrize(
    ("name", "actor", "queries"),
    [
        ("firms:organization", "anonymous", 14),
        ("firms:organization", "owner", 27),
        ("firms:people", "owner", 9),
    ],
)
@pytest.mark.parametrize("many", [3, 30])
def test_a_page_asks_as_often_for_30_rows_as_for_3(
    cast: Cast, name: str, actor: str, queries: int, many: int, django_assert_num_queries: Any
) -> None:
    rows_of(cast.organization, many)
    browser = cast.browser(actor)
    url = reverse(name, args=[cast.organization.public_id])
    browser.get(url)
    with django_assert_num_queries(queries):
        assert browser.get(url).status_code == 200


def test_leaving_leads_to_the_page_and_membership_ends(cast: Cast) -> None:
    url = reverse(
        "firms:person-remove", args=[cast.organization.public_id, cast.colleague.public_id]
    )
    assert cast.browser("colleague").post(url).status_code == 303
    assert not Membership.objects.filter(user=cast.colleague).exists()
