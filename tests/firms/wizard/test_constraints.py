import pytest

from firms.models import ReviewOutcome
from tests.factories import (
    NOW,
    NumberReviewFactory,
    OrganizationFactory,
    RegistrationDraftFactory,
)
from tests.violations import violates

pytestmark = pytest.mark.django_db


def test_a_draft_that_became_an_organization_has_its_time() -> None:
    RegistrationDraftFactory(organization=OrganizationFactory(), finished_at=NOW)
    with violates("registration_draft_finished_has_time"):
        RegistrationDraftFactory(organization=OrganizationFactory())


def test_a_number_waits_for_one_review_at_a_time() -> None:
    first = NumberReviewFactory(outcome=ReviewOutcome.REFUSED, decided_at=NOW)
    NumberReviewFactory(organization=first.organization)
    with violates("number_review_one_open"):
        NumberReviewFactory(organization=first.organization)


def test_a_decision_has_its_time() -> None:
    with violates("number_review_decided_has_time"):
        NumberReviewFactory(outcome=ReviewOutcome.GRANTED)
