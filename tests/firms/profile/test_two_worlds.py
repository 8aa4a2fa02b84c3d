"""A hidden part leaves no byte in page, API or search; what is untold looks the same."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from common.api.throttles import READS
from firms.models import (
    FieldGroup,
    FieldLevel,
    Organization,
    OrganizationKind,
    ResearchProfile,
    Role,
)
from firms.policies import DEFAULT_LEVELS, visible_fields
from tests.factories import CertificateFactory, MembershipFactory, UserFactory
from tests.firms.actors import Cast, make_cast
from tests.firms.profile import factories as make

pytestmark = pytest.mark.django_db

CANARY = "zarigüeya"
CANARY_MAIL = "zarigueya@example.org"
NUMBER = 7_654_321
LONG_AGO = dt.date(1907, 3, 14)
MASKED = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')  # anew in each answer
HIDE: dict[FieldGroup, Callable[[Any], Any]] = {
    FieldGroup.CERTIFICATES: lambda own: CertificateFactory(organization=own, scope=CANARY),
    FieldGroup.CAPABILITIES: lambda own: make.CapabilityFactory(organization=own, name=CANARY),
    FieldGroup.REGISTRATIONS: lambda own: make.RegistrationFactory(
        organization=own, registry=CANARY
    ),
    FieldGroup.SIZE_DECLARATION: lambda own: make.SizeDeclarationFactory(
        organization=own, evidence=CANARY
    ),
    FieldGroup.HEADCOUNT: lambda own: make.HeadcountFactory(organization=own, total=NUMBER),
    FieldGroup.SALES_AMOUNT: lambda own: make.AnnualFiguresFactory(
        organization=own, sales_band="", sales_amount=123_456_789, currency="CLP"
    ),
    FieldGroup.SALES: lambda own: make.AnnualFiguresFactory(organization=own),
    FieldGroup.TRADE_SHARES: lambda own: make.AnnualFiguresFactory(
        organization=own, sales_band="", exports_pct=37
    ),
    FieldGroup.BALANCE: lambda own: make.AnnualFiguresFactory(
        organization=own, sales_band="", balance_band="to_5m"
    ),
    FieldGroup.OWNERSHIP: lambda own: make.OwnershipFactory(organization=own, largest_group=CANARY),
    FieldGroup.LEADERSHIP: lambda own: make.LeadershipFactory(organization=own, women_led=True),
    FieldGroup.SERVICE_AREA: lambda own: make.ServiceAreaFactory(organization=own, radius_km=77),
    FieldGroup.MARKETS: lambda own: make.MarketProfileFactory(
        organization=own, export_experience="regular"
    ),
    FieldGroup.WEB: lambda own: make.SocialLinkFactory(organization=own),
    FieldGroup.FOUNDING: lambda own: tell(own, founded_on=LONG_AGO),
    FieldGroup.ACTIVITY_START: lambda own: tell(own, activity_start_on=LONG_AGO),
    FieldGroup.LEGAL_FORM: lambda own: tell(own, legal_form=CANARY),
    FieldGroup.AGENCY: lambda own: make.AgencyProfileFactory(organization=own, legal_act=CANARY),
    FieldGroup.ASSOCIATION: lambda own: make.AssociationProfileFactory(
        organization=own, member_count=NUMBER
    ),
}
# Parts of a record that exists anyhow: what is compared is the record with and without them.
WITHIN: dict[FieldGroup, Callable[[Any], Any]] = {
    FieldGroup.ADDRESSES: lambda own: own.sites.update(
        name=CANARY, address=CANARY, headcount=NUMBER
    ),
    FieldGroup.RESEARCH: lambda own: (
        ResearchProfile.objects.filter(organization=own).update(infrastructure=CANARY),
        make.ResearchGroupFactory(organization=own, name=CANARY),
        make.TechnicalServiceFactory(organization=own, name=CANARY),
    ),
    FieldGroup.TECH_TRANSFER: lambda own: ResearchProfile.objects.filter(organization=own).update(
        office_name=CANARY, office_email=CANARY_MAIL
    ),
    FieldGroup.RESEARCH_LEADS: lambda own: own.research_groups.update(
        lead_orcid="0000-0002-1825-0097"
    ),
}


@pytest.fixture(autouse=True)
def nobody_has_called() -> None:
    READS.clear()  # else the many readings of one run meet the API's rate limit


@pytest.fixture
def cast() -> Cast:
    return make_cast(legal_name="Viña Ejemplo S.A.")


def tell(own: Organization, **columns: Any) -> None:
    Organization.objects.filter(pk=own.pk).update(**columns)


def university() -> Cast:
    """Return an institution with a place, a research record and a group, all of them plain."""
    cast = make_cast(legal_name="Universidad Ejemplo", kind=OrganizationKind.UNIVERSITY)
    make.ResearchProfileFactory(organization=cast.organization)
    make.ResearchGroupFactory(organization=cast.organization)
    return cast


def snapshot(client: Client, cast: Cast) -> dict[str, bytes]:
    paths = [
        reverse("firms:organization", args=[cast.organization.public_id]),
        f"/api/v1/organizations/{cast.organization.public_id}/",
        "/api/v1/organizations/",
        f"{reverse('firms:directory')}?q={CANARY}",
        f"{reverse('firms:directory')}?certificate=iso-9001",
        "/api/v1/organizations/?certificate=iso-9001",
    ]
    return {path: MASKED.sub(b"", client.get(path).content) for path in paths}


@pytest.mark.parametrize("group", HIDE)
@pytest.mark.parametrize("reader", ["anonymous", "outsider"])
def test_a_hidden_part_changes_no_byte(cast: Cast, group: FieldGroup, reader: str) -> None:
    if group is not FieldGroup.LEADERSHIP:
        make.FieldVisibilityFactory(organization=cast.organization, group=group)
    CertificateFactory()  # of another one, so that the filter has its option
    client = cast.browser(reader)
    snapshot(client, cast)
    before = snapshot(client, cast)
    HIDE[group](cast.organization)
    after = snapshot(client, cast)
    assert [path for path in before if before[path] != after[path]] == []


@pytest.mark.parametrize("group", WITHIN)
@pytest.mark.parametrize("reader", ["anonymous", "outsider"])
def test_a_hidden_part_of_a_record_changes_no_byte(group: FieldGroup, reader: str) -> None:
    cast = university()
    make.FieldVisibilityFactory(organization=cast.organization, group=group)
    client = cast.browser(reader)
    snapshot(client, cast)
    before = snapshot(client, cast)
    WITHIN[group](cast.organization)
    after = snapshot(client, cast)
    assert [path for path in before if before[path] != after[path]] == []


@pytest.mark.parametrize("group", WITHIN)
def test_an_administrator_sees_the_part_of_a_record(group: FieldGroup) -> None:
    cast = university()
    client, page = cast.browser("owner"), "firms:organization"
    path = reverse(page, args=[cast.organization.public_id])
    client.get(path)
    before = MASKED.sub(b"", client.get(path).content)
    WITHIN[group](cast.organization)
    assert MASKED.sub(b"", client.get(path).content) != before


@pytest.mark.parametrize("group", HIDE)
def test_an_administrator_sees_every_part(cast: Cast, group: FieldGroup) -> None:
    client = cast.browser("owner")
    path = f"/api/v1/organizations/{cast.organization.public_id}/"
    before = client.get(path).content
    HIDE[group](cast.organization)
    assert client.get(path).content != before


def test_each_level_opens_to_who_is_meant(cast: Cast) -> None:
    own = cast.organization
    editor = MembershipFactory(organization=own, role=Role.EDITOR).user
    staff = UserFactory(is_staff=True)
    by_level = {
        level: {group for group, usual in DEFAULT_LEVELS.items() if usual == level}
        for level in FieldLevel
    }
    public, members = by_level[FieldLevel.PUBLIC], by_level[FieldLevel.MEMBERS]
    anonymous = Client().get("/").wsgi_request.user
    assert visible_fields(anonymous, own) == public
    assert visible_fields(cast.outsider, own) == public | members
    assert visible_fields(editor, own) == public | members | {FieldGroup.EVIDENCE}
    assert visible_fields(cast.owner, own) == set(FieldGroup)
    assert visible_fields(staff, own) == set(FieldGroup) - {FieldGroup.LEADERSHIP}
