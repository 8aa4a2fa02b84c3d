import datetime as dt
from typing import Any

import pytest

from firms.models import (
    AffiliationRole,
    ImportBatch,
    ImportedRecord,
    ImportKind,
    ImportParty,
    ImportRejection,
    Invitation,
    OrganizationStatus,
    Reach,
    ReferenceCounter,
    Role,
    Verification,
)
from firms.models.listing_choices import ListingStatus
from tests.factories import (
    NOW,
    TODAY,
    ActivityFactory,
    AffiliationFactory,
    CertificateFactory,
    ClassificationFactory,
    IdentifierFactory,
    MembershipFactory,
    NeedFactory,
    OfferFactory,
    OrganizationFactory,
    SiteFactory,
    UserFactory,
)
from tests.violations import violates

pytestmark = pytest.mark.django_db

YESTERDAY = TODAY - dt.timedelta(days=1)


def test_an_organization_has_a_name() -> None:
    with violates("organization_has_a_name"):
        OrganizationFactory(legal_name="")


def test_a_closed_organization_has_its_date() -> None:
    with violates("organization_closed_has_date"):
        OrganizationFactory(status=OrganizationStatus.CLOSED)


def test_an_active_organization_has_no_closing_date() -> None:
    with violates("organization_closed_has_date"):
        OrganizationFactory(closed_on=TODAY)


def test_an_organization_closes_after_its_founding() -> None:
    with violates("organization_closes_after_founding"):
        OrganizationFactory(status=OrganizationStatus.CLOSED, founded_on=TODAY, closed_on=YESTERDAY)


def test_a_verified_organization_has_its_date() -> None:
    with violates("organization_verified_has_date"):
        OrganizationFactory(verification=Verification.VERIFIED)


def test_a_listed_organization_names_its_source() -> None:
    with violates("organization_listed_has_source"):
        OrganizationFactory(verification=Verification.LISTED)


def test_an_organization_is_imported_once_from_its_source() -> None:
    OrganizationFactory(source="ror", source_ref="1")
    with violates("organization_unique_in_source"):
        OrganizationFactory(source="ror", source_ref="1")


def test_an_activity_is_listed_once() -> None:
    activity = ActivityFactory()
    with violates("activity_unique"):
        ActivityFactory(organization=activity.organization)


def test_one_activity_is_the_main_one() -> None:
    activity = ActivityFactory(is_main=True)
    with violates("activity_one_main"):
        ActivityFactory(
            organization=activity.organization,
            classification=ClassificationFactory(code="1103"),
            is_main=True,
        )


def test_one_site_is_the_main_one() -> None:
    site = SiteFactory()
    with violates("site_one_main"):
        SiteFactory(organization=site.organization)


def test_an_identifier_belongs_to_one_organization() -> None:
    identifier = IdentifierFactory()
    with violates("identifier_unique"):
        IdentifierFactory(value=identifier.value)


def test_one_identifier_is_the_primary_one() -> None:
    identifier = IdentifierFactory(is_primary=True)
    with violates("identifier_one_primary"):
        IdentifierFactory(organization=identifier.organization, is_primary=True)


def test_an_identifier_is_not_empty() -> None:
    with violates("identifier_not_empty"):
        IdentifierFactory(normalized="")


def test_a_certificate_ends_after_it_begins() -> None:
    with violates("certificate_dates_in_order"):
        CertificateFactory(valid_from=TODAY, valid_until=YESTERDAY)


def test_a_certificate_is_listed_once() -> None:
    certificate = CertificateFactory(number="1")
    with violates("certificate_unique"):
        CertificateFactory(organization=certificate.organization, number="1")


def test_a_person_has_one_role_in_an_organization() -> None:
    membership = MembershipFactory()
    with violates("membership_unique"):
        MembershipFactory(user=membership.user, organization=membership.organization)


def invite(**fields: Any) -> Invitation:
    defaults = {
        "email": "rosa@ejemplo.org",
        "role": Role.READER,
        "token_hash": str(Invitation.objects.count()),
        "expires_at": NOW,
    }
    return Invitation.objects.create(**defaults | fields)


def test_an_address_has_one_open_invitation_in_any_case() -> None:
    sides = {"organization": OrganizationFactory(), "invited_by": UserFactory()}
    invite(**sides)
    with violates("invitation_one_open_per_address"):
        invite(**sides, email="ROSA@ejemplo.org")


def test_an_accepted_invitation_is_not_revoked() -> None:
    with violates("invitation_accepted_or_revoked"):
        invite(
            organization=OrganizationFactory(),
            invited_by=UserFactory(),
            accepted_at=NOW,
            revoked_at=NOW,
        )


