import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.devices import device_name
from accounts.models import Session, User
from tests.accounts.browsers import is_in, person, prove, signed_in

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0"
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/129.0 Safari/537.36"
MINUTE = dt.timedelta(minutes=1)


def age(user: User, **moments: dt.timedelta) -> None:
    now = timezone.now()
    Session.objects.filter(user=user).update(**{name: now - ago for name, ago in moments.items()})


@pytest.mark.parametrize(
    ("is_staff", "idle", "absolute"),
    [
        (False, dt.timedelta(hours=8), dt.timedelta(days=30)),
        (True, dt.timedelta(hours=1), dt.timedelta(hours=12)),
    ],
)
def test_a_session_ends_when_unused_and_when_old(
    is_staff: bool, idle: dt.timedelta, absolute: dt.timedelta
) -> None:
    user = person(is_staff=is_staff)
    browser = signed_in(user)
    age(user, last_used_at=idle - MINUTE, started_at=absolute - MINUTE)
    assert is_in(browser)
    age(user, last_used_at=idle)
    assert not is_in(browser)
    browser = signed_in(user)
    age(user, started_at=absolute)
    assert not is_in(browser)
    assert not Session.objects.filter(user=user).exists()


def test_using_a_session_is_noted_once_a_minute_and_does_not_make_it_younger() -> None:
    user = person()
    browser = signed_in(user)
    started = Session.objects.get(user=user).started_at
    age(user, last_used_at=5 * MINUTE)
    assert is_in(browser)
    used = Session.objects.get(user=user).last_used_at
    assert used is not None
    assert timezone.now() - used < MINUTE
    assert is_in(browser)
    assert Session.objects.get(user=user).last_used_at == used
    prove(browser)
    assert Session.objects.get(user=user).started_at == started


def test_signing_in_changes_the_cookie() -> None:
    browser = Client()
    browser.get("/es/accounts/login/")
    session = browser.session
    session["left"] = "by a thief"
    session.save()
    browser.cookies["sid"] = session.session_key
    user = person()
    signed = {"login": user.email, "password": "uvas-verdes-del-valle"}
    assert browser.post("/es/accounts/login/", signed).status_code == 302
    assert browser.cookies["sid"].value != session.session_key
    assert not is_in(_with_cookie(session.session_key))


def _with_cookie(key: str | None) -> Client:
    browser = Client()
    browser.cookies["sid"] = key or ""
    return browser


def test_one_sees_where_one_is_signed_in_and_ends_it() -> None:
    user = person()
    phone = signed_in(user, headers={"user-agent": FIREFOX})
    desk = signed_in(user, headers={"user-agent": CHROME})
    page = desk.get("/es/accounts/sessions/").content.decode()
    assert "Firefox, Android" in page
    assert "Chrome, Windows" in page
    assert not [key for key in Session.objects.values_list("pk", flat=True) if key in page]
    (reference,) = re.findall(r"/sessions/(\w+)/end/", page)
    assert desk.post(f"/es/accounts/sessions/{reference}/end/").status_code == 303
    assert is_in(desk)
    assert not is_in(phone)


def test_nobody_ends_a_session_of_somebody_else() -> None:
    user, other = person(), person()
    theirs = signed_in(user)
    page = theirs.get("/es/accounts/sessions/").content.decode()
    assert "/end/" not in page
    second = signed_in(user)
    found = re.search(
        r"/sessions/(\w+)/end/", second.get("/es/accounts/sessions/").content.decode()
    )
    assert found
    reference = found.group(1)
    assert signed_in(other).post(f"/es/accounts/sessions/{reference}/end/").status_code == 303
    assert is_in(theirs)


def test_all_others_end_at_once() -> None:
    user = person()
    old, new, somebody = signed_in(user), signed_in(user), signed_in(person())
    new.post("/es/accounts/sessions/")
    assert [is_in(browser) for browser in (old, new, somebody)] == [False, True, True]


def test_a_person_who_is_deactivated_is_out_at_once() -> None:
    user = person()
    browser = signed_in(user)
    User.objects.update(is_active=False)
    assert not is_in(browser)


def test_a_new_password_ends_the_other_sessions() -> None:
    user = person()
    here, there = signed_in(user), signed_in(user)
    data = {"oldpassword": "uvas-verdes-del-valle", "password1": "otras-uvas-del-valle-9"}
    answer = here.post("/es/accounts/password/change/", data | {"password2": data["password1"]})
    assert answer.status_code == 302
    assert [is_in(here), is_in(there)] == [True, False]


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox, Android"),
        (CHROME, "Chrome, Windows"),
        ("Mozilla/5.0 (iPhone) AppleWebKit Version/17 Safari/604", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/129.0 Safari/537.36 Edg/129.0", "Edge, Windows"),
        ("", "Otro equipo"),
        ("<script>", "Otro equipo"),
    ],
)
def test_a_device_has_a_name_that_its_owner_knows(agent: str, name: str) -> None:
    assert device_name(agent) == name


def test_a_visitor_who_is_not_signed_in_has_no_session_of_a_person(client: Any) -> None:
    client.get("/es/accounts/login/")
    assert not Session.objects.filter(user__isnull=False).exists()
