"""Registering an organization by a program: the rules, quotas and moderation of the page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import BlockEntry, BlockKind, TokenScope, User
from firms.models import Case, CaseKind, Organization, RegistrationDraft, Role
from firms.quotas import REGISTERED_PER_DAY
from tests.api.test_listings import model_fields
from tests.factories import CityFactory, ClassificationFactory, UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/organizations/"
INPUT = {
    "country", "tax_number", "without_number", "legal_name", "kind", "language", "one_line",
    "activities", "city", "latitude", "longitude", "precision", "address", "size_class",
    "trade_name", "acronym", "activity_start_on", "member_count", "agency_level", "agency_units",
    "website", "ror", "clusters",
}  # fmt: skip


@pytest.fixture
def author() -> User:
    return UserFactory()


@pytest.fixture
def caller(program: Callable[..., Client], author: User) -> Client:
    return program(author)


def body(**changes: Any) -> dict[str, Any]:
    city = CityFactory()
    activity = ClassificationFactory()
    return {
        "country": city.country.code,
        "tax_number": "76.086.428-5",
        "legal_name": "Etiquetas del Sur S.A.",
        "kind": "firm",
        "one_line": "Etiquetas autoadhesivas",
        "activities": [f"{activity.scheme}:{activity.code}"],
        "city": city.geonames_id,
    } | changes


def send(caller: Client, sent: Any) -> Any:
    return caller.post(ADDRESS, sent, content_type="application/json")


def test_a_program_registers_for_its_person_under_moderation(caller: Client, author: User) -> None:
    answer = send(caller, body())
    assert answer.status_code == 201, answer.json()
    made = Organization.objects.get()
    assert answer["Location"] == f"{ADDRESS}{made.public_id}/"
    assert answer.json()["legal_name"] == "Etiquetas del Sur S.A."
    assert made.verification == "claimed"
    assert made.memberships.get().role == Role.ADMINISTRATOR
    assert made.memberships.get().user == author
    assert made.identifiers.get().normalized == "760864285"
    assert made.sites.get().is_main
    assert Case.objects.get().kind == CaseKind.REGISTRATION


def test_no_column_is_written_that_is_not_offered(caller: Client, settings: Any) -> None:
    settings.API_RATES = dict.fromkeys(settings.API_RATES, 1_000_000)
    sent = body()
    for name in sorted(model_fields(Organization) - INPUT):
        answer = send(caller, sent | {name: "1"})
        assert answer.status_code == 400, name
        assert f"#/{name}" in {error["pointer"] for error in answer.json()["errors"]}
    assert not Organization.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"tax_number": "76.086.428-4"},
        {"country": "XX"},
        {"city": 1},
        {"activities": ["isic4:0000"]},
        {"kind": "empire"},
        {"member_count": 3},
        {"website": "javascript:alert(1)"},
        {"legal_name": {"a": 1}},
    ],
)
def test_what_the_page_refuses_is_refused_and_nothing_stays(
    caller: Client, change: dict[str, Any]
) -> None:
    assert send(caller, body(**change)).status_code == 400
    assert not Organization.objects.exists()
    assert not RegistrationDraft.objects.exists()


def test_a_token_that_reads_and_nobody_register_nothing(
    program: Callable[..., Client], author: User
) -> None:
    assert send(program(author, TokenScope.READ), body()).status_code == 403
    assert send(Client(), body()).status_code == 401
    assert not Organization.objects.exists()


def test_the_block_list_and_the_quota_hold(caller: Client) -> None:
    BlockEntry.objects.create(kind=BlockKind.WORD, value="casino")
    assert send(caller, body(legal_name="Casino Feliz")).status_code == 403
    without = {"tax_number": "", "without_number": True, "kind": "producer_association"}
    for index in range(REGISTERED_PER_DAY):
        answer = send(caller, body(legal_name=f"Productores {index}", **without))
        assert answer.status_code == 201, answer.json()
    assert send(caller, body(legal_name="Una más", **without)).status_code == 429
    assert Organization.objects.count() == REGISTERED_PER_DAY