def test_an_organization_is_in_a_cluster_once() -> None:
    affiliation = AffiliationFactory()
    with violates("affiliation_unique"):
        AffiliationFactory(organization=affiliation.organization, cluster=affiliation.cluster)


def test_a_cluster_has_one_manager() -> None:
    affiliation = AffiliationFactory(role=AffiliationRole.MANAGER)
    with violates("affiliation_one_manager"):
        AffiliationFactory(cluster=affiliation.cluster, role=AffiliationRole.MANAGER)


def test_an_affiliation_was_asked_for_by_someone() -> None:
    with violates("affiliation_asked_by_someone"):
        AffiliationFactory(cluster_confirmed_on=None, member_confirmed_on=None)


def batch(**fields: Any) -> ImportBatch:
    return ImportBatch.objects.create(
        kind=ImportKind.ROR, file_name="ror.csv", content_hash="0" * 64, **fields
    )


def test_an_import_reads_no_more_rows_than_the_file_has() -> None:
    with violates("import_progress_within_total"):
        batch(rows_total=1, rows_done=2)


def test_a_row_is_rejected_once() -> None:
    rejection = {"batch": batch(), "row_number": 1, "reason": "empty"}
    ImportRejection.objects.create(**rejection)
    with violates("import_rejection_once_per_row"):
        ImportRejection.objects.create(**rejection)


def test_a_register_has_a_record_once() -> None:
    record = {"batch": batch(), "kind": ImportKind.ROR, "ref": "x", "parties": [], "data": {}}
    ImportedRecord.objects.create(**record, row_number=2)
    with violates("imported_record_unique"):
        ImportedRecord.objects.create(**record, row_number=3)


def test_an_import_writes_an_organization_once() -> None:
    party = {"batch": batch(), "key": "PT-NIF:506613399"}
    ImportParty.objects.create(**party)
    with violates("import_party_once"):
        ImportParty.objects.create(**party)


@pytest.mark.parametrize(
    ("factory", "constraint"),
    [(OfferFactory, "offer_has_a_title"), (NeedFactory, "need_has_a_title")],
)
def test_a_listing_has_a_title(factory: Any, constraint: str) -> None:
    with violates(constraint):
        factory(title="")


@pytest.mark.parametrize(
    ("factory", "constraint"),
    [(OfferFactory, "offer_dates_in_order"), (NeedFactory, "need_dates_in_order")],
)
def test_a_listing_ends_after_it_begins(factory: Any, constraint: str) -> None:
    with violates(constraint):
        factory(valid_from=TODAY, valid_until=YESTERDAY)


@pytest.mark.parametrize(
    ("factory", "constraint"),
    [(OfferFactory, "offer_radius_has_km"), (NeedFactory, "need_radius_has_km")],
)
@pytest.mark.parametrize(
    ("reach", "km"),
    [(Reach.RADIUS, None), (Reach.RADIUS, 0), (Reach.RADIUS, 2_001), ("national", 5)],
)
def test_only_a_radius_has_kilometers(
    factory: Any, constraint: str, reach: str, km: int | None
) -> None:
    with violates(constraint):
        factory(reach=reach, reach_km=km)


@pytest.mark.parametrize(
    ("factory", "constraint"),
    [(OfferFactory, "offer_published_has_time"), (NeedFactory, "need_published_has_time")],
)
def test_a_published_listing_has_its_time(factory: Any, constraint: str) -> None:
    with violates(constraint):
        factory(status=ListingStatus.PUBLISHED, published_at=None)


@pytest.mark.parametrize(
    ("factory", "constraint"),
    [(OfferFactory, "offer_unique_in_source"), (NeedFactory, "need_unique_in_source")],
)
def test_a_listing_is_imported_once_from_its_source(factory: Any, constraint: str) -> None:
    listing = factory(source_ref="1")
    with violates(constraint):
        factory(organization=listing.organization, source_ref="1")


def test_a_budget_is_in_order() -> None:
    with violates("need_budget_in_order"):
        NeedFactory(budget_min=2, budget_max=1, currency="CLP")


def test_a_budget_has_its_currency() -> None:
    with violates("need_budget_has_currency"):
        NeedFactory(budget_max=1)


@pytest.mark.parametrize(
    ("factory", "constraint"),
    [(OfferFactory, "offer_fulfilled_says_why"), (NeedFactory, "need_fulfilled_says_why")],
)
def test_a_fulfilled_listing_says_why_and_when(factory: Any, constraint: str) -> None:
    with violates(constraint):
        factory(status=ListingStatus.FULFILLED)


def test_a_counter_of_references_is_one_per_kind_country_and_day() -> None:
    ReferenceCounter.objects.take("N", "CL", TODAY)
    with violates("reference_counter_unique"):
        ReferenceCounter.objects.create(prefix="N", country_code="CL", day=TODAY, last=1)
