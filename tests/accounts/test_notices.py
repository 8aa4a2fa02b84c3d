"""Mail that a person may do without: chosen by kind, with a way out in every copy."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import MailChoice, MailKind, Pace
from accounts.services.notices import Notice, notify, paces_of, token_of
from common.jobs.effects import Outgoing
from common.mail import _message
from common.models import Effect
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

DIGEST = (MailKind.SEARCHES, MailKind.MATCHES)


def notice(occasion: str = "digest:1") -> Notice:
    return Notice(DIGEST, occasion, "Novedades", "Hay 3 novedades.", "<p>Hay 3 novedades.</p>")


def test_a_notice_is_sent_once_and_says_how_to_stop_it() -> None:
    person = UserFactory()
    assert notify(notice(), person=person)
    assert not notify(notice(), person=person)
    payload = Effect.objects.get().payload
    leave = payload["headers"]["List-Unsubscribe"].strip("<>")
    assert leave.endswith(reverse("accounts:unsubscribe", args=[token_of(person, DIGEST)]))
    assert payload["headers"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert leave in payload["body"]
    ((html, mimetype),) = payload["alternatives"]
    assert (mimetype, leave in html, "&lt;p&gt;" in html) == ("text/html", True, True)


def test_nobody_is_written_to_who_turned_every_kind_off_or_closed_the_account() -> None:
    person = UserFactory()
    for kind in DIGEST:
        MailChoice.objects.create(user=person, kind=kind, pace=Pace.NONE)
    assert not notify(notice(), person=person)
    assert not notify(notice(), person=UserFactory(is_active=False))
    MailChoice.objects.filter(kind=MailKind.MATCHES).update(pace=Pace.DAILY)
    assert notify(notice(), person=person)


def test_one_click_without_signing_in_stops_the_mail_and_looking_does_not() -> None:
    person = UserFactory()
    MailChoice.objects.create(user=person, kind=MailKind.MATCHES, pace=Pace.DAILY)
    browser = Client(enforce_csrf_checks=True)
    address = reverse("accounts:unsubscribe", args=[token_of(person, [MailKind.MATCHES])])
    assert browser.get(address).status_code == 200
    assert paces_of(person)[MailKind.MATCHES] == Pace.DAILY
    answer = browser.post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200  # programs follow no redirects
    assert paces_of(person) == {
        MailKind.SEARCHES: Pace.HOURLY,
        MailKind.MATCHES: Pace.NONE,
        MailKind.INTRODUCTIONS: Pace.HOURLY,
    }
    assert b'name="mail-matches" value="daily"' in answer.content
    browser.post(address, {"again": "1", "mail-matches": "daily"})
    assert paces_of(person)[MailKind.MATCHES] == Pace.DAILY


def test_a_link_that_was_changed_stops_nothing() -> None:
    person, other = UserFactory(), UserFactory()
    token = token_of(person, [MailKind.MATCHES])
    forged = token.replace(person.public_id.hex, other.public_id.hex)
    for wrong in (forged, token.replace("matches", "searches"), token[:-1]):
        answer = Client().post(reverse("accounts:unsubscribe", args=[wrong]))
        assert answer.status_code == 404
    assert not MailChoice.objects.exists()


def test_a_person_chooses_kinds_and_the_moment(client: Any) -> None:
    person = UserFactory()
    client.force_login(person)
    chosen = {
        "mail-searches": "hourly", "mail-matches": "daily", "mail-introductions": "none",
        "mail-hour": "7", "mail-weekday": "4", "mail-time_zone": "America/Santiago",
    }  # fmt: skip
    address = reverse("accounts:notifications")
    assert client.post(address, chosen).status_code == 303
    person.refresh_from_db()
    assert (person.mail_hour, person.mail_weekday) == (7, 4)
    assert person.time_zone == "America/Santiago"
    assert paces_of(person)[MailKind.INTRODUCTIONS] == Pace.NONE
    for wrong in ({"mail-searches": "daily"}, {"mail-hour": "24"}, {"mail-time_zone": "Nowhere"}):
        assert client.post(address, chosen | wrong).status_code == 422
    assert b'value="America/Santiago" selected' in client.get(address).content


def test_the_header_reaches_the_mail_in_one_piece() -> None:
    person = UserFactory()
    with override("pt-br"):
        notify(notice(), person=person)
    effect = Effect.objects.get()
    outgoing = Outgoing(1, uuid4(), "mail", effect.message_id, effect.payload, False, 1)
    written = _message(outgoing).message().as_string()
    address = f"/pt-br/accounts/unsubscribe/{token_of(person, DIGEST)}/>"
    assert address in written.replace("\n ", "")
