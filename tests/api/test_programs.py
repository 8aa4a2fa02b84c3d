"""Programs, calls and verdicts for programs of people."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from programs.models import CallStatus, EligibilityCriterion, ProgramStatus
from tests.factories import (
    CallFactory,
    MembershipFactory,
    OrganizationFactory,
    ProgramFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def ids(response: Any) -> set[str]:
    assert response.status_code == 200, response.content
    return {row["id"] for row in response.json()["results"]}


def test_a_program_says_what_it_gives() -> None:
    program = ProgramFactory(label_es="Reactívate", agency_name="Sercotec", slug="reactivate")
    found = Client().get("/api/v1/programs/reactivate/").json()
    assert found["name"] == "Reactívate"
    assert found["agency"] == "Sercotec"
    listed = Client().get("/api/v1/programs/", {"q": "reactivate"}).json()["results"]
    assert [row["slug"] for row in listed] == [program.slug]


def test_drafts_are_nobody_elses() -> None:
    draft = ProgramFactory(status=ProgramStatus.DRAFT)
    call = CallFactory(status=CallStatus.DRAFT)
    assert Client().get(f"/api/v1/programs/{draft.slug}/").status_code == 404
    assert Client().get(f"/api/v1/calls/{call.public_id}/").status_code == 404
    assert not ids(Client().get("/api/v1/calls/"))


def test_calls_are_narrowed_as_on_the_page() -> None:
    now = timezone.now()
    is_open = CallFactory(opens_at=now - DAY, closes_at=now + DAY)
    CallFactory(opens_at=now - 2 * DAY, closes_at=now - DAY)
    later = CallFactory(opens_at=now + DAY, closes_at=now + 2 * DAY)
    assert ids(Client().get("/api/v1/calls/", {"state": "open"})) == {str(is_open.public_id)}
    assert ids(Client().get("/api/v1/calls/", {"state": "upcoming"})) == {str(later.public_id)}
    assert Client().get("/api/v1/calls/", {"state": "nope"}).status_code == 400
    assert Client().get("/api/v1/calls/", {"place": "XX"}).status_code == 400


def test_a_call_carries_its_conditions_after_those_of_its_program() -> None:
    call = CallFactory()
    group = EligibilityCriterion.objects.create(call=call, kind="any_of", text="Una de dos")
    EligibilityCriterion.objects.create(
        call=call, parent=group, kind="size_class", parameters={"sizes": ["micro"]}
    )
    EligibilityCriterion.objects.create(
        program=call.program, kind="women_led", text="Liderada por mujeres"
    )
    criteria = Client().get(f"/api/v1/calls/{call.public_id}/").json()["criteria"]
    assert [row["kind"] for row in criteria] == ["women_led", "any_of"]
    assert criteria[1]["parts"][0]["parameters"] == {"sizes": ["micro"]}


def test_times_are_in_utc() -> None:
    closes_at = dt.datetime(2030, 1, 2, 3, 4, tzinfo=dt.UTC)
    call = CallFactory(opens_at=None, closes_at=closes_at)
    found = Client().get(f"/api/v1/calls/{call.public_id}/").json()
    assert found["closes_at"] == "2030-01-02T03:04:00Z"


class TestVerdicts:
    @pytest.fixture
    def call(self) -> Any:
        call = CallFactory(opens_at=None, closes_at=None)
        EligibilityCriterion.objects.create(
            call=call, kind="size_class", parameters={"sizes": ["micro"]}
        )
        return call

    @pytest.mark.parametrize(
        ("size", "standing"), [("micro", "meets"), ("large", "cannot"), ("", "may_meet")]
    )
    def test_ones_own_organization_is_judged_today(
        self, call: Any, program: Callable[..., Client], size: str, standing: str
    ) -> None:
        place = MembershipFactory(organization=OrganizationFactory(size_class=size))
        address = f"/api/v1/organizations/{place.organization.public_id}/verdicts/"
        found = program(place.user).get(address).json()["results"]
        assert [(row["call"]["id"], row["standing"]) for row in found] == [
            (str(call.public_id), standing)
        ]

    def test_others_are_not_judged(self, call: Any, program: Callable[..., Client]) -> None:
        organization = OrganizationFactory()
        address = f"/api/v1/organizations/{organization.public_id}/verdicts/"
        assert Client().get(address).status_code == 401
        assert program(UserFactory()).get(address).status_code == 404

    def test_without_calls_there_is_still_nothing_to_see_of_others(
        self, program: Callable[..., Client]
    ) -> None:
        address = f"/api/v1/organizations/{OrganizationFactory().public_id}/verdicts/"
        assert program(UserFactory()).get(address).status_code == 404


@pytest.mark.parametrize("name", ["programs", "calls"])
def test_lists_cost_the_same_with_three_rows_and_with_thirty(
    name: str, django_assert_num_queries: Any
) -> None:
    CallFactory.create_batch(3)
    budget = {"programs": 2, "calls": 1}[name]
    with django_assert_num_queries(budget):
        Client().get(f"/api/v1/{name}/?limit=100")
    CallFactory.create_batch(27)
    with django_assert_num_queries(budget):
        assert len(Client().get(f"/api/v1/{name}/?limit=100").json()["results"]) == 30
