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
    CityFactory,
    ClassificationFactory,
    CountryFactory,
    IdentifierFactory,
    MembershipFactory,
    OrganizationFactory,
    SiteFactory,
    UserFactory,
    point,
)
from tests.firms.actors import Cast, make_cast

pytestmark = pytest.mark.django_db


def content(**changes: Any) -> services.OrganizationContent:
    facts = {"kind": "firm", "legal_name": "Viña Ejemplo S.A.", "country": CountryFactory()}
    return services.OrganizationContent(**(facts | changes))


def create(**changes: Any) -> Organization:
    number = services.IdentifierContent(
        scheme="CL-RUT", value="76.086.428-5", normalized="760864285"
    )
    return services.create_organization(
        by=UserFactory(), content=content(**changes), identifier=number, today=TODAY
    )


def jobs_of(organization: Organization) -> list[tuple[str, int]]:
    rows = Job.objects.filter(kind__startswith="organization.", key=organization.pk)
    return sorted(rows.values_list("kind", "revision"))


def test_who_registers_an_organization_administers_it() -> None:
    wine, grapes = ClassificationFactory(code="1102"), ClassificationFactory(code="0121")
    city = CityFactory()
    own = create(activities=[wine, grapes], sites=[services.SiteContent(city=city)])
    assert own.memberships.get().role == Role.ADMINISTRATOR
    assert own.activity_records.get(is_main=True).classification == wine
    assert own.sites.get().city == city
    assert own.identifiers.get().status == "format_ok"
    assert jobs_of(own) == [("organization.reproject", 1), ("organization.verdicts", 1)]


def test_a_number_that_another_holds_is_refused_and_nothing_is_stored() -> None:
    IdentifierFactory(scheme="CL-RUT", normalized="760864285")
    before = Organization.objects.count()
    with pytest.raises(services.IdentifierTaken):
        create()
    assert Organization.objects.count() == before


def update(own: Organization, **changes: Any) -> Organization:
    facts = {"kind": own.kind, "legal_name": own.legal_name, "country": own.country}
    return services.update_organization(
        by=UserFactory(), organization=own, content=content(**(facts | changes)), today=TODAY
    )


def test_a_change_raises_the_revision_once_and_saying_the_same_again_does_not() -> None:
    own = OrganizationFactory()
    assert update(own, one_line="Vinos").revision == 2
    assert update(own, one_line="Vinos").revision == 2
    assert jobs_of(own) == [("organization.reproject", 2), ("organization.verdicts", 2)]


def test_each_part_of_the_profile_counts_as_a_change() -> None:
    own = OrganizationFactory()
    wine, city = ClassificationFactory(code="1102"), CityFactory()
    iso = services.CertificateContent(standard=CertificateStandardFactory())
    site = services.SiteContent(city=city)
    assert update(own, activities=[wine]).revision == 2
    assert update(own, activities=[wine], sites=[site]).revision == 3
    assert update(own, activities=[wine], sites=[site], certificates=[iso]).revision == 4
    assert update(own, activities=[wine], sites=[site], certificates=[iso]).revision == 4
    assert update(own, activities=[wine]).revision == 4
    assert own.certificates.count() == own.sites.count() == 1


def test_a_site_that_stays_in_its_city_keeps_its_exact_point() -> None:
    own, city = OrganizationFactory(), CityFactory()
    exact = point(-71.4, -34.7)
    SiteFactory(organization=own, city=city, point=exact, precision="exact")
    update(
        own,
        sites=[
            services.SiteContent(city=city, name="Bodega"),
            services.SiteContent(city=CityFactory()),
        ],
    )
    first, second = own.sites.order_by("-is_main", "pk")
    assert (first.name, first.point.coords, first.precision) == ("Bodega", exact.coords, "exact")
    assert (second.is_main, second.precision) == (False, "locality")


