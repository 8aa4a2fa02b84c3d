from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from common.models import Effect
from firms.models import Identifier, Membership, NumberReview, Role, Visibility
from firms.services.wizard import reviews
from tests.factories import (
    NOW,
    IdentifierFactory,
    MembershipFactory,
    NumberReviewFactory,
    OrganizationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder() -> Membership:
    """Administer an organization that others cannot see, which holds the number."""
    secret = OrganizationFactory(legal_name="Reservada S.A.", visibility=Visibility.PRIVATE)
    IdentifierFactory(organization=secret, scheme="CL-RUT", normalized="760864285", is_primary=True)
    place: Membership = MembershipFactory(organization=secret, role=Role.ADMINISTRATOR)
    return place


@pytest.fixture
def review(holder: Membership) -> NumberReview:
    """Declare the same number for another organization."""
    place = MembershipFactory(role=Role.ADMINISTRATOR)
    row: NumberReview = NumberReviewFactory(organization=place.organization, asked_by=place.user)
    return row


def mails() -> dict[str, str]:
    return {
        row.payload["to"][0]: row.payload["subject"] + row.payload["body"]
        for row in Effect.objects.filter(kind="mail")
    }


def test_a_given_number_moves_and_both_sides_are_told(
    holder: Membership, review: NumberReview
) -> None:
    before = review.organization.revision
    reviews.give_number(by=UserFactory(), review=review, reason="Vimos el papel.", now=NOW)
    number = Identifier.objects.get(normalized="760864285")
    assert (number.organization, number.status) == (review.organization, "format_ok")
    assert number.is_primary
    review.organization.refresh_from_db()
    assert review.organization.revision == before + 1
    told = mails()
    assert "Ya no figura en Reservada" in told[holder.user.email]
    assert "Reservada" not in told[review.asked_by.email]
    assert review.organization.name not in told[holder.user.email]


def test_a_refused_number_stays_and_only_who_declared_it_is_told(
    holder: Membership, review: NumberReview
) -> None:
    reviews.refuse_number(by=UserFactory(), review=review, reason="No es suyo.", now=NOW)
    assert Identifier.objects.get(normalized="760864285").organization == holder.organization
    told = mails()
    assert list(told) == [review.asked_by.email]
    assert "No es suyo." in told[review.asked_by.email]


def test_a_number_is_decided_once(review: NumberReview) -> None:
    reviews.refuse_number(by=UserFactory(), review=review, reason="No.", now=NOW)
    with pytest.raises(reviews.CannotDecideNumber):
        reviews.give_number(by=UserFactory(), review=review, reason="Sí.", now=NOW)
    assert Identifier.objects.get(normalized="760864285").organization != review.organization


def post(review: NumberReview, data: dict[str, Any], *, is_staff: bool) -> Any:
    client = Client()
    client.force_login(UserFactory(is_staff=is_staff))
    return client.post(reverse("firms:number-review", args=[review.public_id]), data)


DECISION = {"outcome": "granted", "reason": "Vimos el papel."}


def test_only_the_team_decides(review: NumberReview) -> None:
    assert post(review, DECISION, is_staff=False).status_code == 404
    assert post(review, DECISION | {"reason": ""}, is_staff=True).status_code == 422
    assert Identifier.objects.get(normalized="760864285").organization != review.organization
    assert post(review, DECISION, is_staff=True).status_code == 303
    assert Identifier.objects.get(normalized="760864285").organization == review.organization


@pytest.mark.parametrize("many", [3, 30])
def test_the_list_asks_as_often_for_30_as_for_3(many: int, django_assert_num_queries: Any) -> None:
    for _each in range(many):
        NumberReviewFactory()
    client = Client()
    client.force_login(UserFactory(is_staff=True))
    url = reverse("firms:number-reviews")
    client.get(url)
    with django_assert_num_queries(5):
        assert client.get(url).status_code == 200
