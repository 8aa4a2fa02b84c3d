"""Every constraint of the tables of introductions is violated once."""

import pytest

from matching.models import (
    IntroductionMessage,
    IntroductionReading,
    OrganizationBlock,
    Outcome,
    OutcomeReport,
    SharedContact,
    SharedContactView,
)
from tests.factories import NOW, IntroductionFactory, NeedFactory, OrganizationFactory, UserFactory
from tests.violations import violates

pytestmark = pytest.mark.django_db


def test_an_introduction_is_one_open_question_about_something_with_a_clock() -> None:
    asked = IntroductionFactory()
    with violates("introduction_one_open_per_offer"):
        IntroductionFactory(from_organization=asked.from_organization, offer=asked.offer)
    ended = {"status": "withdrawn", "due_at": None}
    IntroductionFactory(from_organization=asked.from_organization, offer=asked.offer, **ended)
    need = NeedFactory()
    sides = {"about": "need", "need": need, "to_organization": need.organization}
    first = IntroductionFactory(**sides)
    with violates("introduction_one_open_per_need"):
        IntroductionFactory(from_organization=first.from_organization, **sides)
    with violates("introduction_about_something"):
        IntroductionFactory(about="need", need=None)
    with violates("introduction_reason_of_decline"):
        IntroductionFactory(decline_reason="price")
    with violates("introduction_queued_says_why"):
        IntroductionFactory(status="queued")
    with violates("introduction_open_has_clock"):
        IntroductionFactory(due_at=None)


def test_what_hangs_on_an_introduction_is_said_once_and_by_a_party() -> None:
    asked, person = IntroductionFactory(), UserFactory()
    with violates("introduction_message_says_something"):
        IntroductionMessage.objects.create(
            introduction=asked, author=person, side="author", written_at=NOW
        )
    reading = {"introduction": asked, "reader": person, "read_at": NOW}
    IntroductionReading.objects.create(**reading)
    with violates("introduction_reading_unique"):
        IntroductionReading.objects.create(**reading)
    card = {"introduction": asked, "person": person, "name": "Ana", "consented_at": NOW}
    shared = SharedContact.objects.create(side="author", **card)
    with violates("shared_contact_unique"):
        SharedContact.objects.create(side="author", **card)
    with violates("shared_contact_of_a_party"):
        SharedContact.objects.create(side="broker", **card)
    SharedContactView.objects.create(contact=shared, viewer=person, viewed_at=NOW)
    with violates("shared_contact_view_unique"):
        SharedContactView.objects.create(contact=shared, viewer=person, viewed_at=NOW)
    block = {"organization": asked.to_organization, "blocked": OrganizationFactory()}
    OrganizationBlock.objects.create(made_by=person, made_at=NOW, **block)
    with violates("organization_block_unique"):
        OrganizationBlock.objects.create(made_by=person, made_at=NOW, **block)


def test_an_outcome_is_something_that_a_side_said_on_a_day_it_was_asked() -> None:
    asked, person = IntroductionFactory(), UserFactory()
    said = {"introduction": asked, "reported_by": person, "kind": "quote", "reported_at": NOW}
    OutcomeReport.objects.create(side="author", day=30, **said)
    with violates("outcome_report_unique"):
        OutcomeReport.objects.create(side="author", day=30, **said)
    with violates("outcome_report_of_a_party"):
        OutcomeReport.objects.create(side="clock", day=30, **said)
    with violates("outcome_report_on_a_day"):
        OutcomeReport.objects.create(side="author", day=31, **said)
    with violates("outcome_report_satisfaction"):
        OutcomeReport.objects.create(side="author", day=90, satisfaction=6, **said)
    result = {"introduction": asked, "is_projected": False}
    Outcome.objects.create(kind="quote", author_said_at=NOW, **result)
    with violates("outcome_unique"):
        Outcome.objects.create(kind="quote", author_said_at=NOW, **result)
    with violates("outcome_said_by_someone"):
        Outcome.objects.create(kind="trial", **result)
    with violates("outcome_is_something"):
        Outcome.objects.create(kind="none", author_said_at=NOW, **result)
