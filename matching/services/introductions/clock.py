"""What time does to introductions: reminders, a call for help, an end, and what silence costs."""

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from common.jobs import Continue, Work
from firms.models import OrganizationStatus
from matching.introductions.clock import Step, next_step
from matching.introductions.limits import SILENT_HALVES, SILENT_HIDES
from matching.introductions.states import TIMED, Actor, Event, State
from matching.models import Introduction
from matching.services.introductions.asking import silent_count
from matching.services.introductions.letters import Note, list_page, receivers, write
from matching.services.introductions.moving import CannotMove, Move, move_introduction

CHUNK = 100
EVENT_OF = {
    Step.NUDGED: Event.NUDGE,
    Step.NUDGED_TWICE: Event.NUDGE,
    Step.ESCALATED: Event.ESCALATE,
    Step.EXPIRED: Event.EXPIRE,
}


def tick(work: Work) -> Continue | None:
    """Let every introduction whose time has come take its next step, one step a run.

    Where the receiver rests, the clock rests too: it goes on from the same step afterwards.
    """
    rests = Q(to_organization__status=OrganizationStatus.SUSPENDED) | Q(
        to_organization__match_capacity__paused_until__gte=work.now.date()
    )
    after = int(work.payload.get("after", 0))
    due = Introduction.objects.filter(due_at__lte=work.now, status__in=TIMED, pk__gt=after)
    chunk = list(due.exclude(rests).order_by("pk")[:CHUNK])
    for row in chunk:
        _step(row, work)
    return Continue({"after": chunk[-1].pk}) if len(chunk) == CHUNK else None


def _step(row: Introduction, work: Work) -> None:
    event = EVENT_OF[next_step(Step(row.step))]
    try:
        moved = move_introduction(row, move=Move(event, Actor.CLOCK, turn=row.turn), now=work.now)
    except CannotMove:  # somebody answered while we looked: that is what the clock is for
        return
    if moved.status == State.EXPIRED and moved.answered_at is None and moved.sent_at:
        _tell_of_silence(moved)


def _tell_of_silence(row: Introduction) -> None:
    count = silent_count(row.to_organization_id)
    if count in {SILENT_HALVES, SILENT_HIDES}:
        writer = _hidden if count == SILENT_HIDES else _halved
        write(row, f"silence:{count}", receivers(row), writer)


def _halved(row: Introduction, person: User) -> Note:
    return Note(
        _("%s recibirá menos presentaciones") % row.to_organization.name,
        [_("Dos presentaciones vencieron sin respuesta. Mostramos a menos interesados a la vez.")],
        [(_("Ver las presentaciones"), list_page())],
    )


def _hidden(row: Introduction, person: User) -> Note:
    return Note(
        _("%s dejó de recibir presentaciones") % row.to_organization.name,
        [
            _("Cuatro presentaciones vencieron sin respuesta."),
            _("Vuelva con un toque cuando puedan responder; no se borró nada."),
        ],
        [(_("Volver a recibir presentaciones"), list_page())],
    )
