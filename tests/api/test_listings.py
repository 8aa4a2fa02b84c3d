"""Writing needs and offers by a program: the same rules as on the page, and nothing besides."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import TokenScope, User
from common.jobs.models import Job
from firms.models import Need, Offer, Role, Visibility
from firms.models.listing_choices import ListingStatus
from tests.factories import (
    CertificateStandardFactory,
    CityFactory,
    ClassificationFactory,
    ClusterFactory,
    MembershipFactory,
    NeedFactory,
    OfferFactory,
    OrganizationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NEEDS, OFFERS = "/api/v1/needs/", "/api/v1/offers/"


@pytest.fixture
def author() -> User:
    return MembershipFactory(role=Role.EDITOR).user


@pytest.fixture
def caller(author: User, program: Callable[..., Client]) -> Client:
    return program(author, HTTP_ACCEPT_LANGUAGE="es")


def body(author: User, **changes: Any) -> dict[str, Any]:
    return {
        "organization": str(author.memberships.get().organization.public_id),
        "title": "Necesito etiquetas adhesivas",
        "city": CityFactory().geonames_id,
        **changes,
    }


def send(caller: Client, address: str, data: Any, method: str = "POST") -> Any:
    return caller.generic(method, address, json.dumps(data), content_type="application/json")


class TestWriting:
    def test_a_need_is_written_as_a_draft(self, caller: Client, author: User) -> None:
        ClassificationFactory(scheme="cpv2008", code="30192800")
        CertificateStandardFactory(code="iso-9001")
        data = body(
            author,
            summary="Rollos de mil",
            classifications=["cpv2008:30192800"],
            reach="radius",
            reach_km=200,
            required_certificates=["iso-9001"],
            wanted_sizes=["micro", "small"],
            budget_min="1000.00",
            budget_max="2500.50",
            currency="CLP",
            deliver_by="2027-01-31",
            open_to_contact=False,
        )
        response = send(caller, NEEDS, data)
        assert response.status_code == 201, response.content
        need = Need.objects.get()
        assert response.headers["Location"] == f"{NEEDS}{need.public_id}/"
        assert need.status == ListingStatus.DRAFT
        assert need.organization.memberships.filter(user=author).exists()
        assert (need.reach_km, str(need.budget_max), need.open_to_contact) == (
            200,
            "2500.50",
            False,
        )
        found = response.json()
        assert found["classifications"][0]["code"] == "30192800"
        assert found["required_certificates"] == ["iso-9001"]
        assert found["deliver_by"] == "2027-01-31"
        assert found["place"]["point"]["coordinates"] == [-71.37, -34.64]

    def test_an_offer_is_written_as_a_draft(self, caller: Client, author: User) -> None:
        data = body(author, title="Etiquetas en rollo", kind="product", advantages="Más cerca")
        response = send(caller, OFFERS, data)
        assert response.status_code == 201, response.content
        assert Offer.objects.get().advantages == "Más cerca"

    @pytest.mark.parametrize(
        ("changes", "pointer"),
        [
            ({"title": ""}, "#/title"),
            ({"title": "x" * 161}, "#/title"),
            ({"city": 99}, "#/city"),
            ({"reach": "radius"}, "#/reach_km"),
            ({"reach": "territories"}, "#/reach_units"),
            ({"reach_units": ["XX-1"], "reach": "territories"}, "#/reach_units"),
            ({"classifications": ["isic4:nope"]}, "#/classifications"),
            ({"partnerships": ["supply", "license", "service", "research"]}, "#/partnerships"),
            ({"budget_min": "5", "budget_max": "4", "currency": "CLP"}, "#/budget_max"),
            ({"budget_max": "4"}, "#/currency"),
            ({"budget_max": "-1", "currency": "CLP"}, "#/budget_max"),
            ({"budget_max": "1e99", "currency": "CLP"}, "#/budget_max"),
            ({"budget_max": "NaN", "currency": "CLP"}, "#/budget_max"),
            ({"deliver_by": "31/01/2027"}, "#/deliver_by"),
            ({"deliver_by": "2027-02-30"}, "#/deliver_by"),
            ({"required_certificates": ["nope"]}, "#/required_certificates"),
            ({"wanted_sizes": ["giant"]}, "#/wanted_sizes/0"),
            ({"wanted_sizes": ["micro"] * 61}, "#/wanted_sizes"),
            ({"visibility": "secret"}, "#/visibility"),
            ({"currency": "XXX", "budget_max": "1"}, "#/currency"),
        ],
    )
    def test_what_is_wrong_is_named_and_nothing_is_stored(
        self, caller: Client, author: User, changes: dict[str, Any], pointer: str
    ) -> None:
        response = send(caller, NEEDS, body(author, **changes))
        assert response.status_code == 400, response.content
        assert pointer in {error["pointer"] for error in response.json()["errors"]}
        assert not Need.objects.exists()

    def test_an_organization_of_others_cannot_be_told_from_none(
        self, caller: Client, author: User
    ) -> None:
        """Reference oracle: hidden, foreign and missing are one answer."""
        reader = MembershipFactory(user=author, role=Role.READER).organization
        hidden = OrganizationFactory(visibility=Visibility.PRIVATE)
        keys = [reader.public_id, hidden.public_id, OrganizationFactory().public_id, uuid4()]
        city = CityFactory().geonames_id
        answers = {
            send(caller, NEEDS, {"organization": str(key), "title": "x", "city": city}).content
            for key in keys
        }
        assert len(answers) == 1
        assert not Need.objects.exists()

    def test_a_token_that_reads_does_not_write(
        self, author: User, program: Callable[..., Client]
    ) -> None:
        caller = program(author, TokenScope.READ)
        assert send(caller, NEEDS, body(author)).status_code == 403
        assert not Need.objects.exists()

    def test_a_person_who_left_writes_no_more(self, caller: Client, author: User) -> None:
        data = body(author)
        author.memberships.all().delete()
        assert send(caller, NEEDS, data).status_code == 400

    def test_writing_has_a_rate(self, caller: Client, author: User, settings: Any) -> None:
        settings.API_RATES = settings.API_RATES | {"write": 2}
        data = body(author)
        assert [send(caller, NEEDS, data).status_code for _ in range(3)] == [201, 201, 429]


class TestChanging:
    @pytest.fixture
    def need(self, author: User) -> Need:
        organization = author.memberships.get().organization
        return NeedFactory(organization=organization, status=ListingStatus.DRAFT, published_at=None)

    def address(self, need: Need, move: str = "") -> str:
        return f"{NEEDS}{need.public_id}/{move}"

    def test_what_it_says_is_replaced(self, caller: Client, author: User, need: Need) -> None:
        data = body(author, title="Otro título")
        del data["organization"]
        response = send(caller, self.address(need), data, "PUT")
        assert response.status_code == 200, response.content
        need.refresh_from_db()
        assert (need.title, need.status) == ("Otro título", ListingStatus.DRAFT)

    def test_the_organization_never_changes(self, caller: Client, author: User, need: Need) -> None:
        other = MembershipFactory(user=author).organization
        data = {"title": "x", "city": CityFactory().geonames_id}
        response = send(
            caller, self.address(need), {**data, "organization": str(other.public_id)}, "PUT"
        )
        assert response.status_code == 400
        need.refresh_from_db()
        assert need.organization != other

    def test_it_is_published_once_and_its_matches_are_asked_for(
        self, caller: Client, need: Need
    ) -> None:
        response = send(caller, self.address(need, "publish/"), {})
        assert response.status_code == 200, response.content
        assert response.json()["is_open"]
        job = Job.objects.get(kind="need.match", key=need.pk)
        need.refresh_from_db()
        assert job.revision == need.revision
        again = send(caller, self.address(need, "publish/"), {})
        assert again.status_code == 409
        assert again.json()["detail"]

    def test_it_is_paused_resumed_and_closed(self, caller: Client, need: Need) -> None:
        for move, data, state in (
            ("publish/", {}, "published"),
            ("hold/", {}, "on_hold"),
            ("resume/", {}, "published"),
            ("close/", {"reason": "here"}, None),
            ("close/", {"reason": next(iter(CLOSE_REASONS))}, "fulfilled"),
        ):
            response = send(caller, self.address(need, move), data)
            need.refresh_from_db()
            if state is None:
                assert response.status_code == 400
            else:
                assert need.status == state, response.content
        assert send(caller, self.address(need, "resume/"), {}).status_code == 409

    @pytest.mark.parametrize("move", ["", "publish/", "hold/", "resume/", "close/"])
    def test_others_find_nothing_to_change(
        self, program: Callable[..., Client], need: Need, move: str
    ) -> None:
        stranger = program(UserFactory())
        method = "POST" if move else "PUT"
        there = send(stranger, self.address(need, move), {}, method)
        nowhere = send(stranger, f"{NEEDS}{uuid4()}/{move}", {}, method)
        assert (there.status_code, there.content) == (404, nowhere.content)


CLOSE_REASONS = [choice for choice, _label in Need._meta.get_field("close_reason").choices]


def model_fields(model: Any) -> set[str]:
    return {field.name for field in model._meta.get_fields()} | {
        f"{field.name}_id" for field in model._meta.get_fields()
    }


@pytest.mark.parametrize(("address", "model"), [(NEEDS, Need), (OFFERS, Offer)])
def test_no_column_is_written_that_is_not_offered(
    address: str, model: Any, caller: Client, author: User, settings: Any
) -> None:
    """Mass assignment: every field of the model that is not an input is refused by its name."""
    settings.API_RATES = dict.fromkeys(settings.API_RATES, 1_000_000)
    accepted = set(body(author)) | set(DOCUMENTED[model])
    for name in sorted(model_fields(model) - accepted):
        response = send(caller, address, body(author, **{name: "1"}))
        assert response.status_code == 400, name
        assert f"#/{name}" in {error["pointer"] for error in response.json()["errors"]}
    assert not model.objects.exists()


COMMON_INPUT = [
    "title", "summary", "description", "language", "classifications", "reach", "reach_km",
    "reach_units", "partnerships", "visibility", "open_to_contact", "is_remote", "wanted_kinds",
    "wanted_role", "sdgs", "broker", "texts", "guests", "is_anonymous", "kind",
]  # fmt: skip
DOCUMENTED = {
    Need: [
        *COMMON_INPUT, "urgency", "deliver_by", "wanted_sizes", "required_certificates",
        "budget_min", "budget_max", "currency", "is_budget_shown", "specification",
        "delivery_place", "decider", "closes_on", "items", "technology_wish", "research_project",
    ],
    Offer: [
        *COMMON_INPUT, "advantages", "price_model", "price_min", "price_max", "currency",
        "capacity", "lead_time_days", "minimum_order", "technology", "ipr_records",
    ],
}  # fmt: skip


class TestReading:
    @pytest.mark.parametrize("name", ["needs", "offers", "organizations", "clusters"])
    def test_a_list_costs_the_same_with_three_rows_and_with_thirty(
        self, name: str, django_assert_num_queries: Any
    ) -> None:
        def grow(count: int) -> None:
            NeedFactory.create_batch(count)
            OfferFactory.create_batch(count)
            ClusterFactory.create_batch(count)

        budget = {"needs": 1, "offers": 1, "organizations": 4, "clusters": 1}[name]
        grow(3)
        with django_assert_num_queries(budget):
            Client().get(f"/api/v1/{name}/?limit=100")
        grow(27)
        with django_assert_num_queries(budget):
            Client().get(f"/api/v1/{name}/?limit=100")

    def test_own_lists_hold_drafts_for_ones_own_people_only(
        self, caller: Client, author: User, program: Callable[..., Client]
    ) -> None:
        organization = author.memberships.get().organization
        NeedFactory(organization=organization, status=ListingStatus.DRAFT, published_at=None)
        address = f"/api/v1/organizations/{organization.public_id}/needs/"
        assert len(caller.get(address).json()["results"]) == 1
        assert program(UserFactory()).get(address).status_code == 404
        assert Client().get(address).status_code == 401
        assert not Client().get(NEEDS).json()["results"]
