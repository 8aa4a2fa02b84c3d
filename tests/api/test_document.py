"""The OpenAPI document tells the truth: every route is in it, and every answer is as it says."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from registry.wsgi import application
from tests.authz.addresses import all_addresses
from tests.authz.cast import World
from tests.authz.world import build_world

pytestmark = pytest.mark.django_db
SEED = int(os.environ.get("RACIMO_SEED", "20261124"))
EXAMPLES = int(os.environ.get("RACIMO_EXAMPLES", "4"))
NOT_DESCRIBED = {"api:missing", "api:schema", "api:docs"}


@pytest.fixture
def document() -> dict[str, Any]:
    found: dict[str, Any] = Client(HTTP_ACCEPT_LANGUAGE="es").get("/api/v1/schema/").json()
    return found


def test_the_document_is_valid_and_without_warnings() -> None:
    output = io.StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", "--format", "openapi-json",
                 stdout=output)  # fmt: skip
    assert "openapi" in output.getvalue()


def test_every_route_is_described(document: dict[str, Any]) -> None:
    routes = [a for a in all_addresses() if a.name.startswith("api:")]
    described = set(document["paths"])
    missing = [
        address.name
        for address in routes
        if address.name not in NOT_DESCRIBED and _path(address.route) not in described
    ]
    assert not missing


def _path(route: str) -> str:
    parts = [
        f"{{{part.strip('<>').partition(':')[2]}}}" if part.startswith("<") else part
        for part in route.split("/")
    ]
    return "/" + "/".join(parts)


def test_every_operation_says_what_it_does_in_the_readers_language(
    document: dict[str, Any],
) -> None:
    operations = [op for item in document["paths"].values() for op in item.values()]
    assert all(operation.get("summary") for operation in operations)


def test_nothing_that_is_described_names_a_contact_or_a_sequence(
    document: dict[str, Any],
) -> None:
    properties = {
        (name, key)
        for name, schema in document["components"]["schemas"].items()
        for key in schema.get("properties", {})
    }
    banned = {"role_email", "email", "pk", "score", "revision", "source_ref", "created_by"}
    assert not [each for each in properties if each[1] in banned]


class TestAgainstItself:
    """Schemathesis asks every operation, in process, as nobody and as an administrator."""

    @pytest.fixture
    def world(self) -> World:
        return build_world()

    @pytest.fixture(autouse=True)
    def room_for_many_requests(self, settings: Any) -> None:
        settings.API_RATES = dict.fromkeys(settings.API_RATES, 1_000_000)

    @pytest.mark.parametrize("identity", ["anonymous", "administrator"])
    def test_every_answer_is_as_described(
        self, identity: str, world: World, document: dict[str, Any]
    ) -> None:
        schema = schemathesis.openapi.from_dict(document)
        schema.app = application
        schema.location = "/api/v1/schema/"
        known = _known_keys(world)
        headers = {"Accept-Language": "es"}
        if identity == "administrator":
            headers["Authorization"] = f"Bearer {world.token_text}"
        failures = []
        with _one_connection():
            for result in schema.get_all_operations():
                try:
                    _try(result.ok(), headers, known)
                except* Exception as found:  # noqa: BLE001 - every operation is asked first
                    failures += [f"{result.ok().label}: {each}" for each in found.exceptions]
        assert not failures, f"RACIMO_SEED={SEED}\n\n" + "\n\n".join(failures)


@contextmanager
def _one_connection() -> Iterator[None]:
    """Keep the test's transaction open between requests, as Django's own client does."""
    signals = (request_started, request_finished)
    for each in signals:
        each.disconnect(close_old_connections)
    yield
    for each in signals:
        each.connect(close_old_connections)


def _known_keys(world: World) -> list[str]:
    """Return identifiers that exist, so that not every path is a 404."""
    kinds = [*world.objects["organization"].values(), *world.objects["need"].values()]
    return [str(each["public_id"]) for each in kinds]


def _try(operation: Any, headers: dict[str, str], known: list[str]) -> None:
    @seed(SEED)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), key=st.sampled_from(known))
    def ask(case: Any, key: str) -> None:
        if "public_id" in (case.path_parameters or {}):
            case.path_parameters["public_id"] = key
        case.call_and_validate(headers=headers, checks=CHECKS)

    ask()


CHECKS = [
    schemathesis.checks.not_a_server_error,
    *(
        check
        for check in schemathesis.checks.CHECKS.get_all()
        if check.__name__
        in {
            "status_code_conformance",
            "content_type_conformance",
            "response_schema_conformance",
            "response_headers_conformance",
        }
    ),
]
