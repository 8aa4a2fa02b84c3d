"""Pages for what went wrong say why and what to do, in the reader's language."""

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client

from registry import views
from tests.browser.world import PASSWORD

pytestmark = pytest.mark.django_db


def client(**options: Any) -> Client:
    return Client(SERVER_NAME="localhost", **options)


def test_a_page_that_is_not_there_offers_a_search() -> None:
    answer = client().get("/es/no-hay-tal-pagina/")
    assert answer.status_code == 404
    assert "No encontramos esa página" in answer.text


def test_a_malformed_address_is_explained() -> None:
    answer = client().get("/es/accounts/login/?next=%00")
    assert answer.status_code == 400
    assert "No entendimos la solicitud" in answer.text


def test_a_form_without_its_token_is_sent_again() -> None:
    answer = client(enforce_csrf_checks=True).post("/es/accounts/login/", {"login": "a@b.cl"})
    assert answer.status_code == 403
    assert "Vuelva a enviar el formulario" in answer.text


def test_a_failure_of_ours_needs_no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(request: HttpRequest) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(views, "visible_needs", broken)
    answer = client(raise_request_exception=False).get("/es/")
    assert answer.status_code == 500
    assert "Algo falló de nuestro lado" in answer.text
    assert "broken on purpose" not in answer.text


def test_too_many_attempts_are_told_to_wait() -> None:
    visitor = client()
    typed = {"login": "nadie@ejemplo.org", "password": PASSWORD}
    answers = [visitor.post("/es/accounts/signup/", {"email": "x"}) for _ in range(25)]
    limited = [answer for answer in answers if answer.status_code == 429]
    assert limited, {answer.status_code for answer in answers}
    assert "Espere un momento" in limited[0].text
    assert visitor.post("/es/accounts/login/", typed).status_code in {200, 429}
