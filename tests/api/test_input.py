"""Whatever is sent, the answer is a problem that says what is wrong, never a 500."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from common.api.permissions import DenyAll, SignedIn
from common.api.queries import StrictQuery
from common.api.serializers import StrictSerializer
from tests.factories import CityFactory, UserFactory

pytestmark = pytest.mark.django_db


class Inner(StrictSerializer):
    note = serializers.CharField(required=False)


class Sent(StrictSerializer):
    title = serializers.CharField(max_length=10)
    count = serializers.IntegerField(required=False)
    stamp = serializers.CharField(read_only=True)
    inner = Inner(many=True, required=False)


class Echo(StrictQuery):
    permission_classes = [SignedIn]

    def post(self, request: Request) -> Response:
        serializer = Sent(data=request.data)
        serializer.is_valid(raise_exception=True)
        return Response(serializer.data)


class Forgotten(StrictQuery):
    """A view whose author opened nothing."""

    permission_classes = StrictQuery.permission_classes

    def get(self, request: Request) -> Response:
        return Response({})


urlpatterns = [
    path("api/v1/echo/", Echo.as_view()),
    path("api/v1/forgotten/", Forgotten.as_view()),
]


@pytest.fixture
def send(program: Callable[..., Client], settings: Any) -> Callable[..., Any]:
    settings.ROOT_URLCONF = __name__
    caller = program(UserFactory())

    def post(body: bytes | str, content_type: str = "application/json") -> Any:
        return caller.generic("POST", "/api/v1/echo/", body, content_type=content_type)

    return post


def assert_problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    found = response.json()
    assert found["status"] == status
    assert found["title"]
    return found


def test_a_plain_body_is_taken(send: Callable[..., Any]) -> None:
    assert send('{"title": "hola"}').json() == {"title": "hola"}


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "null",
        "[]",
        '"hola"',
        "1",
        '{"title": NaN}',
        '{"title": "x", "count": Infinity}',
        '{"title": "x", "count": -Infinity}',
        '{"title": "x", "count": 1e400}',
        '{"title": "x", "count": ' + "9" * 5000 + "}",
        '{"title": "x", "title": "y"}',
        '{"title": "\\u0000"}',
        '{"title": "\\ud800"}',
        '{"\\ud800": 1}',
        '{"title": ' + "[" * 100 + "]" * 100 + "}",
        '{"title": ' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"a":' * 5000 + "1" + "}" * 5000,
        b"\xff\xfe{}",
        '{"title": {}}',
        '{"title": []}',
        '{"title": true}',
        '{"title": "demasiado largo"}',
        '{"title": "x", "count": "uno"}',
        '{"title": "x", "count": 1.5}',
        '{"title": "x", "inner": {}}',
        '{"title": "x", "inner": [[]]}',
    ],
)
def test_a_wrong_body_is_a_400(send: Callable[..., Any], body: str | bytes) -> None:
    assert_problem(send(body), 400)


@pytest.mark.parametrize("key", ["stamp", "id", "owner", "__class__", "título", ""])
def test_a_key_that_is_not_writable_is_named(send: Callable[..., Any], key: str) -> None:
    found = assert_problem(send(json.dumps({"title": "x", key: "1"})), 400)
    assert [error["pointer"] for error in found["errors"]] == [f"#/{key}"]


def test_a_key_inside_is_named_by_its_path(send: Callable[..., Any]) -> None:
    found = assert_problem(send('{"title": "x", "inner": [{"note": "a"}, {"other": 1}]}'), 400)
    assert [error["pointer"] for error in found["errors"]] == ["#/inner/1/other"]


def test_a_body_that_is_too_large_is_a_413(send: Callable[..., Any], settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    assert_problem(send(json.dumps({"title": "x" * 1_000})), 413)


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "x"],
)
def test_only_json_is_read(send: Callable[..., Any], content_type: str) -> None:
    assert_problem(send("title=x", content_type), 415)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "GET", "TRACE", "OPTIONS", "BREW"])
def test_another_method_is_a_405(settings: Any, method: str) -> None:
    settings.ROOT_URLCONF = __name__
    assert_problem(Client().generic(method, "/api/v1/echo/"), 405)


def test_a_view_that_opens_nothing_is_closed(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    assert Forgotten.permission_classes == [DenyAll]
    assert_problem(Client().get("/api/v1/forgotten/"), 401)


def test_only_json_is_spoken() -> None:
    assert_problem(Client(HTTP_ACCEPT="text/html").get("/api/v1/"), 406)


def test_problems_are_told_in_the_readers_language() -> None:
    told = {
        language: Client(HTTP_ACCEPT_LANGUAGE=language).get("/api/v1/no/").json()["title"]
        for language in ("es", "es-MX")
    }
    assert set(told.values()) == {"No existe o no está a su alcance"}


LISTS = ["countries", "divisions", "cities", "classifications", "certificate-standards"]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("nope=1", "nope"),
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=-1", "limit"),
        ("limit=1e9", "limit"),
        ("limit=", "limit"),
        ("limit=%D9%A1", "limit"),
        ("limit=" + "9" * 5000, "limit"),
        ("cursor=", "cursor"),
        ("cursor=cD0xMA%3D%3D", "cursor"),
        ("cursor=" + "A" * 5000, "cursor"),
        ("ordering=-population", "ordering"),
        ("page_size=1000000000", "page_size"),
        ("format=api", "format"),
        ("country__boundary=1", "country__boundary"),
    ],
)
def test_a_wrong_parameter_is_named(name: str, query: str, parameter: str) -> None:
    found = assert_problem(Client().get(f"/api/v1/{name}/?{query}"), 400)
    assert [error["parameter"] for error in found["errors"]] == [parameter]


@pytest.mark.parametrize(
    "query",
    [
        {"q": "x" * 201},
        {"q": "ab " * 17},
        {"country": "CHL"},
        {"country": ""},
        {"q": ""},
    ],
)
def test_a_search_has_bounds(query: dict[str, str]) -> None:
    assert_problem(Client().get("/api/v1/cities/", query), 400)


@pytest.mark.parametrize(
    "q", ["'; --", "%", "_", "\\", "a & | ! ( ) :*", "🍇", "\u202etxt", "ñandú", "a" * 200]
)
def test_a_strange_search_finds_nothing_and_breaks_nothing(q: str) -> None:
    for path_ in ("cities", "classifications/search"):
        response = Client().get(f"/api/v1/{path_}/", {"q": q})
        assert response.status_code == 200
        assert response.json()["results"] == []


@pytest.mark.parametrize("query", ["q=%00", "q=a%00b", "%00=1", "q=%1f", "q=%7F", "limit=%00"])
def test_control_characters_in_an_address_are_a_400(query: str) -> None:
    assert Client().get(f"/api/v1/cities/?{query}").status_code == 400


class TestCursor:
    def test_it_walks_over_ties_without_losing_or_doubling(self) -> None:
        for n in range(12):
            CityFactory(population=n // 6)
        seen, address = [], "/api/v1/cities/?limit=5"
        while address:
            page = Client().get(address).json()
            seen += [row["geonames_id"] for row in page["results"]]
            address = page["next"]
        assert len(seen) == len(set(seen)) == 12

    def test_it_walks_back(self) -> None:
        for n in range(6):
            CityFactory(population=n)
        first = Client().get("/api/v1/cities/?limit=3").json()
        second = Client().get(first["next"]).json()
        back = Client().get(second["previous"]).json()
        assert back["results"] == first["results"]

    def test_it_is_good_for_its_own_search_only(self) -> None:
        for n in range(6):
            CityFactory(population=n)
        following = Client().get("/api/v1/cities/?limit=3").json()["next"]
        cursor = following.split("cursor=")[1].split("&")[0]
        assert_problem(Client().get(f"/api/v1/cities/?country=CL&cursor={cursor}"), 400)
        assert_problem(Client().get(f"/api/v1/cities/?cursor={cursor}x"), 400)
        assert Client().get(f"/api/v1/cities/?cursor={cursor}&limit=1").status_code == 200

    def test_links_come_from_the_sites_origin(self, settings: Any) -> None:
        settings.ALLOWED_HOSTS = ["*"]
        CityFactory.create_batch(2)
        link = Client().get("/api/v1/cities/?limit=1", headers={"host": "evil.example"}).json()
        assert link["next"].startswith(settings.SITE_ORIGIN)
