"""What is gathered of an organization, from where, and in how many queries."""

import datetime as dt
from decimal import Decimal

import pytest

from firms.models import (
    FieldGroup,
    OrganizationKind,
    PeopleBand,
    SiteKind,
    SizeClass,
    Verification,
)
from programs.eligibility.facts import (
    Activity,
    Fact,
    FactName,
    Held,
    Origin,
    Place,
    Provenance,
)
from programs.eligibility.values import Amount, Interval, YearAmount
from programs.models import FactAnswer
from programs.services.facts import gather_facts
from programs.services.verdicts import facts_of
from tests.factories import (
    TODAY,
    ActivityFactory,
    CertificateFactory,
    CountryFactory,
    DeclarationFactory,
    OrganizationFactory,
    RegionFactory,
    SiteFactory,
)
from tests.firms.profile.factories import (
    AnnualFiguresFactory,
    HeadcountFactory,
    LeadershipFactory,
    OwnershipFactory,
    RegistrationFactory,
)

pytestmark = pytest.mark.django_db


def of(organization):
    return gather_facts(organizations=[organization.pk])[organization.pk]


def test_a_bare_record_tells_its_kind_and_country_and_nothing_else():
    firm = OrganizationFactory(last_confirmed_on=None)
    facts = of(firm)
    assert facts.kind == Fact(OrganizationKind.FIRM, Provenance(Origin.PROFILE))
    assert facts.places.value == (Place(("CL",), headquarters=True),)
    unknown = (facts.sizes, facts.activities, facts.started_on, facts.founded_on, facts.women_led)
    assert unknown == (None,) * 5
    assert set(facts.more) == {FactName.COUNTRY}
    assert not facts.certificates
    assert not facts.declarations


def test_every_recorded_fact_is_gathered_with_its_date():
    firm = OrganizationFactory(
        size_class=SizeClass.SMALL,
        activity_start_on=dt.date(2019, 4, 14),
        founded_on=dt.date(2018, 1, 2),
        last_confirmed_on=TODAY,
    )
    SiteFactory(organization=firm)
    LeadershipFactory(organization=firm, women_led=False)
    HeadcountFactory(organization=firm, total=12)
    AnnualFiguresFactory(organization=firm, fiscal_year=2024)
    OwnershipFactory(organization=firm, foreign_pct=49)
    RegistrationFactory(organization=firm, registry="RUMP", valid_until=TODAY)
    activity = ActivityFactory(organization=firm, is_main=True, since=dt.date(2020, 1, 1))
    CertificateFactory(organization=firm, valid_until=dt.date(2027, 1, 1))
    DeclarationFactory(organization=firm, question="q", holds=False)
    facts = of(firm)
    told = Provenance(Origin.PROFILE, TODAY)
    path = tuple(activity.classification.path.split("/"))
    assert facts.sizes == Fact(("small",), told)
    assert facts.started_on == Fact(dt.date(2019, 4, 14), told)
    assert facts.women_led == Fact(False, told)
    assert facts.more[FactName.HEADCOUNT] == Fact(
        Interval.exactly(12), Provenance(Origin.PROFILE, TODAY)
    )
    band = Amount(Interval(Decimal(100_000), Decimal(1_000_000)), "USD")
    closing = Provenance(Origin.PROFILE, dt.date(2024, 12, 31))
    assert facts.more[FactName.SALES] == Fact((YearAmount(2024, band),), closing)
    assert facts.more[FactName.FOREIGN_PCT] == Fact(Interval.exactly(Decimal("49.00")), told)
    assert facts.registrations == {"RUMP": Fact((Held(None, TODAY),), told)}
    assert facts.places.value == (Place(("CL", "CL-LI"), headquarters=True),)
    assert facts.activities == Fact((Activity(path, True, dt.date(2020, 1, 1)),), told)
    assert facts.certificates == {"iso-9001": Fact((Held(None, dt.date(2027, 1, 1)),), told)}
    assert facts.declarations == {"q": Fact(False, Provenance(Origin.DECLARED, TODAY))}


