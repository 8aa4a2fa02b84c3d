"""Answering from a letter, with no sign-in: a GET shows what the button does, POST does it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from firms.views.answers import OK, UNPROCESSABLE
from matching.forms.introductions import MoveForm, card_of
from matching.introductions.states import Event
from matching.models import IntroductionDecline
from matching.services.introductions.letters import receiver_name
from matching.services.introductions.links import (
    OUTCOME,
    PURPOSES,
    SEE,
    BadLink,
    Link,
    find_link,
)
from matching.services.introductions.moving import CannotMove, Move, move_introduction
from matching.views.introductions.outcome import outcome_from_letter

GONE = 410
NOT_FOUND = 404


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def introduction_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show one introduction to its reader and let them give the one answer of the link."""
    try:
        link = find_link(token)
    except BadLink:
        return _show(request, {"link": None}, NOT_FOUND)
    if link.purpose == OUTCOME:
        return outcome_from_letter(request, link)
    form = MoveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        return _act(request, link, form)
    return _show(request, _context(link, form), GONE if _is_over(link) else OK)


def _act(request: HttpRequest, link: Link, form: MoveForm) -> HttpResponse:
    if link.purpose == SEE or not form.is_valid():
        return _show(request, _context(link, form), UNPROCESSABLE)
    given, event = form.cleaned_data, PURPOSES[link.purpose]
    shares = event in {Event.ACCEPT, Event.CONSENT}
    move = Move(
        event,
        link.side,
        by=link.person,
        turn=link.turn,
        note=given["note"],
        reason=given["reason"],
        card=card_of(link.person, given["phone"]) if shares else None,
    )
    try:
        move_introduction(link.introduction, move=move, now=timezone.now())
    except CannotMove as error:
        form.add_error(None, str(error))
        context = _context(link, form)
        return _show(request, context, GONE if link.is_spent else UNPROCESSABLE)
    return _show(request, {**_context(link, form), "is_done": True, "done": _done(event)}, OK)


def _is_over(link: Link) -> bool:
    return link.purpose != SEE and link.is_spent


def _context(link: Link, form: MoveForm) -> dict[str, Any]:
    row = link.introduction
    return {
        "link": link,
        "row": row,
        "form": form,
        "is_over": _is_over(link),
        "is_author": link.side == "author",
        "other": receiver_name(row) if link.side == "author" else row.from_organization.name,
        "title": row.listing.title if row.listing else "",
        "last": row.events.exclude(note="").order_by("made_at", "pk").last(),
        "reasons": IntroductionDecline.choices,
    }


def _done(event: Event) -> str:
    return {
        Event.ACCEPT: _("Aceptó. Cuando ambos compartan sus datos, le llegan por correo."),
        Event.ASK_INFO: _("Enviamos su pregunta."),
        Event.DECLINE: _("Gracias por responder. Le avisamos a quien pidió."),
        Event.CONSENT: _("Listo: cada parte recibe los datos de la otra por correo."),
        Event.GIVE_INFO: _("Enviamos su respuesta."),
    }[event]


def _show(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    response = render(request, "matching/introductions/answer.html", context, status=status)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
