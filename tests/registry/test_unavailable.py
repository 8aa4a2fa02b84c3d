"""Without PostgreSQL every address says when to come back, and comes back by itself."""

from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def no_database(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Refuse every cursor, as a server that is gone does; tests/faults really stops one."""

    def refuse(*_: object, **__: object) -> None:
        raise OperationalError("connection refused")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "cursor", refuse)
        yield patch


SIGNED_IN_PAGE = "/es/accounts/password/change/"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (SIGNED_IN_PAGE, "Volvemos en un momento"),
        ("/api/v1/countries/", "El servicio vuelve en un momento"),
        ("/es/operations/", "Volvemos en un momento"),
    ],
)
def test_what_needs_the_database_answers_503(
    client: Client, no_database: pytest.MonkeyPatch, path: str, words: str
) -> None:
    client.cookies["sid"] = "a" * 32
    response = client.get(path)
    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert words in response.content.decode()


def test_a_page_reloads_itself_and_a_form_does_not(
    client: Client, no_database: pytest.MonkeyPatch
) -> None:
    client.cookies["sid"] = "a" * 32
    assert client.get(SIGNED_IN_PAGE)["Refresh"] == "10"
    posted = client.post("/es/accounts/login/", {"login": "ana@ejemplo.org", "password": "x"})
    assert posted.status_code == 503
    assert "Refresh" not in posted
    assert "compruebe" in posted.content.decode()


def test_the_answer_carries_the_security_headers(
    client: Client, no_database: pytest.MonkeyPatch
) -> None:
    client.cookies["sid"] = "a" * 32
    response = client.get(SIGNED_IN_PAGE)
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"


def test_the_api_answers_a_problem(client: Client, no_database: pytest.MonkeyPatch) -> None:
    response = client.get("/api/v1/countries/")
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 503


def test_pages_return_when_the_database_does(
    client: Client, no_database: pytest.MonkeyPatch
) -> None:
    client.cookies["sid"] = "a" * 32
    assert client.get(SIGNED_IN_PAGE).status_code == 503
    no_database.undo()
    assert client.get(SIGNED_IN_PAGE).status_code == 302


def test_another_failure_is_still_a_500(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(connection, "cursor", fail)
    client.cookies["sid"] = "a" * 32
    response = client.get(SIGNED_IN_PAGE)
    assert response.status_code == 500
    assert "Retry-After" not in response


def test_alive_does_not_depend_on_anything_and_ready_on_postgresql(
    client: Client, settings: Settings, no_database: pytest.MonkeyPatch
) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    no_database.undo()
    assert client.get("/readyz").status_code == 200