def test_the_country_of_registration_is_a_place_while_no_site_lies_in_it():
    firm = OrganizationFactory(country=CountryFactory(code="PE"))
    SiteFactory(organization=firm, kind=SiteKind.PLANT, is_main=False)
    assert of(firm).places.value == (
        Place(("CL", "CL-LI"), headquarters=False),
        Place(("PE",), headquarters=True),
    )


def test_a_headquarters_abroad_does_not_hide_the_country_of_registration():
    firm = OrganizationFactory(country=CountryFactory(code="PE"))
    SiteFactory(organization=firm)
    assert of(firm).places.value == (
        Place(("CL", "CL-LI"), headquarters=True),
        Place(("PE",), headquarters=False),
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"verification": Verification.LISTED, "source": "RETC", "source_ref": "1"},
            Provenance(Origin.LISTED, None, "RETC"),
        ),
        (
            {"verification": Verification.VERIFIED, "verified_on": TODAY},
            Provenance(Origin.VERIFIED, TODAY),
        ),
    ],
)
def test_provenance_follows_how_far_the_record_is_vouched_for(fields, expected):
    assert of(OrganizationFactory(**fields)).kind.provenance == expected


@pytest.mark.parametrize("count", [3, 30])
def test_gathering_asks_as_often_for_30_as_for_3(count, django_assert_num_queries):
    firms = [OrganizationFactory() for _ in range(count)]
    for firm in firms:
        SiteFactory(organization=firm, admin_unit=RegionFactory())
        ActivityFactory(organization=firm)
    with django_assert_num_queries(11):
        assert len(gather_facts(organizations=[firm.pk for firm in firms])) == count


def test_the_fingerprint_does_not_depend_on_the_order_of_rows():
    firm = OrganizationFactory()
    for code in ("1102", "0111", "6201"):
        ActivityFactory(organization=firm, classification__code=code)
    assert len({of(firm).fingerprint() for _ in range(5)}) == 1


def test_what_a_hidden_part_tells_is_unknown_to_the_reader():
    firm = OrganizationFactory()
    HeadcountFactory(organization=firm, total=12)
    AnnualFiguresFactory(organization=firm, fiscal_year=2024)
    OwnershipFactory(organization=firm, foreign_pct=49)
    RegistrationFactory(organization=firm, registry="RUMP")
    FactAnswer.objects.create(
        organization=firm,
        fact=FactName.SALES,
        value=[{"year": 2024, "amount": "777", "currency": "CLP"}],
        answered_on=TODAY,
    )
    hidden = facts_of(organization=firm, seen=frozenset())
    assert set(hidden.more) == {FactName.COUNTRY}
    assert not hidden.registrations
    shown = facts_of(organization=firm, seen=frozenset(FieldGroup))
    assert {FactName.SALES, FactName.HEADCOUNT, FactName.FOREIGN_PCT} <= set(shown.more)
    assert shown.registrations
    assert "777" in str(shown.more[FactName.SALES])
    in_bands = facts_of(organization=firm, seen=frozenset(FieldGroup) - {FieldGroup.SALES_AMOUNT})
    assert "777" not in str(in_bands.more[FactName.SALES])


def test_exact_sales_and_a_band_of_people_are_read_where_they_are_told():
    firm = OrganizationFactory()
    AnnualFiguresFactory(
        organization=firm,
        fiscal_year=2025,
        sales_amount=Decimal("1234.50"),
        currency="CLP",
        people_band=PeopleBand.TO_9,
    )
    facts = of(firm)
    year = YearAmount(2025, Amount(Interval.exactly(Decimal("1234.50")), "CLP"))
    assert facts.more[FactName.SALES].value == (year,)
    assert facts.more[FactName.HEADCOUNT].value == Interval(Decimal(5), Decimal(9))
    HeadcountFactory(organization=firm, total=7, as_of=dt.date(2026, 3, 1))
    assert of(firm).more[FactName.HEADCOUNT].value == Interval.exactly(7)
