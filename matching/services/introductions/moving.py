"""One thing happens to an introduction: one UPDATE that names the state it expects, and its audit.

Two people who answer at once, a button pressed twice and a link opened again all meet that UPDATE:
one of them changes the row, and the same answer given again is simply the answer.
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from matching.introductions.clock import Step, due_after, next_step
from matching.introductions.machine import TURNS, NotAllowed, after, waits_on
from matching.introductions.states import ENDED, TIMED, Actor, Event, State
from matching.models import (
    Introduction,
    IntroductionDecline,
    IntroductionEvent,
    OrganizationBlock,
    SharedContact,
    SharedContactView,
)
from matching.services.introductions.invited import answer_by_moving
from matching.services.introductions.letters import tell
from matching.services.introductions.zones import zone_of

CLOCK_EVENTS = frozenset({Event.NUDGE, Event.ESCALATE})
ANSWERS = frozenset({Event.ACCEPT, Event.DECLINE, Event.ASK_INFO})
NEEDS_WORDS = frozenset({Event.ASK_INFO, Event.GIVE_INFO})
NEEDS_CARD = frozenset({Event.ACCEPT, Event.CONSENT})


class CannotMove(Exception):
    """It has already been answered otherwise, or is not for this person; the message says so."""


@dataclass(frozen=True)
class Card:
    """What a person agrees to show the other side once both have agreed."""

    name: str
    email: str
    phone: str = ""


@dataclass(frozen=True)
class Move:
    """What happens, by whom, in which part, and in which turn it was offered to them."""

    event: Event
    side: Actor
    by: User | None = None
    turn: int | None = None
    note: str = ""
    reason: str = ""
    card: Card | None = None


@transaction.atomic
def move_introduction(introduction: Introduction, *, move: Move, now: dt.datetime) -> Introduction:
    """Let an event happen; the same one again in the same turn changes nothing.

    Raises ``CannotMove`` when it may not happen now; nothing is kept then.
    """
    _check(move)
    row = _read(introduction.pk)
    if move.turn is not None and row.turn != move.turn:
        return _as_before(row, move)
    try:
        target = after(State(row.status), move.event, move.side)
    except NotAllowed as error:
        if _has_happened(row, move):
            return row
        raise CannotMove(_("Esta presentación ya cambió: mire cómo está ahora.")) from error
    changes = _changes(row, move, target, now)
    expected = Introduction.objects.filter(pk=row.pk, status=row.status, turn=row.turn)
    if not expected.filter(step=row.step).update(**changes):
        return _as_before(_read(row.pk), move)
    _record(row, move, target, now)
    answer_by_moving(row, event=move.event, now=now)
    moved = _read(row.pk)
    _follow(moved, move, now)
    return _read(row.pk)


def _check(move: Move) -> None:
    if move.event in NEEDS_WORDS and not move.note.strip():
        raise CannotMove(_("Escriba su mensaje."))
    if move.event == Event.DECLINE and move.reason not in IntroductionDecline.values:
        raise CannotMove(_("Elija un motivo: ayuda a quien pidió."))
    if move.event in NEEDS_CARD and move.card is None:
        raise CannotMove(_("Falta su acuerdo para compartir sus datos."))


def _read(pk: int) -> Introduction:
    rows = Introduction.objects.select_related(
        "from_organization", "to_organization", "need", "offer", "asked_by"
    )
    return rows.get(pk=pk)


def _as_before(row: Introduction, move: Move) -> Introduction:
    if _has_happened(row, move):
        return row
    raise CannotMove(_("Esta presentación ya cambió: mire cómo está ahora."))


def _has_happened(row: Introduction, move: Move) -> bool:
    """Say whether this side did the same in the turn in which it was offered to them."""
    turn = row.turn - 1 if move.turn is None else move.turn
    done = row.events.filter(event=move.event, side=move.side)
    return done.filter(Q(turn=turn) | Q(turn=row.turn)).exists()


def _changes(row: Introduction, move: Move, target: State, now: dt.datetime) -> dict[str, object]:
    event = move.event
    found: dict[str, object] = {"status": target, "updated_at": now} | _times(
        row, event, target, now
    )
    if event in CLOCK_EVENTS:
        step = next_step(Step(row.step))
        found |= {"step": step, "due_at": due_after(step, now, _zone(row, target))}
    elif event in TURNS:
        due_at = due_after(Step.STARTED, now, _zone(row, target)) if target in TIMED else None
        found |= {"turn": F("turn") + 1, "step": Step.STARTED, "due_at": due_at}
    if target not in TIMED:
        found["due_at"] = None
    if event in {Event.DECLINE, Event.REFUSE}:
        found["decline_reason"] = move.reason
    if event == Event.TAKE_OVER:
        found["broker"] = move.by
    return found


def _times(row: Introduction, event: Event, target: State, now: dt.datetime) -> dict[str, object]:
    """Return which moments of its life this is."""
    moments = {
        "sent_at": event == Event.RELEASE,
        "answered_at": event in ANSWERS and row.answered_at is None,
        "shared_at": target == State.RELEASED and row.shared_at is None,
        "ended_at": target in ENDED,
    }
    return {name: now for name, is_now in moments.items() if is_now}


def _zone(row: Introduction, target: State) -> ZoneInfo:
    is_author = waits_on(target) == Actor.AUTHOR
    return zone_of(row.from_organization if is_author else row.to_organization)


def _record(row: Introduction, move: Move, target: State, now: dt.datetime) -> None:
    acts_for = move.by.acting_for_id if move.by else None
    IntroductionEvent.objects.create(
        introduction=row,
        event=move.event,
        side=move.side,
        by=move.by,
        is_on_behalf=acts_for is not None,
        before=row.status,
        after=target,
        turn=row.turn,
        note=move.note.strip(),
        made_at=now,
    )


def _follow(row: Introduction, move: Move, now: dt.datetime) -> None:
    if move.card and move.by:
        keep_card(row, side=move.side, person=move.by, card=move.card, now=now)
    if move.event == Event.ACCEPT and row.contacts.filter(side=Actor.AUTHOR).exists():
        _consent_given_before(row, now)
        return
    if move.event == Event.BLOCK and move.by:
        OrganizationBlock.objects.get_or_create(
            organization=row.to_organization,
            blocked=row.from_organization,
            defaults={"made_by": move.by, "made_at": now},
        )
    if move.event == Event.CONSENT:
        _log_letters(row, now)
    tell(row, move.event)


def _consent_given_before(row: Introduction, now: dt.datetime) -> None:
    card = row.contacts.select_related("person").get(side=Actor.AUTHOR)
    own = Card(card.name, card.email, card.phone)
    consent = Move(Event.CONSENT, Actor.AUTHOR, by=card.person, card=own)
    move_introduction(row, move=consent, now=now)


def keep_card(
    row: Introduction, *, side: Actor, person: User, card: Card, now: dt.datetime
) -> None:
    """Keep what a person agreed to share, and when; the first consent stands."""
    SharedContact.objects.get_or_create(
        introduction=row,
        side=side,
        defaults={**vars(card), "person": person, "consented_at": now},
    )


def _log_letters(row: Introduction, now: dt.datetime) -> None:
    """Keep that each of the two gets the other one's contact by mail."""
    cards = list(row.contacts.order_by("side"))
    for card in cards:
        for other in cards:
            if other.pk != card.pk:
                see_contact(card, viewer=other.person, now=now)


def see_contact(card: SharedContact, *, viewer: User, now: dt.datetime) -> None:
    """Keep who saw a contact, the first time."""
    SharedContactView.objects.get_or_create(
        contact=card, viewer=viewer, defaults={"viewed_at": now}
    )
