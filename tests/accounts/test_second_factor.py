import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import ApiToken, User
from accounts.services.tokens import create_token
from firms.models import OrganizationKind, Role
from tests.accounts.browsers import (
    PASSWORD,
    SECRET,
    code,
    give_password,
    is_in,
    person,
    prove,
    recovery_code,
    signed_in,
    with_app,
)
from tests.factories import MembershipFactory, OrganizationFactory

pytestmark = pytest.mark.django_db

SECOND = "/es/accounts/2fa/authenticate/"
STEP_UP = "/es/accounts/2fa/reauthenticate/"


@pytest.fixture(autouse=True)
def room(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = False


def test_the_password_alone_does_not_sign_in() -> None:
    browser, answer = give_password(with_app(person()))
    assert answer["Location"] == SECOND
    assert not is_in(browser)
    assert browser.post(SECOND, {"code": "000000"}).status_code == 200
    assert not is_in(browser)
    assert browser.post(SECOND, {"code": code()}).status_code == 302
    assert is_in(browser)


def test_a_recovery_code_opens_once() -> None:
    user = with_app(person())
    spare = recovery_code(user)
    browser, _answer = give_password(user)
    assert browser.post(SECOND, {"code": spare}).status_code == 302
    assert is_in(browser)
    again, _answer = give_password(user)
    again.post(SECOND, {"code": spare})
    assert not is_in(again)


@pytest.mark.django_db(transaction=True)
def test_of_fifty_posts_of_one_code_one_signs_in(settings: Any) -> None:
    settings.CODES_PER_MINUTE = 1000
    user = with_app(person())
    browsers = [give_password(user)[0] for _ in range(50)]
    shown = code()

    def post(turn: int) -> int:
        try:
            return browsers[turn].post(SECOND, {"code": shown}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(post, range(50)))
    assert [is_in(browser) for browser in browsers].count(True) == 1


def test_guesses_are_counted_for_the_person_from_wherever_they_come(settings: Any) -> None:
    settings.CODES_PER_MINUTE = 3
    user = with_app(person())
    for _ in range(3):
        give_password(user)[0].post(SECOND, {"code": "000000"})
    browser, _answer = give_password(user)
    page = browser.post(SECOND, {"code": code()}).content.decode()
    assert "Demasiados intentos" in page
    assert not is_in(browser)


def test_a_new_password_by_mail_does_not_get_around_it(client: Any) -> None:
    user = with_app(person())
    client.post("/es/accounts/password/reset/", {"email": user.email})
    link = re.search(r"/\S*password/reset/key/\S+", mail.outbox[-1].body.split("//", 1)[1])
    assert link
    form = client.get(link.group(0))["Location"]
    new = "otras-uvas-del-valle-9"
    assert client.post(form, {"password1": new, "password2": new}).status_code == 302
    user.refresh_from_db()
    assert user.check_password(new)
    assert not is_in(client)
    assert user.authenticator_set.count() == 2
    answer = client.post("/es/accounts/login/", {"login": user.email, "password": new})
    assert answer["Location"] == SECOND
    assert not is_in(client)


def test_the_secret_does_not_stand_in_the_database() -> None:
    user = with_app(person())
    kept = str(list(Authenticator.objects.filter(user=user).values_list("data", flat=True)))
    assert SECRET not in kept
    assert recovery_code(user) not in kept


def test_activating_the_app_gives_recovery_codes_and_this_browser_goes_on() -> None:
    user = person()
    browser = signed_in(user)
    page = "/es/accounts/2fa/totp/activate/"
    assert "reauthenticate" in browser.get(page)["Location"]
    prove(browser)
    shown = browser.get(page).content.decode()
    assert 'src="data:image/svg+xml;base64,' in shown
    session = browser.session
    session["mfa.totp.secret"] = SECRET
    session.save()
    assert browser.post(page, {"code": "000000"}).status_code == 200
    answer = browser.post(page, {"code": code()})
    assert answer["Location"] == "/es/accounts/2fa/recovery-codes/"
    assert recovery_code(user) in browser.get(answer["Location"]).content.decode()


def test_who_has_a_second_factor_proves_by_it_and_not_by_the_password() -> None:
    user = with_app(person())
    browser = signed_in(user)
    data = {"name": "Planilla", "scope": "read", "days": "90"}
    answer = browser.post("/es/accounts/tokens/", data)
    assert answer["Location"].startswith(STEP_UP)
    browser.post("/es/accounts/reauthenticate/", {"password": PASSWORD})
    assert "reauthenticate" in browser.post("/es/accounts/tokens/", data)["Location"]
    assert not ApiToken.objects.exists()
    browser.post(STEP_UP, {"code": recovery_code(user), "next": "/es/accounts/tokens/"})
    assert ApiToken.objects.filter(user=user).count() == 1


@pytest.mark.parametrize(
    ("method", "path", "data"),
    [
        ("post", "/es/accounts/email/", {"email": "otra@ejemplo.org"}),
        ("post", "/es/accounts/password/change/", {"oldpassword": PASSWORD}),
        ("post", "/es/accounts/2fa/totp/deactivate/", {}),
        ("get", "/es/accounts/2fa/totp/deactivate/", {}),
        ("get", "/es/accounts/2fa/recovery-codes/", {}),
        ("post", "/es/accounts/2fa/recovery-codes/generate/", {}),
        ("get", "/es/accounts/2fa/webauthn/add/", {}),
    ],
)
def test_what_weakens_an_account_asks_for_the_second_factor(
    method: str, path: str, data: dict[str, str]
) -> None:
    user = with_app(person())
    before = list(User.objects.values_list("email", "password"))
    answer = getattr(signed_in(user), method)(path, data)
    assert answer["Location"].startswith(STEP_UP)
    assert list(User.objects.values_list("email", "password")) == before
    assert user.authenticator_set.count() == 2


class TestWhereItIsRequired:
    @pytest.fixture(autouse=True)
    def required(self, settings: Any) -> None:
        settings.REQUIRE_SECOND_FACTOR = True

    def administrator(self, kind: str, role: str = Role.ADMINISTRATOR) -> User:
        user = person()
        MembershipFactory(user=user, role=role, organization=OrganizationFactory(kind=kind))
        return user

    @pytest.mark.parametrize(
        "kind", [OrganizationKind.PUBLIC_AGENCY, OrganizationKind.CLUSTER_ORGANIZATION]
    )
    def test_administrators_of_agencies_and_clusters_enroll_first(self, kind: str) -> None:
        browser = signed_in(self.administrator(kind))
        for name in ("firms:mine", "registry:home", "programs:desk", "accounts:tokens"):
            assert browser.get(reverse(name))["Location"] == reverse("mfa_index")
        assert browser.post(reverse("firms:need-create"), {})["Location"] == reverse("mfa_index")
        assert browser.get(reverse("mfa_index")).status_code == 200
        prove(browser)
        assert browser.get(reverse("mfa_activate_totp")).status_code == 200
        session = browser.session
        session["mfa.totp.secret"] = SECRET
        session.save()
        browser.post(reverse("mfa_activate_totp"), {"code": code()})
        assert browser.get(reverse("registry:home")).status_code == 200

    def test_staff_enrolls_first(self) -> None:
        browser = signed_in(person(is_staff=True))
        assert browser.get(reverse("registry:operations"))["Location"] == reverse("mfa_index")

    @pytest.mark.parametrize(
        ("kind", "role"),
        [
            (OrganizationKind.FIRM, Role.ADMINISTRATOR),
            (OrganizationKind.PUBLIC_AGENCY, Role.EDITOR),
        ],
    )
    def test_others_may_and_need_not(self, kind: str, role: str) -> None:
        browser = signed_in(self.administrator(kind, role))
        assert browser.get(reverse("registry:home")).status_code == 200

    def test_a_browser_of_before_proves_it_once(self) -> None:
        user = self.administrator(OrganizationKind.PUBLIC_AGENCY)
        browser = signed_in(user)
        with_app(user)
        answer = browser.get(reverse("firms:mine"))
        assert answer["Location"].startswith(STEP_UP)
        browser.post(STEP_UP, {"code": code(), "next": reverse("firms:mine")})
        assert browser.get(reverse("firms:mine")).status_code == 200

    def test_the_last_one_stays(self) -> None:
        user = with_app(self.administrator(OrganizationKind.PUBLIC_AGENCY))
        browser = signed_in(user)
        browser.post(STEP_UP, {"code": recovery_code(user)})
        browser.post(reverse("mfa_deactivate_totp"), {})
        assert Authenticator.objects.filter(user=user, type="totp").exists()

    def test_a_program_of_theirs_is_refused_too(self) -> None:
        user = self.administrator(OrganizationKind.PUBLIC_AGENCY)
        _browser, text = signed_in(user), _token(user)
        program = Client(headers={"authorization": f"Bearer {text}"})
        assert program.get("/api/v1/organizations/").status_code == 401
        with_app(user)
        assert program.get("/api/v1/organizations/").status_code == 200


def _token(user: User) -> str:
    return create_token(by=user, name="X", scope="read", days=30, now=timezone.now())[1]
