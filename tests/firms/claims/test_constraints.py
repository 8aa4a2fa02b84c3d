import pytest
from django.utils import timezone

from accounts.models import BlockEntry, BlockKind
from firms.models import (
    CaseOutcome,
    CaseStatus,
    ClaimCode,
    ClaimStatus,
    Decision,
    ReasonClass,
    RemovedRecord,
    Report,
    Suspension,
)
from tests.factories import (
    NOW,
    NeedFactory,
    OfferFactory,
    OrganizationFactory,
    UserFactory,
)
from tests.firms.claims.factories import CaseFactory, ClaimFactory
from tests.violations import violates

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", ["open", "review"])
def test_one_claim_of_a_person_waits_per_organization(status: str) -> None:
    first = ClaimFactory(status=status)
    with violates("claim_one_undecided"):
        ClaimFactory(organization=first.organization, claimant=first.claimant)
    ClaimFactory(organization=first.organization)
    ClaimFactory(organization=first.organization, claimant=first.claimant, purpose="removal")


def test_a_decision_about_a_claim_has_its_date() -> None:
    with violates("claim_decided_has_date"):
        ClaimFactory(status=ClaimStatus.REFUSED)
    with violates("claim_decided_has_date"):
        ClaimFactory(decided_at=NOW)


def test_nothing_is_accepted_without_a_proof() -> None:
    with violates("claim_accepted_is_proven"):
        ClaimFactory(status=ClaimStatus.ACCEPTED, decided_at=NOW)


def test_a_code_is_tried_five_times_at_most() -> None:
    with violates("claim_code_tries_within_limit"):
        ClaimCode.objects.create(
            claim=ClaimFactory(), email="a@b.cl", code_hash="0", expires_at=NOW, tries=6
        )


def test_a_record_is_removed_once() -> None:
    RemovedRecord.objects.create(source="ror", source_ref="1")
    with violates("removed_record_unique"):
        RemovedRecord.objects.create(source="ror", source_ref="1")


def test_one_case_of_a_kind_waits_about_an_organization() -> None:
    first = CaseFactory()
    with violates("case_one_waiting_per_organization"):
        CaseFactory(organization=first.organization)
    CaseFactory(organization=first.organization, status=CaseStatus.DECIDED)


def test_one_case_waits_about_a_listing() -> None:
    need, offer = NeedFactory(), OfferFactory()
    CaseFactory(kind="report", organization=need.organization, need=need)
    with violates("case_one_waiting_per_need"):
        CaseFactory(kind="report", organization=need.organization, need=need)
    CaseFactory(kind="report", organization=offer.organization, offer=offer)
    with violates("case_one_waiting_per_offer"):
        CaseFactory(kind="report", organization=offer.organization, offer=offer)


def test_an_appeal_has_its_date() -> None:
    with violates("case_appealed_has_date"):
        CaseFactory(status=CaseStatus.APPEALED)


def test_a_person_reports_a_thing_once() -> None:
    case, person = CaseFactory(kind="report"), UserFactory()
    Report.objects.create(case=case, reporter=person, reason=ReasonClass.FRAUD)
    with violates("report_once_per_person"):
        Report.objects.create(case=case, reporter=person, reason=ReasonClass.GONE)


def test_a_decision_says_why_and_is_taken_once() -> None:
    case = CaseFactory()
    with violates("decision_has_a_reason"):
        Decision.objects.create(case=case, outcome=CaseOutcome.KEEP, reason="")
    Decision.objects.create(case=case, outcome=CaseOutcome.KEEP, reason="Está bien.")
    with violates("decision_once"):
        Decision.objects.create(case=case, outcome=CaseOutcome.SUSPEND, reason="Está mal.")


def test_an_organization_is_suspended_once_at_a_time() -> None:
    own = OrganizationFactory()
    Suspension.objects.create(
        organization=own, reason_class=ReasonClass.FRAUD, lifted_at=timezone.now()
    )
    Suspension.objects.create(organization=own, reason_class=ReasonClass.FRAUD)
    with violates("suspension_one_at_a_time"):
        Suspension.objects.create(organization=own, reason_class=ReasonClass.OTHER)


def test_the_block_list_holds_a_thing_once_and_never_nothing() -> None:
    BlockEntry.objects.create(kind=BlockKind.WORD, value="casino")
    with violates("block_entry_unique"):
        BlockEntry.objects.create(kind=BlockKind.WORD, value="casino")
    with violates("block_entry_not_empty"):
        BlockEntry.objects.create(kind=BlockKind.WORD, value="")