def test_an_activity_that_stays_keeps_since_when_it_is_done() -> None:
    own, wine, grapes = (
        OrganizationFactory(),
        ClassificationFactory(code="1102"),
        ClassificationFactory(code="0121"),
    )
    own.activity_records.create(classification=wine, since=dt.date(2001, 5, 1), is_main=True)
    update(own, activities=[grapes, wine])
    assert own.activity_records.get(classification=wine).since == dt.date(2001, 5, 1)
    assert own.activity_records.get(is_main=True).classification == grapes


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


def profile_form(own: Organization, **changes: Any) -> dict[str, Any]:
    return {
        "kind": "firm",
        "legal_name": own.legal_name,
        "language": "es",
        "activities": ["isic4:1102"],
        "visibility": "public",
        "sites-TOTAL_FORMS": "1",
        "sites-INITIAL_FORMS": "0",
        "sites-0-city": str(CityFactory().geonames_id),
        "sites-0-kind": "hq",
        "certificates-TOTAL_FORMS": "0",
        "certificates-INITIAL_FORMS": "0",
    } | changes


def edit(cast: Cast, actor: str, data: dict[str, Any]) -> Any:
    url = reverse("firms:organization-edit", args=[cast.organization.public_id])
    return cast.browser(actor).post(url, data)


@pytest.mark.parametrize("actor", ["owner", "colleague", "outsider", "anonymous"])
def test_only_an_editor_saves_the_profile(cast: Cast, actor: str) -> None:
    ClassificationFactory(code="1102")
    answer = edit(cast, actor, profile_form(cast.organization, one_line="Vinos"))
    cast.organization.refresh_from_db()
    assert (cast.organization.one_line == "Vinos") == (actor == "owner")
    assert answer.status_code == {"owner": 303, "anonymous": 302}.get(actor, 404)


def test_the_profile_keeps_certificates_and_refuses_one_twice(cast: Cast) -> None:
    ClassificationFactory(code="1102")
    CertificateStandardFactory(code="fsc")
    rows = {
        "certificates-TOTAL_FORMS": "2",
        "certificates-0-standard": "fsc",
        "certificates-0-number": "7",
        "certificates-1-standard": "fsc",
        "certificates-1-number": "7",
    }
    answer = edit(cast, "owner", profile_form(cast.organization, **rows))
    assert answer.status_code == 422
    assert "repetido" in answer.content.decode()
    rows |= {"certificates-1-number": "8", "certificates-1-valid_until": "2030-01-31"}
    assert edit(cast, "owner", profile_form(cast.organization, **rows)).status_code == 303
    numbers = cast.organization.certificates.order_by("number").values_list("number", flat=True)
    assert list(numbers) == ["7", "8"]


@pytest.mark.parametrize(
    "broken",
    [
        {"sites-TOTAL_FORMS": "0"},
        {"sites-TOTAL_FORMS": "muchas"},
        {"sites-TOTAL_FORMS": "999999999"},
        {"sites-0-city": "x"},
        {
            "certificates-TOTAL_FORMS": "1",
            "certificates-0-standard": "fsc",
            "certificates-0-valid_from": "2026-05-01",
            "certificates-0-valid_until": "2026-04-01",
        },
        {"founded_on": "31/02/2026"},
        {"website": "javascript:alert(1)"},
        {"role_email": "no"},
    ],
)
def test_a_broken_profile_answers_422_and_changes_nothing(
    cast: Cast, broken: dict[str, str]
) -> None:
    ClassificationFactory(code="1102")
    CertificateStandardFactory(code="fsc")
    answer = edit(cast, "owner", profile_form(cast.organization, one_line="Vinos", **broken))
    cast.organization.refresh_from_db()
    assert answer.status_code == 422
    assert cast.organization.one_line == ""


def test_fields_that_the_form_does_not_have_change_nothing(cast: Cast) -> None:
    ClassificationFactory(code="1102")
    extra = {"verification": "verified", "verified_on": "2026-01-01", "revision": "99", "id": "1"}
    edit(cast, "owner", profile_form(cast.organization, **extra))
    cast.organization.refresh_from_db()
    assert (cast.organization.verification, cast.organization.revision) == ("claimed", 2)


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
        ("firms:organization", "anonymous", 9),
        ("firms:organization", "owner", 15),
        ("firms:people", "owner", 8),
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
