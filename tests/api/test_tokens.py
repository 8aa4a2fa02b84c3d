"""Abuse case 14: what a token opens, and what it does not."""

import datetime as dt
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import ApiToken, TokenScope, User
from accounts.services.tokens import (
    MAX_LIVE_TOKENS,
    CannotCreateToken,
    create_token,
    recognize_token,
    revoke_token,
)
from tests.factories import NOW, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(days=29)


def give(user: User, **fields: object) -> tuple[ApiToken, str]:
    defaults = {"name": "Prueba", "scope": TokenScope.READ, "days": 30, "now": NOW}
    return create_token(by=user, **defaults | fields)


def test_a_token_opens_until_it_expires() -> None:
    token, text = give(UserFactory())
    assert recognize_token(text=text, now=LATER) == token
    assert recognize_token(text=text, now=NOW + dt.timedelta(days=30)) is None


def test_a_revoked_token_opens_nothing() -> None:
    token, text = give(UserFactory())
    revoke_token(by=token.user, token=token, now=NOW)
    assert recognize_token(text=text, now=LATER) is None


def test_nobody_revokes_the_token_of_another() -> None:
    token, text = give(UserFactory())
    revoke_token(by=UserFactory(), token=token, now=NOW)
    assert recognize_token(text=text, now=LATER) == token


def test_a_closed_account_takes_its_tokens_along() -> None:
    token, text = give(UserFactory())
    User.objects.filter(pk=token.user.pk).update(is_active=False)
    assert recognize_token(text=text, now=LATER) is None


def test_a_token_never_acts_as_staff() -> None:
    token, text = give(UserFactory())
    User.objects.filter(pk=token.user.pk).update(is_staff=True)
    assert recognize_token(text=text, now=LATER) is None
    with pytest.raises(CannotCreateToken):
        give(UserFactory(is_staff=True))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[:-1],
        lambda text: text + "A",
        lambda text: text[:-1] + ("A" if text[-1] != "A" else "B"),
        lambda text: text.upper(),
        lambda text: text.replace("racimo_", ""),
        lambda text: "racimo_" + "0" * 8 + text[15:],
        lambda text: "",
        lambda text: "'; drop table accounts_user; --",
        lambda text: text + "\n",
        lambda text: "ñ" * 59,
    ],
)
def test_a_spoiled_token_opens_nothing(spoil: Callable[[str], str]) -> None:
    _token, text = give(UserFactory())
    assert recognize_token(text=spoil(text), now=LATER) is None


def test_the_database_does_not_hold_the_secret() -> None:
    _token, text = give(UserFactory())
    secret = text.split("_", 2)[2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM accounts_apitoken t")
        assert secret not in str(cursor.fetchall())


def test_another_pepper_in_front_still_recognizes_old_tokens(settings: object) -> None:
    token, text = give(UserFactory())
    settings.TOKEN_PEPPERS = ["new", *settings.TOKEN_PEPPERS]  # type: ignore[attr-defined]
    assert recognize_token(text=text, now=LATER) == token
    settings.TOKEN_PEPPERS = ["new"]  # type: ignore[attr-defined]
    assert recognize_token(text=text, now=LATER) is None


def test_a_person_holds_a_bounded_number_of_tokens() -> None:
    user = UserFactory()
    for _ in range(MAX_LIVE_TOKENS):
        give(user)
    with pytest.raises(CannotCreateToken, match=str(MAX_LIVE_TOKENS)):
        give(user)
    revoke_token(by=user, token=user.api_tokens.first(), now=NOW)
    assert give(user)


@pytest.mark.parametrize(
    "fields", [{"name": ""}, {"name": "x" * 81}, {"scope": "all"}, {"days": 36_500}]
)
def test_a_wrong_request_creates_nothing(fields: dict[str, object]) -> None:
    with pytest.raises(CannotCreateToken):
        give(UserFactory(), **fields)
    assert not ApiToken.objects.exists()


def test_use_is_noted_by_the_day() -> None:
    token, text = give(UserFactory())
    recognize_token(text=text, now=LATER)
    token.refresh_from_db()
    assert token.last_used_on == LATER.date()


ROOT = "/api/v1/"
PASSWORD = "una frase larga de prueba"


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer ",
        "Bearer a b",
        "Basic cm9zYTpjbGF2ZQ==",
        "Token {text}",
        "{text}",
        "Bearer {text}x",
        "Bearer ñ",
    ],
)
def test_another_header_is_a_401_even_where_anyone_reads(header: str) -> None:
    _token, text = give(UserFactory(), now=timezone.now())
    response = Client().get(ROOT, headers={"authorization": header.format(text=text)})
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.json()["status"] == 401


