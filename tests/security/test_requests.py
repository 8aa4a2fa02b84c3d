"""Requests that no browser of ours sends: answered with a page, and nothing else happens."""

import os
import secrets
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.test import Client

from accounts.models import User
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
SIGN_IN = "/es/accounts/login/"
PASSWORD = "una frase larga de prueba"

ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https://evil.example",
    "HTTPS://EVIL.EXAMPLE",
    "http://evil.example/es/",
    "http://testserver@evil.example",
    "http://evil.example#testserver",
    "http://evil.example?testserver",
    "http://evil.example\\.testserver",
    "http://testserver.evil.example",
    "http:///evil.example",
    "http:\\\\evil.example",
    " //evil.example",
    "\t//evil.example",
    "/\t/evil.example",
    "/%09/evil.example",
    "/\n/evil.example",
    "//evil.example/%2f..",
    "/%2f%2fevil.example",
    "//evil%E3%80%82example",
    "//evil。example",
    "//ⓔvil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "//[2001:db8::1]",
    "//0x7f000001",
    "//127.1",
    "///\\evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "ftp://evil.example",
    "//evil.example:80",
]


@pytest.fixture
def person() -> User:
    user = UserFactory()
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def leads_home(location: str) -> bool:
    """Say whether a browser that follows the address stays on this site."""
    if location.startswith("http://testserver/"):
        return True
    return location.startswith("/") and not location.startswith(("//", "/\\"))


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_never_leads_elsewhere(target: str, person: User) -> None:
    data = {"login": person.email, "password": PASSWORD, "next": target}
    response = Client().post(SIGN_IN, data)
    assert response.status_code == 302
    assert leads_home(response.headers["Location"])


@pytest.mark.parametrize("target", ELSEWHERE)
def test_being_signed_in_or_out_never_leads_elsewhere(target: str, person: User) -> None:
    client = Client()
    client.force_login(person)
    for method, address in (("get", SIGN_IN), ("post", "/es/accounts/logout/")):
        response = getattr(client, method)(f"{address}", {"next": target})
        assert response.status_code == 302
        assert leads_home(response.headers["Location"])


def test_signing_in_leads_to_where_one_was_going(person: User) -> None:
    going = Client().get("/es/accounts/tokens/").headers["Location"]
    data = {"login": person.email, "password": PASSWORD, "next": going.split("next=")[1]}
    assert Client().post(SIGN_IN, data).headers["Location"] == "/es/accounts/tokens/"


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "", "a b", "[::1", "x:y"]
)
def test_a_foreign_host_is_a_400(host: str) -> None:
    assert Client().get("/es/", headers={"host": host or "\t"}).status_code == 400


def test_a_reset_mail_does_not_carry_a_forwarded_host(person: User) -> None:
    address = "/es/accounts/password/reset/"
    foreign = {"host": "evil.example"}
    assert Client().post(address, {"email": person.email}, headers=foreign).status_code == 400
    Client().post(address, {"email": person.email}, headers={"x-forwarded-host": "evil.example"})
    assert all("evil.example" not in message.body for message in mail.outbox)


def test_an_unknown_address_cannot_be_told_from_a_known_one(person: User) -> None:
    address = "/es/accounts/password/reset/"
    known = Client().post(address, {"email": person.email})
    unknown = Client().post(address, {"email": "nadie@ejemplo.org"})
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )


def form(**extra: Any) -> Any:
    return Client().post(SIGN_IN, {"login": "rosa@ejemplo.org", "password": "x"} | extra)


def test_too_many_fields_are_a_400(settings: Any) -> None:
    limit = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    assert form(**{f"f{n}": "1" for n in range(limit + 1)}).status_code == 400


def test_a_form_that_is_too_large_is_a_400(settings: Any) -> None:
    body = "login=" + "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    response = Client().generic(
        "POST", SIGN_IN, body, content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code in {400, 413}
    assert "text/html" in response.headers["Content-Type"]


def test_a_form_that_is_cut_off_is_not_a_500() -> None:
    kind = "multipart/form-data; boundary=racimo"
    for body in (b"", b"--racimo\r\n", b"--racimo\r\nContent-Disposition: form-data"):
        assert Client().generic("POST", SIGN_IN, body, content_type=kind).status_code < 500
    no_boundary = Client().generic("POST", SIGN_IN, b"x", content_type="multipart/form-data")
    assert no_boundary.status_code < 500


@pytest.mark.parametrize("text", ["a\0b", "\ud800".encode("utf-8", "surrogatepass"), "x" * 100_000])
def test_text_that_no_database_holds_is_not_a_500(text: str | bytes) -> None:
    assert form(login=text).status_code < 500


@pytest.mark.parametrize("cookie", ["sid", "csrf", "django_language", "messages"])
@pytest.mark.parametrize(
    "value", ["x" * 4000, "\\000", '"', "%00", "../../etc/passwd", "es\r\nx: y"]
)
def test_a_cookie_that_is_not_ours_is_ignored(cookie: str, value: str) -> None:
    client = Client()
    client.cookies[cookie] = value
    assert client.get("/es/").status_code == 200
    assert client.get("/api/v1/").status_code == 200


@pytest.mark.parametrize(
    "language", ["", "xx", "es" * 500, "en;q=1e999", "*", "'", "pt-BR,es;q=0.5"]
)
def test_any_language_header_is_answered(language: str) -> None:
    assert Client().get("/api/v1/", headers={"accept-language": language}).status_code == 200


TESTS_ONLY = "DJANGO_ALLOW_ASYNC_UNSAFE"  # the browser tests set it for their own process


def test_an_installation_with_https_passes_the_deployment_check() -> None:
    secret = secrets.token_urlsafe(50)
    environment = {"RACIMO_ORIGIN": "https://racimo.example", "RACIMO_SECRET_KEY": secret}
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=django_settings.BASE_DIR,
        env={k: v for k, v in os.environ.items() if k != TESTS_ONLY} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


class TestOverPlainHttp:
    """With https configured, people are led to it and programs are told."""

    @pytest.fixture(autouse=True)
    def with_https(self, settings: Any) -> None:
        settings.SECURE_SSL_REDIRECT = True
        settings.SECURE_HSTS_SECONDS = 31_536_000
        settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True

    def test_a_page_leads_to_https(self) -> None:
        response = Client().get("/es/")
        assert response.status_code == 301
        assert response.headers["Location"] == "https://testserver/es/"

    def test_the_api_refuses(self) -> None:
        response = Client().get("/api/v1/")
        assert response.status_code == 403
        assert "https" in response.json()["detail"]

    def test_over_https_the_browser_is_told_to_stay(self) -> None:
        response = Client().get("/es/", secure=True)
        assert response.headers["Strict-Transport-Security"] == (
            "max-age=31536000; includeSubDomains; preload"
        )
