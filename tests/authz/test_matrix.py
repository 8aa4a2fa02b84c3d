"""The promise of matrix.toml, tried address by address and actor by actor."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.authz.addresses import all_addresses
from tests.authz.cast import ACTORS, World
from tests.authz.matrix import (
    METHODS,
    Row,
    address_of,
    answer,
    call,
    kinds_of,
    promise,
    rows,
    rows_written,
    seen,
    without_names,
)
from tests.authz.skeleton import draft

pytestmark = pytest.mark.django_db

ROWS = rows()
REFUSALS = {"login", "401", "403", "404", "405"}
OPEN_METHODS = {(row.name, row.method) for row in ROWS}


def params(chosen: list[Row]) -> list[Any]:
    """Make a test of each row; templates of allauth count on undefined variables."""
    library = pytest.mark.ignore_template_errors
    return [
        pytest.param(
            row, id=str(row), marks=[library] if row.name.startswith(("account_", "mfa_")) else []
        )
        for row in chosen
    ]


def kwargs_of(world: World, row: Row) -> dict[str, Any]:
    return kinds_of(world, row.thing)[row.kind]


def test_every_address_has_a_name() -> None:
    assert not [address.route for address in all_addresses() if not address.name.split(":")[-1]]


@pytest.mark.ignore_template_errors
def test_every_address_has_a_row(world: World) -> None:
    missing = [address for address in all_addresses() if address.name not in promise()]
    unique = {address.name: address for address in missing}
    if unique:
        drafts = "\n\n".join(draft(world, address) for address in unique.values())
        path = Path(settings.BASE_DIR) / "var" / "matrix-missing.toml"
        path.write_text(drafts + "\n")
        pytest.fail(f"No row for {sorted(unique)}. A draft to review: {path}")


def test_no_row_is_stale() -> None:
    assert not set(promise()) - {address.name for address in all_addresses()}


def test_every_kind_of_object_is_asked_for(world: World) -> None:
    """An address with an object is tried on each kind that exists, by GET or by POST."""
    lacking = [
        f"{name}: {kind}"
        for name, entry in promise().items()
        if entry.get("object")
        for kind in kinds_of(world, entry["object"])
        if not any(key.endswith(f" {kind}") for key in entry)
    ]
    assert not lacking


@pytest.mark.parametrize("row", params(list(ROWS)))
def test_each_actor_gets_what_is_promised(row: Row, world: World, clients: Any) -> None:
    path = address_of(row.name, kwargs_of(world, row), row.query)
    answers = {actor: answer(clients[actor], row.method, path) for actor in ACTORS}
    assert answers == row.promised


def test_reading_writes_nothing() -> None:
    """No promise of a GET has a star, and each promise is tried above, by every actor."""
    reading = [row for row in ROWS if row.method == "GET"]
    assert reading
    assert not [str(row) for row in reading if any("*" in text for text in row.promised.values())]


@pytest.mark.parametrize(
    "row", params([r for r in ROWS if r.method == "GET" and r.kind in {"own", "public", ""}])
)
def test_head_answers_like_get_without_a_body(row: Row, world: World, clients: Any) -> None:
    path = address_of(row.name, kwargs_of(world, row), row.query)
    response = call(clients["administrator"], "HEAD", path)
    assert seen(response) == row.promised["administrator"]
    assert not getattr(response, "content", b"")


@pytest.mark.parametrize("row", params([r for r in ROWS if r.kind in {"private", "draft"}]))
def test_the_confidential_does_not_exist_for_others(row: Row, world: World, clients: Any) -> None:
    """Byte for byte: an answer about a hidden object is the answer about none."""
    kinds = kinds_of(world, row.thing)
    for actor in ACTORS:
        if row.promised[actor] != "404":
            continue
        hidden = call(clients[actor], row.method, address_of(row.name, kinds[row.kind], row.query))
        none = call(clients[actor], row.method, address_of(row.name, kinds["missing"], row.query))
        names = [*kinds[row.kind].values(), *kinds["missing"].values()]
        assert without_names(hidden.content, names) == without_names(none.content, names)
        assert headers_of(hidden) == headers_of(none)


def headers_of(response: Any) -> dict[str, str]:
    """Return the headers but the length, which follows the length of the address."""
    return {name: value for name, value in response.headers.items() if name != "Content-Length"}


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("name", sorted(promise()))
def test_methods_that_are_not_promised_are_refused(name: str, world: World, clients: Any) -> None:
    entry = promise()[name]
    kwargs = next(iter(kinds_of(world, entry.get("object", "")).values()))
    path = address_of(name, kwargs, entry.get("query", ""))
    for method in METHODS:
        if (name, method) in OPEN_METHODS or (method == "HEAD" and (name, "GET") in OPEN_METHODS):
            continue
        for actor in ("anonymous", "outsider", "administrator", "staff"):
            before = rows_written()
            assert seen(call(clients[actor], method, path)) in REFUSALS, (actor, method)
            assert rows_written() == before


# One click in a mail program posts without a page of ours (RFC 8058): the link is the proof.
NO_FORM = ("api:", "accounts:unsubscribe")


@pytest.mark.parametrize(
    "row", params([r for r in ROWS if r.method == "POST" and not r.name.startswith(NO_FORM)])
)
def test_writing_needs_the_token_of_the_form(row: Row, world: World) -> None:
    client = world.client("administrator", csrf=True)
    response = call(client, "POST", address_of(row.name, kwargs_of(world, row)))
    assert response.status_code == 403


@pytest.mark.parametrize(
    "row", params([r for r in ROWS if r.method == "POST" and r.name.startswith("api:")])
)
def test_a_session_writes_in_the_api_with_the_token_of_the_form(row: Row, world: World) -> None:
    if row.name == "api:missing":
        pytest.skip("answers 404 to everything")
    client = world.client("administrator", csrf=True)
    response = call(client, "POST", address_of(row.name, kwargs_of(world, row)))
    assert response.status_code == 403
