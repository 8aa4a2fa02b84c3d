"""An introduction in the reader's words: where it stands, who is waited for, what they may do."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.formats import day as format_day
from matching.introductions.clock import Step, next_step
from matching.introductions.machine import events_for, waits_on
from matching.introductions.states import Actor, DeclineReason, Event, State
from matching.models import Introduction

HINTS = {
    DeclineReason.CAPACITY: gettext_lazy("Vuelva a preguntar en unas semanas, o pida a otra."),
    DeclineReason.FIELD: gettext_lazy("Revise la clasificación de su publicación."),
    DeclineReason.TERRITORY: gettext_lazy("Busque más cerca, o amplíe el alcance."),
    DeclineReason.SIZE: gettext_lazy("Diga el volumen y el plazo desde el principio."),
    DeclineReason.PRICE: gettext_lazy("Diga su presupuesto o su precio desde el principio."),
    DeclineReason.EARLY: gettext_lazy("Muestre una prueba o un primer cliente."),
    DeclineReason.NO_ADVANTAGE: gettext_lazy("Compare en números con lo que ya se usa."),
    DeclineReason.ROUTE: gettext_lazy("Diga quién lo vendería, dónde y a quién."),
    DeclineReason.UNCLEAR: gettext_lazy("Escriba en dos frases qué hace y para quién."),
    DeclineReason.SERVED: gettext_lazy("Ofrezca ser su segunda opción, o pida a otra."),
    DeclineReason.KNOWN: gettext_lazy("Ya pueden hablar directamente."),
    DeclineReason.WRONG_PERSON: gettext_lazy("Lea a quién sugieren en su mensaje."),
    DeclineReason.SPAM: gettext_lazy("Escriba a menos organizaciones y diga por qué a cada una."),
}
ASKS_WORDS = frozenset({Event.ASK_INFO, Event.GIVE_INFO, Event.REFUSE})
PLAIN = (
    (Event.RELEASE, gettext_lazy("Enviarla"), "primary"),
    (Event.PLAN, gettext_lazy("Acordamos reunirnos"), "primary"),
    (Event.MEET, gettext_lazy("Ya nos reunimos"), "primary"),
    (Event.MISS, gettext_lazy("La reunión no se hizo"), ""),
    (Event.NEGOTIATE, gettext_lazy("Estamos negociando"), "primary"),
    (Event.AGREE, gettext_lazy("Llegamos a un acuerdo"), "primary"),
    (Event.NOT_AGREE, gettext_lazy("No llegamos a un acuerdo"), ""),
    (Event.TAKE_OVER, gettext_lazy("Me hago cargo"), ""),
    (Event.WITHDRAW, gettext_lazy("Retirar"), "quiet danger"),
)


@dataclass(frozen=True)
class Button:
    """Something that the reader may do now, with one press."""

    event: str
    label: str
    kind: str


def buttons_for(row: Introduction, sides: frozenset[Actor]) -> list[Button]:
    """Return what the reader may do with one press."""
    may = events_for(State(row.status), sides)
    return [Button(event, str(label), kind) for event, label, kind in PLAIN if event in may]


def hint_for(row: Introduction) -> str:
    """Return what may help who asked, by the reason that was given."""
    reason = row.decline_reason
    return str(HINTS.get(DeclineReason(reason), "")) if reason else ""


def may_do(row: Introduction, sides: frozenset[Actor]) -> dict[str, bool]:
    """Return which of the larger answers the reader may give now."""
    may = events_for(State(row.status), sides)
    asked = (Event.ACCEPT, Event.DECLINE, Event.ASK_INFO, Event.GIVE_INFO, Event.CONSENT)
    return {event.value: event in may for event in (*asked, Event.REFUSE, Event.BLOCK)}


def side_for(event: Event, row: Introduction, sides: frozenset[Actor]) -> Actor | None:
    """Return in which of their parts somebody does this; their own ones come first."""
    order = (Actor.RECEIVER, Actor.AUTHOR, Actor.BROKER, Actor.STAFF)
    able = [
        s for s in order if s in sides and event in events_for(State(row.status), frozenset({s}))
    ]
    return able[0] if able else next((s for s in order if s in sides), None)


def clock_text(row: Introduction, receiver: str, sides: frozenset[Actor]) -> str:
    """Say who is waited for, and what happens when."""
    waited = waits_on(State(row.status))
    if waited is None or row.due_at is None:
        return ""
    day = format_day(row.due_at.date())
    who = _("su respuesta") if waited in sides else _waited(row, waited, receiver)
    sentences = {
        Step.NUDGED: _("Esperamos %(who)s. El %(day)s enviamos un recordatorio."),
        Step.NUDGED_TWICE: _("Esperamos %(who)s. El %(day)s enviamos el segundo recordatorio."),
        Step.ESCALATED: _("Esperamos %(who)s. El %(day)s pedimos ayuda a la gestión del clúster."),
        Step.EXPIRED: _("Esperamos %(who)s. Si no llega, se cierra el %(day)s."),
    }
    return sentences[next_step(Step(row.step))] % {"who": who, "day": day}


def _waited(row: Introduction, waited: Actor, receiver: str) -> str:
    if waited == Actor.BROKER:
        return _("que la gestión del clúster la lea")
    name = row.from_organization.name if waited == Actor.AUTHOR else receiver
    return _("la respuesta de %s") % name


@dataclass(frozen=True)
class Line:
    """One thing of the thread: an event or a message, by whom, when."""

    at: dt.datetime
    who: str
    what: str
    body: str
    is_mine: bool
    file_key: str = ""
    file_name: str = ""

    @property
    def file_id(self) -> str:
        """The file's own part of its address."""
        return self.file_key.rpartition("/")[2].partition(".")[0]
