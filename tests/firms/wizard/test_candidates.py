import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.models import Change
from firms.candidates.alike import Described, alike_organizations, holder_of
from firms.models import Organization, Visibility
from firms.names import LEADING_FORMS, TRAILING_FORMS, bare_name
from tests.factories import (
    CityFactory,
    CountryFactory,
    IdentifierFactory,
    OrganizationFactory,
    SiteFactory,
    point,
)

pytestmark = pytest.mark.django_db

LETTERS = "abcsxyzáéíóúñçãôü .,-/&'’ SALE"
NAMES = st.lists(
    st.one_of(
        st.text(alphabet=LETTERS, max_size=12), st.sampled_from([*TRAILING_FORMS, *LEADING_FORMS])
    ),
    max_size=5,
).map(" ".join)


def in_the_database(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT racimo_bare_name(%s)", [name])
        (bare,) = cursor.fetchone()
    return str(bare)


@given(NAMES)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_bares_names_as_python_does(name: str) -> None:
    assert in_the_database(name) == bare_name(name)


@pytest.mark.parametrize("form", [*TRAILING_FORMS, *LEADING_FORMS])
def test_the_database_knows_each_legal_form(form: str) -> None:
    for name in (f"viña ejemplo {form}", f"{form} viña ejemplo"):
        assert in_the_database(name) == bare_name(name)


def described(name: str, **facts: object) -> Described:
    return Described((name,), CountryFactory().pk, **facts)  # type: ignore[arg-type]


def test_the_likest_comes_first_whatever_its_legal_form() -> None:
    same = OrganizationFactory(legal_name="Viña Ejemplo S.A.")
    near = OrganizationFactory(legal_name="Viñas Ejemplos Limitada")
    OrganizationFactory(legal_name="Aserradero del Maule Ltda.")
    found = alike_organizations(Organization.objects.all(), described("Vina Ejemplo SpA"))
    assert [each.organization_id for each in found] == [same.pk, near.pk]
    assert found[0].name == 1


def test_a_trade_name_and_an_acronym_count_too() -> None:
    trade = OrganizationFactory(legal_name="Comercial Zúñiga Ltda.", trade_name="Etiquetas Z")
    found = alike_organizations(Organization.objects.all(), described("Etiquetas Z SpA"))
    assert [each.organization_id for each in found] == [trade.pk]


def test_only_the_rows_given_and_the_country_are_looked_at() -> None:
    OrganizationFactory(legal_name="Viña Ejemplo S.A.", visibility=Visibility.PRIVATE)
    OrganizationFactory(legal_name="Viña Ejemplo S.A.", country=CountryFactory(code="AR"))
    visible = Organization.objects.filter(visibility=Visibility.PUBLIC)
    assert not alike_organizations(visible, described("Viña Ejemplo"))


def test_of_two_namesakes_the_nearer_one_comes_first() -> None:
    far = OrganizationFactory(legal_name="Viña Ejemplo S.A.")
    near = OrganizationFactory(legal_name="Viña Ejemplo Ltda.")
    SiteFactory(organization=far, city=CityFactory(), point=point(-70.4, -23.6))
    SiteFactory(organization=near, city=CityFactory(), point=point(-71.36, -34.64))
    here = described("Viña Ejemplo", point=point(-71.366, -34.639))
    found = alike_organizations(Organization.objects.all(), here)
    assert [each.organization_id for each in found] == [near.pk, far.pk]
    assert found[0].km == pytest.approx(0.6, abs=0.3)
    assert (found[1].km or 0) > 1_000


def test_a_name_without_letters_finds_nobody() -> None:
    OrganizationFactory()
    assert not alike_organizations(Organization.objects.all(), described("日本"))


def test_who_holds_a_number_is_found_by_its_one_form() -> None:
    held = IdentifierFactory(scheme="CL-RUT", normalized="760864285")
    assert holder_of("CL-RUT", "760864285") == held
    assert holder_of("CL-RUT", "760864286") is None


def test_the_database_keeps_the_bare_names_and_history_leaves_them_out(db: None) -> None:
    organization = OrganizationFactory(legal_name="Vinos del Maipo S.A.", trade_name="")
    organization.legal_name = "Viña Ñuñoa Ltda."
    organization.save()
    organization.refresh_from_db()
    last = Change.objects.filter(subject="organization", row_id=organization.pk).latest("pk")
    assert organization.search_legal_name == "vina nunoa"
    assert organization.search_trade_name == ""
    assert "legal_name" in last.data
    assert "search_legal_name" not in last.data