@pytest.mark.parametrize("name", ["token", "access_token", "api_key", "Authorization"])
def test_a_token_in_the_address_is_not_read(name: str) -> None:
    _token, text = give(UserFactory(), now=timezone.now())
    assert Client().get(ROOT, {name: f"Bearer {text}"}).status_code == 400


def test_guessing_is_slowed_down_per_address(settings: object) -> None:
    settings.API_RATES = settings.API_RATES | {"wrong-token": 3}  # type: ignore[attr-defined]
    guess = {"authorization": "Bearer racimo_guess"}
    answers = [Client().get(ROOT, headers=guess).status_code for _ in range(5)]
    assert answers == [401, 401, 401, 429, 429]
    other = Client(REMOTE_ADDR="10.0.0.9").get(ROOT, headers=guess)
    assert other.status_code == 401


def test_a_list_of_forwarded_addresses_does_not_multiply_the_guesses(settings: object) -> None:
    settings.API_RATES = settings.API_RATES | {"wrong-token": 3}  # type: ignore[attr-defined]
    answers = [
        Client()
        .get(
            ROOT,
            headers={"authorization": "Bearer racimo_guess", "x-forwarded-for": f"10.1.1.{n}"},
        )
        .status_code
        for n in range(5)
    ]
    assert answers[-1] == 429


class TestPage:
    def test_the_text_is_shown_once(self) -> None:
        user = UserFactory()
        client = signed_in_now(user)
        data = {"name": "Planilla", "scope": "write", "days": "90"}
        response = client.post("/es/accounts/tokens/", data)
        token = user.api_tokens.get()
        assert f"racimo_{token.prefix}_" in response.content.decode()
        assert token.scope == TokenScope.WRITE
        text = response.context["new_token"]
        assert text not in client.get("/es/accounts/tokens/").content.decode()
        assert Client().get(ROOT, headers={"authorization": f"Bearer {text}"}).status_code == 200

    def test_what_was_typed_is_kept_when_something_is_wrong(self) -> None:
        client = signed_in_now(UserFactory())
        response = client.post(
            "/es/accounts/tokens/", {"name": "Planilla de compras", "scope": "all", "days": "1"}
        )
        assert response.status_code == 422
        assert "Planilla de compras" in response.content.decode()
        assert not ApiToken.objects.exists()

    def test_an_old_session_is_asked_for_its_password_first(self) -> None:
        client = Client()
        client.force_login(UserFactory())
        data = {"name": "Planilla", "scope": "read", "days": "90"}
        response = client.post("/es/accounts/tokens/", data)
        assert response.status_code == 302
        assert "reauthenticate" in response.headers["Location"]
        assert not ApiToken.objects.exists()

    def test_one_lists_and_revokes_only_ones_own(self) -> None:
        token, _text = give(UserFactory(), name="De otra persona", now=timezone.now())
        mine, _text = give(UserFactory(), name="Mi planilla", now=timezone.now())
        client = Client()
        client.force_login(mine.user)
        page = client.get("/es/accounts/tokens/").content.decode()
        assert "Mi planilla" in page
        assert "De otra persona" not in page
        url = "/es/accounts/tokens/{}/revoke/"
        assert client.post(url.format(token.public_id)).status_code == 404
        assert client.post(url.format(mine.public_id)).status_code == 302
        mine.refresh_from_db()
        assert mine.revoked_at is not None


def signed_in_now(user: User) -> Client:
    """Return a browser in which the person has just typed their password twice."""
    user.set_password(PASSWORD)
    user.save()
    MembershipFactory(user=user)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client = Client()
    response = client.post("/es/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert response.status_code == 302
    client.post("/es/accounts/reauthenticate/", {"password": PASSWORD})
    return client
