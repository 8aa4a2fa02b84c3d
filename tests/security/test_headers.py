"""Every answer, of any view and of none, carries the headers that keep a browser in its place."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from registry import urls as project
from tests.authz.matrix import address_of, promise
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
}
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@login_not_required
def crash(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


@login_not_required
@cache_control(public=True, max_age=60)
def shared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("the same for everyone")


urlpatterns = [
    path("crash/", crash),
    path("shared/", shared),
    path("form/", login_not_required(require_POST(shared))),
    *project.urlpatterns,
]
handler400 = project.handler400
handler404 = project.handler404


# the same for everybody, and says so
SHARED = {"registry:manifest", "robots", "sitemap-index"}


def assert_dressed(response: Any, *, shared: bool = False) -> None:
    headers = response.headers
    assert {name: headers.get(name) for name in FIXED} == FIXED
    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY
    assert "geolocation=(self)" in headers["Permissions-Policy"]
    assert "camera=()" in headers["Permissions-Policy"]
    if not shared:
        assert headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", [n for n, row in promise().items() if "object" not in row])
@pytest.mark.parametrize("signed_in", [False, True])
def test_every_page_is_dressed(name: str, signed_in: bool) -> None:
    client = Client()
    if signed_in:
        client.force_login(UserFactory())
    page = client.get(address_of(name, {}, promise()[name].get("query", "")))
    assert_dressed(page, shared=name in SHARED)


@pytest.fixture
def with_test_views(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__


@pytest.mark.usefixtures("with_test_views")
@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/es/no-existe/", 404),
        ("GET", "/no-existe/", 404),
        ("GET", "/api/v1/no-existe/", 404),
        ("GET", "/api/v2/", 404),
        ("GET", "/crash/", 500),
        ("GET", "/form/", 405),
        ("PUT", "/es/", 405),
        ("GET", "/es/?q=%00", 400),
        ("POST", "/es/accounts/login/", 403),
        ("GET", "/", 302),
        ("GET", "/static/no-existe.css", 404),
    ],
)
def test_every_refusal_is_dressed(method: str, address: str, status: int) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    response = client.generic(method, address)
    assert response.status_code == status
    assert_dressed(response)


def test_a_wrong_host_is_refused_and_dressed() -> None:
    response = Client().get("/es/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert_dressed(response)


def test_files_are_dressed(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "only-here.css").write_text("body{}")
    settings.STATIC_ROOT = tmp_path
    response = Client().get("/static/only-here.css")
    assert response.status_code == 200
    assert b"".join(response) == b"body{}"
    response.close()
    assert_dressed(response, shared=True)
    assert "public" in response.headers["Cache-Control"]


@pytest.mark.usefixtures("with_test_views")
def test_only_a_view_that_says_so_is_kept_by_shared_caches() -> None:
    assert "public" in Client().get("/shared/").headers["Cache-Control"]


def test_an_address_with_something_hung_on_it_is_another_address() -> None:
    """Cache deception: a page is not served under the name of a file."""
    client = Client()
    client.force_login(UserFactory())
    for tail in ("x.css", "x.js", ";x.css", "%2Fx.css", "..%2fx.css"):
        assert client.get(f"/es/accounts/tokens/{tail}").status_code == 404


def test_cookies_are_out_of_reach_of_scripts_and_other_sites() -> None:
    person = UserFactory()
    person.set_password("una frase larga de prueba")
    person.save()
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    client = Client()
    data = {"login": person.email, "password": "una frase larga de prueba"}
    cookies = client.post("/es/accounts/login/", data).cookies
    cookies.update(client.get("/es/accounts/tokens/").cookies)
    for name in ("sid", "csrf"):
        assert cookies[name]["httponly"]
        assert cookies[name]["samesite"] == "Lax"
        assert cookies[name]["path"] == "/"
