"""Two organizations, from a question to each other's contact, on the pages and by mail alone."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.jobs import Work
from common.models import Effect
from firms.models import Role, Verification
from matching.introductions.states import Actor, Event
from matching.models import Introduction, MatchInvitation, Outcome, SharedContactView
from matching.services.introductions.clock import tick
from matching.services.introductions.moving import Card, Move, move_introduction
from matching.services.introductions.outcomes import ask_for_outcomes
from tests.factories import (
    MembershipFactory,
    NeedFactory,
    OfferFactory,
    OrganizationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
OWNER_MAIL = "duena.secreta@vina.example"
MAKER_MAIL = "jefe.secreto@imprenta.example"
PHONE = "+591 70099887"


class Two:
    """A vineyard that needs labels and a printer that makes them, each with one person."""

    def __init__(self) -> None:
        old = timezone.now() - dt.timedelta(days=200)
        known = {"verification": Verification.VERIFIED, "verified_on": old.date()}
        self.vineyard = OrganizationFactory(legal_name="Viña Alta", one_line="Vinos", **known)
        self.printer = OrganizationFactory(legal_name="Imprenta Sur", **known)
        self.owner = UserFactory(email=OWNER_MAIL, name="Ana Rojas")
        self.maker = UserFactory(email=MAKER_MAIL, name="Luis Paz")
        MembershipFactory(user=self.owner, organization=self.vineyard, role=Role.EDITOR)
        MembershipFactory(user=self.maker, organization=self.printer, role=Role.EDITOR)
        today = timezone.now().date()
        dates = {"valid_from": today, "valid_until": today + dt.timedelta(days=90)}
        self.need = NeedFactory(organization=self.vineyard, **dates)
        self.offer = OfferFactory(organization=self.printer, **dates)
        self.asking = reverse("matching:introduction-ask") + (
            f"?offer={self.offer.public_id}&need={self.need.public_id}"
        )

    def form(self, **changed: str) -> dict[str, str]:
        return {
            "organization": str(self.vineyard.public_id),
            "purpose": "Cotizar etiquetas <b>ya</b>",
            "presentation": "Somos Viña Alta",
            "channel": "email",
            "shares": "on",
            "phone": PHONE,
            **changed,
        }

    def ask(self) -> Introduction:
        client = signed_in(self.owner)
        assert client.post(self.asking, self.form()).status_code == 303
        return Introduction.objects.get()


@pytest.fixture
def two() -> Two:
    return Two()


def signed_in(user) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="es")
    client.force_login(user)
    return client


def mail_to(email: str) -> list[dict]:
    return [e.payload for e in Effect.objects.filter(recipient=email).order_by("pk")]


def links_in(payload: dict) -> list[str]:
    return re.findall(r"https?://[^/\s]+(/\S*introductions/answer/\S+)", payload["body"])


def work_at(now: dt.datetime) -> Work:
    return Work("", 0, 0, {}, None, now)


def page(row: Introduction) -> str:
    return reverse("matching:introduction", args=[row.public_id])


def everything_sent_and_shown(two: Two, row: Introduction) -> str:
    """Return all bytes that the other side, an outsider and their mailboxes get."""
    maker, outsider = signed_in(two.maker), signed_in(UserFactory())
    addresses = [page(row), reverse("matching:introductions"), two.asking]
    bodies = [c.get(a).content.decode() for c in (maker, outsider, Client()) for a in addresses]
    return " ".join([*bodies, *(str(mail) for mail in mail_to(MAKER_MAIL))])


def test_a_contact_is_nowhere_until_both_agree_and_then_with_the_two_alone(two: Two) -> None:
    first = signed_in(two.owner).get(two.asking)
    assert "Viña Alta. Vinos." in first.content.decode()
    row = two.ask()
    assert (row.status, row.turn) == ("sent", 0)
    before = everything_sent_and_shown(two, row)
    assert OWNER_MAIL not in before
    assert PHONE not in before
    assert signed_in(two.owner).post(two.asking, two.form()).status_code == 422

    (letter,) = mail_to(MAKER_MAIL)
    assert letter["alternatives"][0][1] == "text/html"
    accept, ask, decline, see = links_in(letter)
    visitor = Client(HTTP_ACCEPT_LANGUAGE="es")
    for link in (accept, ask, decline, see):  # a mail scanner opens them all
        assert visitor.get(link).status_code == 200
        assert visitor.head(link).status_code == 200
    row.refresh_from_db()
    assert (row.status, row.events.count()) == ("sent", 1)
    assert visitor.post(see).status_code == 422
    assert visitor.get(accept[:-6] + "x/").status_code == 404


def test_a_tap_in_the_letter_accepts_once_and_each_gets_the_other_ones_contact(two: Two) -> None:
    row = two.ask()
    accept, _ask, decline, _see = links_in(mail_to(MAKER_MAIL)[0])
    visitor = Client(HTTP_ACCEPT_LANGUAGE="es")
    done = visitor.post(accept, {"event": "accept", "phone": ""})
    assert done.status_code == 200
    assert OWNER_MAIL not in done.content.decode()
    row.refresh_from_db()
    assert (row.status, row.contacts.count()) == ("released", 2)
    assert visitor.post(accept, {"event": "accept"}).status_code == 200  # said twice is said once
    assert visitor.get(decline).status_code == 410
    assert visitor.post(decline, {"event": "decline", "reason": "price"}).status_code == 410
    assert PHONE in mail_to(MAKER_MAIL)[-1]["body"]
    assert MAKER_MAIL in str(mail_to(OWNER_MAIL)[-1])
    assert SharedContactView.objects.count() == 2

    maker = signed_in(two.maker)
    assert OWNER_MAIL not in maker.get(page(row)).content.decode()
    shown = maker.post(page(row), {"event": "contacts"}).content.decode()
    assert OWNER_MAIL in shown
    assert "https://wa.me/59170099887" in shown
    outsider = signed_in(UserFactory())
    assert outsider.get(page(row)).status_code == 404
    assert outsider.post(page(row), {"event": "contacts"}).status_code == 404


def test_questions_messages_files_and_an_old_button_on_one_page(two: Two) -> None:
    row = two.ask()
    owner, maker = signed_in(two.owner), signed_in(two.maker)
    assert "Nuevo" in maker.get(reverse("matching:introductions")).content.decode()
    assert maker.post(page(row), {"event": "read"}).status_code == 303
    row.refresh_from_db()
    assert row.status == "seen"
    assert "Nuevo" not in maker.get(reverse("matching:introductions")).content.decode()
    htmx = {"HTTP_HX_REQUEST": "true"}
    seen = re.search(r"\?seen=([\d-]+)", maker.get(page(row)).content.decode())
    assert seen
    assert maker.get(f"{page(row)}?seen={seen[1]}", **htmx).status_code == 204
    assert maker.post(page(row), {"event": "ask_info", "turn": 0}).status_code == 422
    asked = {"event": "ask_info", "turn": 0, "note": "¿Cuántas?"}
    assert maker.post(page(row), asked).status_code == 303
    fresh = maker.get(f"{page(row)}?seen={seen[1]}", **htmx)
    assert fresh.status_code == 200
    assert "¿Cuántas?" in fresh.content.decode()
    assert owner.post(page(row), {"event": "accept", "turn": 1}).status_code == 422
    assert (
        owner.post(page(row), {"event": "give_info", "turn": 1, "note": "Mil"}).status_code == 303
    )
    old = {"event": "decline", "turn": 0, "reason": "price"}
    assert maker.post(page(row), old).status_code == 422
    assert maker.post(page(row), {"event": "message", "body": ""}).status_code == 422
    assert maker.post(page(row), {"event": "message", "body": "Hola"}).status_code == 303
    decline = {"event": "decline", "turn": 2, "reason": "price"}
    assert maker.post(page(row), decline).status_code == 303
    told = owner.get(page(row)).content.decode()
    assert "presupuesto" in told
    assert "Consejo" in told
    assert maker.post(page(row), {"event": "message", "body": "x"}).status_code == 422


def test_the_clock_reminds_calls_for_help_and_ends_each_once(two: Two) -> None:
    row = two.ask()
    manager_of_team = UserFactory(is_staff=True)
    subjects = []
    for _ in range(5):
        row.refresh_from_db()
        now = row.due_at or now  # noqa: F821 -- bound by the first round
        for _again in range(2):
            assert tick(work_at(now)) is None  # fmt: skip
        subjects.append((row.status, row.step))
    row.refresh_from_db()
    assert (row.status, row.due_at) == ("expired", None)
    assert [step for _, step in subjects] == [0, 1, 2, 3, 0]
    assert len(mail_to(MAKER_MAIL)) == 3  # asked, and two reminders
    assert len(mail_to(manager_of_team.email)) == 1
    assert "No respondieron" in mail_to(OWNER_MAIL)[-1]["subject"]


def test_what_came_of_it_counts_once_both_have_said_it(two: Two) -> None:
    row = two.ask()
    card = Card("Luis", MAKER_MAIL)
    move_introduction(row, move=Move(Event.ACCEPT, Actor.RECEIVER, by=two.maker, card=card),
                      now=timezone.now())  # fmt: skip
    long_ago = timezone.now() - dt.timedelta(days=31)
    Introduction.objects.update(shared_at=long_ago)
    for _ in "twice":
        ask_for_outcomes(work_at(timezone.now()))  # fmt: skip
    asked = [m for m in mail_to(OWNER_MAIL) if "quedó" in m["subject"]]
    assert len(asked) == 1
    purchase = next(link for link in links_in(asked[0]) if link.endswith("?kind=purchase"))
    visitor = Client(HTTP_ACCEPT_LANGUAGE="es")
    assert 'value="purchase"' in visitor.get(purchase).content.decode()
    assert visitor.post(purchase, {"kind": "purchase", "band": "to_20k"}).status_code == 200
    assert not Outcome.objects.get().is_confirmed
    address = reverse("matching:introduction-outcome", args=[row.public_id])
    maker = signed_in(two.maker)
    assert "La otra parte dijo" in maker.get(address).content.decode()
    assert maker.post(address, {"kind": "purchase", "satisfaction": "6"}).status_code == 422
    said = {"kind": "purchase", "satisfaction": "2", "band": "to_5k"}
    assert maker.post(address, said).status_code == 303
    assert Outcome.objects.get().is_confirmed
    assert maker.post(address, {"kind": "none"}).status_code == 303  # a correction takes it back
    assert not Outcome.objects.get().is_confirmed


def test_who_is_invited_answers_the_invitation_with_the_introduction(two: Two) -> None:
    now = timezone.now()
    first = {"need": two.need, "organization": two.printer, "wave": 1, "place": 1}
    invitation = MatchInvitation.objects.create(**first, invited_at=now)
    row = two.ask()
    invitation.refresh_from_db()
    assert invitation.closed_at is None
    move = Move(Event.DECLINE, Actor.RECEIVER, by=two.maker, reason="capacity")
    move_introduction(row, move=move, now=now)
    invitation.refresh_from_db()
    assert (invitation.is_interested, invitation.closed_at) == (False, now)
