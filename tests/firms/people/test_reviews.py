import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from common.jobs import Work
from common.models import Effect
from firms.models import Membership, Organization, PeopleReview, Role
from firms.services import reviews
from tests.accounts.browsers import proved
from tests.factories import NOW, MembershipFactory, OrganizationFactory

pytestmark = pytest.mark.django_db

YEAR = dt.timedelta(days=365)


def aged(by: dt.timedelta = YEAR) -> Organization:
    organization = OrganizationFactory()
    MembershipFactory(organization=organization, role=Role.ADMINISTRATOR)
    MembershipFactory(organization=organization, role=Role.EDITOR)
    Membership.objects.filter(organization=organization).update(
        created_at=NOW - by - dt.timedelta(days=1)
    )
    return organization


def ask(now: dt.datetime = NOW) -> list[str]:
    work = Work(kind="people.ask_review", key=0, revision=1, payload={}, actor_id=None, now=now)
    reviews.ask_for_reviews(work)
    return list(Effect.objects.order_by("pk").values_list("recipient", flat=True))


def administrator(organization: Organization) -> Membership:
    return organization.memberships.get(role=Role.ADMINISTRATOR)


def test_administrators_are_asked_after_a_year_once() -> None:
    organization = aged()
    aged(by=dt.timedelta(days=300))
    expected = [administrator(organization).user.email]
    assert ask() == expected
    assert ask(NOW + dt.timedelta(days=30)) == expected
    assert ask(NOW + YEAR)[:1] == expected
    body = Effect.objects.earliest("pk").payload["body"]
    assert reverse("firms:people-review", args=[organization.public_id]) in body


def test_a_review_puts_the_question_off_for_a_year() -> None:
    organization = aged()
    by = administrator(organization).user
    reviews.review_people(by=by, organization=organization, leaving=set(), now=NOW)
    assert ask(NOW + YEAR - dt.timedelta(days=1)) == []
    assert ask(NOW + YEAR + dt.timedelta(days=1)) == [by.email]


def test_one_person_alone_is_not_asked() -> None:
    organization = aged()
    organization.memberships.filter(role=Role.EDITOR).delete()
    assert ask() == []


def test_one_click_keeps_everybody_and_is_kept_with_its_date() -> None:
    organization = aged()
    browser = Client()
    browser.force_login(administrator(organization).user)
    page = reverse("firms:people-review", args=[organization.public_id])
    assert browser.get(page).status_code == 200
    assert browser.post(page).status_code == 303
    review = PeopleReview.objects.get()
    assert (review.by, review.kept, review.removed) == (administrator(organization).user, 2, 0)
    people_page = reverse("firms:people", args=[organization.public_id])
    assert "Lista revisada el" in browser.get(people_page).content.decode()


def test_who_left_is_taken_out_and_loses_access_at_once() -> None:
    organization = aged()
    gone = organization.memberships.get(role=Role.EDITOR).user
    theirs, browser = Client(), Client()
    theirs.force_login(gone)
    people_page = reverse("firms:people", args=[organization.public_id])
    assert theirs.get(people_page).status_code == 200
    browser.force_login(administrator(organization).user)
    page = reverse("firms:people-review", args=[organization.public_id])
    assert browser.post(page, {"leaving": [str(gone.public_id)]}).status_code == 303
    assert theirs.get(people_page).status_code == 404
    assert (PeopleReview.objects.get().kept, PeopleReview.objects.get().removed) == (1, 1)


def test_nobody_takes_themselves_out_by_it() -> None:
    organization = aged()
    own = administrator(organization).user
    browser = proved(own)
    page = reverse("firms:people-review", args=[organization.public_id])
    assert browser.post(page, {"leaving": [str(own.public_id)]}).status_code == 422
    assert organization.memberships.count() == 2
    assert not PeopleReview.objects.exists()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.READER, None])
def test_only_an_administrator_reviews(role: Role | None) -> None:
    organization = aged()
    by = MembershipFactory(**({"organization": organization, "role": role} if role else {})).user
    browser = Client()
    browser.force_login(by)
    page = reverse("firms:people-review", args=[organization.public_id])
    assert [browser.get(page).status_code, browser.post(page).status_code] == [404, 404]
    with pytest.raises(reviews.CannotReview):
        reviews.review_people(by=by, organization=organization, leaving=set(), now=NOW)


def test_a_stranger_named_in_the_form_is_not_touched() -> None:
    organization, other = aged(), MembershipFactory()
    browser = Client()
    browser.force_login(administrator(organization).user)
    page = reverse("firms:people-review", args=[organization.public_id])
    assert browser.post(page, {"leaving": [str(other.user.public_id)]}).status_code == 422
    assert Membership.objects.filter(pk=other.pk).exists()
