import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.models import EmailAddress
from django.db import connections
from django.test import Client
from django.utils import timezone

from accounts.models import EmailChange, User
from accounts.services import emails
from common.jobs.models import Effect
from tests.accounts.browsers import is_in, person, prove, signed_in, with_app
from tests.factories import ApiTokenFactory

pytestmark = pytest.mark.django_db

NEW = "nueva@ejemplo.org"
PAGE = "/es/accounts/email/"


def mailed(to: str, what: str) -> str:
    bodies = [e.payload["body"] for e in Effect.objects.filter(recipient=to).order_by("-pk")]
    found = (re.search(rf"(/\S*email/{what}/\S+/)", body) for body in bodies)
    return next(match.group(1) for match in found if match)


def asked(user: User, email: str = NEW) -> Client:
    browser = signed_in(user)
    prove(browser)
    assert browser.post(PAGE, {"email": email}).status_code == 303
    return browser


def test_the_new_address_confirms_and_the_old_one_may_undo() -> None:
    user = person(email="ana@ejemplo.org")
    elsewhere, token = signed_in(user), ApiTokenFactory(user=user)
    browser = asked(user, "Nueva@Ejemplo.org")
    user.refresh_from_db()
    assert user.email == "ana@ejemplo.org"
    link = mailed(NEW, "confirm")
    assert NEW in browser.get(link).content.decode()
    assert browser.post(link).status_code == 303
    user.refresh_from_db()
    token.refresh_from_db()
    assert user.email == NEW
    assert list(EmailAddress.objects.filter(user=user).values_list("email", "verified")) == [
        (NEW, True)
    ]
    assert [is_in(browser), is_in(elsewhere)] == [True, False]
    assert token.revoked_at
    assert browser.post(link).status_code == 404

    undo, anyone = mailed("ana@ejemplo.org", "undo"), Client()
    assert anyone.get(undo).status_code == 200
    user.refresh_from_db()
    assert user.email == NEW
    assert anyone.post(undo).status_code == 200
    user.refresh_from_db()
    assert (user.email, user.has_usable_password()) == ("ana@ejemplo.org", False)
    assert not is_in(browser)
    assert [anyone.get(undo).status_code, anyone.post(undo).status_code] == [404, 404]


def test_undoing_lasts_three_days_and_leaves_the_second_factor() -> None:
    user = with_app(person())
    now = timezone.now()
    emails.request_email_change(by=user, email=NEW, now=now)
    token = mailed(NEW, "confirm").split("/")[-2]
    emails.confirm_email_change(by=user, token=token, session_key=None, now=now)
    change = EmailChange.objects.get()
    undo = mailed(change.old_email, "undo").split("/")[-2]
    late = now + dt.timedelta(hours=72)
    with pytest.raises(emails.CannotChangeEmail):
        emails.undo_email_change(token=undo, now=late)
    emails.undo_email_change(token=undo, now=late - dt.timedelta(seconds=1))
    assert user.authenticator_set.count() == 2


def test_the_password_is_asked_for_first_and_what_was_typed_is_not_lost() -> None:
    browser = signed_in(person())
    answer = browser.post(PAGE, {"email": NEW})
    assert "reauthenticate" in answer["Location"]
    assert not EmailChange.objects.exists()
    browser.post(answer["Location"], {"password": "uvas-verdes-del-valle", "next": PAGE})
    assert EmailChange.objects.get().new_email == NEW


def test_an_address_of_somebody_else_answers_alike_and_is_told_to_its_owner() -> None:
    other = person(email="otra@ejemplo.org")
    browser = asked(person(), "OTRA@ejemplo.org")
    assert browser.get(PAGE).status_code == 200
    assert not EmailChange.objects.exists()
    assert "no cambiamos nada" in Effect.objects.get(recipient=other.email).payload["body"]


def test_only_the_person_who_asked_confirms() -> None:
    asked(person())
    stranger = signed_in(person())
    link = mailed(NEW, "confirm")
    assert [stranger.get(link).status_code, stranger.post(link).status_code] == [404, 404]
    assert not User.objects.filter(email=NEW).exists()


def test_a_link_expires_is_withdrawn_and_is_replaced() -> None:
    user, now = person(), timezone.now()
    emails.request_email_change(by=user, email=NEW, now=now)
    first = mailed(NEW, "confirm").split("/")[-2]
    assert emails.find_change(by=user, token=first, now=now)
    assert not emails.find_change(by=user, token=first, now=now + dt.timedelta(days=1))
    emails.request_email_change(by=user, email="otra@ejemplo.org", now=now)
    assert not emails.find_change(by=user, token=first, now=now)
    signed_in(user).post("/es/accounts/email/withdraw/")
    second = mailed("otra@ejemplo.org", "confirm").split("/")[-2]
    assert not emails.find_change(by=user, token=second, now=now)


@pytest.mark.parametrize("email", ["", "no es un correo", "ana@ejemplo.org", "ANA@ejemplo.org"])
def test_what_is_no_new_address_is_said_on_the_form(email: str) -> None:
    browser = signed_in(person(email="ana@ejemplo.org"))
    prove(browser)
    assert browser.post(PAGE, {"email": email}).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_confirm_one_address_at_once_one_gets_it() -> None:
    pair = [person(), person()]
    now = timezone.now()
    tokens = []
    for user in pair:
        emails.request_email_change(by=user, email=NEW, now=now)
        tokens.append(mailed(NEW, "confirm").split("/")[-2])

    def confirm(turn: int) -> bool:
        try:
            emails.confirm_email_change(
                by=pair[turn], token=tokens[turn], session_key=None, now=now
            )
        except emails.CannotChangeEmail:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(confirm, range(2))) == [False, True]
    assert User.objects.filter(email__iexact=NEW).count() == 1
    assert EmailChange.objects.filter(confirmed_at__isnull=False).count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_undo_works_once_however_often_it_is_pressed() -> None:
    user, now = person(), timezone.now()
    emails.request_email_change(by=user, email=NEW, now=now)
    token = mailed(NEW, "confirm").split("/")[-2]
    emails.confirm_email_change(by=user, token=token, session_key=None, now=now)
    undo = mailed(user.email, "undo").split("/")[-2]

    def press(_turn: int) -> bool:
        try:
            emails.undo_email_change(token=undo, now=now)
        except emails.CannotChangeEmail:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(press, range(8))).count(True) == 1
