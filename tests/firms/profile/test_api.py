"""Sections of a profile by a program: same rules, same words, nothing written that is not named."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import TokenScope, User
from accounts.services.tokens import create_token
from common.api.throttles import READS
from firms.models import Role
from tests.factories import MembershipFactory
from tests.firms.actors import Cast, make_cast
from tests.firms.profile.factories import RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    READS.clear()
    return make_cast(legal_name="Viña Ejemplo S.A.")


@pytest.fixture
def program() -> Callable[..., Client]:
    def start(user: User, scope: str = TokenScope.WRITE) -> Client:
        text = create_token(by=user, name="Prueba", scope=scope, days=30, now=timezone.now())[1]
        return Client(HTTP_AUTHORIZATION=f"Bearer {text}", HTTP_ACCEPT_LANGUAGE="es")

    return start


def address(cast: Cast, slug: str) -> str:
    return f"/api/v1/organizations/{cast.organization.public_id}/sections/{slug}/"


def put(client: Client, cast: Cast, slug: str, **body: Any) -> Any:
    return client.put(address(cast, slug), body, content_type="application/json")


def test_what_is_read_can_be_sent_back_and_changes_nothing(
    cast: Cast, program: Callable[..., Client]
) -> None:
    RegistrationFactory(organization=cast.organization, registry="RUES", number="1")
    client = program(cast.owner)
    told = client.get(address(cast, "certificates")).json()
    answer = put(client, cast, "certificates", **told)
    assert answer.status_code == 200, answer.json()
    assert answer.json() == told
    cast.organization.refresh_from_db()
    assert cast.organization.revision == 1


def test_a_list_is_replaced_and_a_stale_version_is_a_conflict(
    cast: Cast, program: Callable[..., Client]
) -> None:
    RegistrationFactory(organization=cast.organization, registry="RUES", number="1")
    client = program(cast.owner)
    told = client.get(address(cast, "certificates")).json()
    rows = [{"registry": "SICAF", "number": "2", "valid_until": "2030-01-31"}]
    told["parts"]["registration"] = rows
    assert put(client, cast, "certificates", **told).status_code == 200
    assert list(cast.organization.registrations.values_list("registry", flat=True)) == ["SICAF"]
    assert put(client, cast, "certificates", **told).status_code == 409


@pytest.mark.parametrize(
    "change",
    [
        {"verification": "verified"},
        {"revision": 9},
        {"id": "x"},
        {"organization_id": 1},
        {"legal_name": {"a": 1}},
        {"row": "x"},
        {"founded_on": "31/31/2020"},
    ],
)
def test_unknown_keys_and_wrong_values_are_refused(
    cast: Cast, program: Callable[..., Client], change: dict[str, Any]
) -> None:
    client = program(cast.owner)
    told = client.get(address(cast, "identity")).json()
    told["parts"]["organization"] |= change
    assert put(client, cast, "identity", **told).status_code == 400
    cast.organization.refresh_from_db()
    assert (cast.organization.verification, cast.organization.revision) == ("claimed", 1)


@pytest.mark.parametrize("body", [{}, {"parts": {}}, {"parts": {"x": 1}}, {"parts": [], "y": 1}])
def test_a_wrong_shape_is_refused(
    cast: Cast, program: Callable[..., Client], body: dict[str, Any]
) -> None:
    assert put(program(cast.owner), cast, "identity", **body).status_code == 400


def test_who_does_not_edit_or_see_a_section_does_not_find_it(
    cast: Cast, program: Callable[..., Client]
) -> None:
    editor = MembershipFactory(organization=cast.organization, role=Role.EDITOR).user
    assert program(cast.outsider).get(address(cast, "identity")).status_code == 404
    assert program(cast.colleague).get(address(cast, "identity")).status_code == 404
    assert program(editor).get(address(cast, "ownership")).status_code == 404
    assert program(editor).get(address(cast, "identity")).status_code == 200
    reads = program(cast.owner, TokenScope.READ)
    assert put(reads, cast, "identity", parts={}).status_code == 403
