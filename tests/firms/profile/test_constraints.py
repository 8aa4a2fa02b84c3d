import datetime as dt
from typing import Any

import pytest
from django.db.models import Model

from tests.factories import TODAY, OrganizationFactory
from tests.firms.profile import factories as make
from tests.violations import violates

pytestmark = pytest.mark.django_db

YESTERDAY = TODAY - dt.timedelta(days=1)
FACTORIES = [
    value
    for value in vars(make).values()
    if isinstance(value, type)
    and issubclass(value, make.factory.django.DjangoModelFactory)
    and value._meta.model is not None
    and value.__module__ == make.__name__
]


@pytest.mark.parametrize("factory", FACTORIES, ids=lambda each: each.__name__)
def test_a_factory_gives_a_valid_row_without_arguments(factory: Any) -> None:
    row: Model = factory()
    row.full_clean()
    assert row.pk


TWICE = [
    ("field_visibility_unique", make.FieldVisibilityFactory, {}),
    ("capability_unique", make.CapabilityFactory, {"name": "Torno"}),
    ("registration_unique", make.RegistrationFactory, {"number": "1"}),
    ("headcount_once_a_day", make.HeadcountFactory, {}),
    ("annual_figures_once_a_year", make.AnnualFiguresFactory, {}),
    ("research_group_unique", make.ResearchGroupFactory, {"name": "Suelos"}),
    ("technical_service_unique", make.TechnicalServiceFactory, {"name": "Ensayo"}),
    ("social_link_unique", make.SocialLinkFactory, {"url": "https://example.org/"}),
]


@pytest.mark.parametrize(("name", "factory", "same"), TWICE)
def test_nothing_is_said_twice(name: str, factory: Any, same: dict[str, Any]) -> None:
    organization = OrganizationFactory()
    factory(organization=organization, **same)
    with violates(name):
        factory(organization=organization, **same)


WRONG = [
    ("field_visibility_never_leadership", make.FieldVisibilityFactory, {"group": "leadership"}),
    ("service_area_radius_in_range", make.ServiceAreaFactory, {"radius_km": 2_001}),
    ("service_area_radius_in_range", make.ServiceAreaFactory, {"radius_km": 0}),
    ("market_profile_year_is_a_year", make.MarketProfileFactory, {"exports_since": 99}),
    ("capability_has_a_name", make.CapabilityFactory, {"name": ""}),
    ("equipment_counts_one_or_more", make.EquipmentFactory, {"units": 0}),
    ("equipment_capacity_has_unit", make.EquipmentFactory, {"capacity": 30}),
    ("registration_names_its_registry", make.RegistrationFactory, {"registry": ""}),
    ("headcount_women_within_total", make.HeadcountFactory, {"women": 21}),
    ("headcount_research_within_total", make.HeadcountFactory, {"research_fte": 20.5}),
    ("annual_figures_year_is_a_year", make.AnnualFiguresFactory, {"fiscal_year": 25}),
    ("annual_figures_shares_in_range", make.AnnualFiguresFactory, {"exports_pct": 101}),
    ("annual_figures_shares_in_range", make.AnnualFiguresFactory, {"imports_pct": -1}),
    ("annual_figures_amount_has_currency", make.AnnualFiguresFactory, {"sales_amount": 9}),
    ("capability_alias_has_a_name", make.CapabilityAliasFactory, {"name": ""}),
    ("ownership_shares_in_range", make.OwnershipFactory, {"foreign_pct": 101}),
    ("ownership_link_percentage_in_range", make.OwnershipLinkFactory, {"percentage": 0}),
    (
        "ownership_link_dates_in_order",
        make.OwnershipLinkFactory,
        {"since": TODAY, "until": YESTERDAY},
    ),
    (
        "ownership_link_said_by_someone",
        make.OwnershipLinkFactory,
        {"owner_confirmed_on": None, "owned_confirmed_on": None},
    ),
    ("leadership_names_the_text", make.LeadershipFactory, {"consent_version": ""}),
    ("leadership_shares_in_range", make.LeadershipFactory, {"women_on_board_pct": 101}),
    ("research_group_has_a_name", make.ResearchGroupFactory, {"name": ""}),
    ("technical_service_has_a_name", make.TechnicalServiceFactory, {"name": ""}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "factory", "values"), WRONG)
def test_what_cannot_be_is_not_stored(name: str, factory: Any, values: dict[str, Any]) -> None:
    with violates(name):
        factory(**values)


def test_an_organization_does_not_own_itself() -> None:
    organization = OrganizationFactory()
    with violates("ownership_link_between_two"):
        make.OwnershipLinkFactory(owner=organization, owned=organization)


def test_a_link_in_force_is_said_once() -> None:
    link = make.OwnershipLinkFactory()
    with violates("ownership_link_unique"):
        make.OwnershipLinkFactory(owner=link.owner, owned=link.owned)
    make.OwnershipLinkFactory(owner=link.owner, owned=link.owned, until=TODAY)


def test_words_mean_one_thing_however_they_are_accented() -> None:
    make.CapabilityAliasFactory(name="Corte láser")
    with violates("capability_alias_unique"):
        make.CapabilityAliasFactory(name="corte laser")
