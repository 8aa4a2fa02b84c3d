"""One introduction: its thread, its clock in words, and what this reader may do now."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common.files import serve_file
from common.htmx import render_page, wants_partial
from firms.policies import organizations_of
from firms.views.answers import OK, UNPROCESSABLE, person, see_other
from matching.forms.introductions import MessageForm, MoveForm, card_of
from matching.introductions.states import ENDED, SHARED, Actor, Event
from matching.models import Introduction, IntroductionDecline
from matching.policies.introductions import (
    may_know_receiver,
    sides_of,
    visible_introductions,
    visible_shared_contacts,
)
from matching.services.introductions.moving import CannotMove, Move, move_introduction, see_contact
from matching.services.introductions.outcomes import question_open
from matching.services.introductions.thread import Words, mark_read, version_of, write_message
from matching.views.introductions.words import (
    Line,
    buttons_for,
    clock_text,
    hint_for,
    may_do,
    side_for,
)

NOTHING_NEW = 204
MINUTE, HOUR = 60, 3_600
BY_PEOPLE = {e.value: e for e in Event if e not in {Event.NUDGE, Event.ESCALATE, Event.EXPIRE}}


@require_http_methods(["GET", "HEAD", "POST"])
def introduction(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show an introduction; POST does what the pressed button says."""
    row = get_object_or_404(visible_introductions(request.user), public_id=public_id)
    if request.method == "POST":
        return _act(request, row)
    if wants_partial(request) and request.GET.get("seen") == version_of(row):
        return HttpResponse(status=NOTHING_NEW)
    return _page(request, row, {})


def _act(request: HttpRequest, row: Introduction) -> HttpResponse:
    asked = request.POST.get("event", "")
    sides = sides_of(request.user, row)
    if asked == "read":
        return _read(request, row, sides)
    if not sides:
        raise Http404
    if asked == "contacts":
        return _contacts(request, row)
    if asked == "message":
        return _message(request, row, sides)
    event = BY_PEOPLE.get(asked)
    if event is None:
        raise Http404
    return _move(request, row, event, sides)


def _read(request: HttpRequest, row: Introduction, sides: frozenset[Actor]) -> HttpResponse:
    """Keep that it was read, and tell the author so when the receiver did for the first time."""
    who, now = person(request), timezone.now()
    if Actor.RECEIVER in sides and row.status == "sent":
        move_introduction(row, move=Move(Event.SEE, Actor.RECEIVER, by=who), now=now)
    mark_read(row, reader=who, now=now)
    if wants_partial(request):
        return HttpResponse(status=NOTHING_NEW)
    return see_other("matching:introduction", row.public_id)


def _contacts(request: HttpRequest, row: Introduction) -> HttpResponse:
    """Show both contacts, and keep who asked to see them."""
    cards = visible_shared_contacts(request.user, row)
    if not cards:
        raise Http404
    who = person(request)
    for card in cards:
        if card.person_id != who.pk:
            see_contact(card, viewer=who, now=timezone.now())
    response = _page(request, row, {"cards": cards})
    response["Cache-Control"] = "no-store"
    return response


def _message(request: HttpRequest, row: Introduction, sides: frozenset[Actor]) -> HttpResponse:
    form = MessageForm(request.POST, request.FILES)
    side = next(s for s in (Actor.AUTHOR, Actor.RECEIVER, Actor.BROKER, Actor.STAFF) if s in sides)
    if form.is_valid():
        sent = request.FILES.get("file")
        words = Words(form.cleaned_data["body"], form.cleaned_data["file"], _name(sent))
        try:
            write_message(row, words=words, by=person(request), side=side, now=timezone.now())
        except CannotMove as error:
            form.add_error(None, str(error))
        else:
            return see_other("matching:introduction", row.public_id)
    return _page(request, row, {"form": form}, UNPROCESSABLE)


def _name(sent: Any) -> str:
    return (sent.name or "")[:120] if sent else ""


def _move(
    request: HttpRequest, row: Introduction, event: Event, sides: frozenset[Actor]
) -> HttpResponse:
    form, who = MoveForm(request.POST), person(request)
    side = side_for(event, row, sides)
    if not form.is_valid() or side is None:
        return _page(request, row, {"move_form": form}, UNPROCESSABLE)
    given = form.cleaned_data
    shares = event in {Event.ACCEPT, Event.CONSENT}
    move = Move(
        event,
        side,
        by=who,
        turn=given["turn"],
        note=given["note"],
        reason=given["reason"],
        card=card_of(who, given["phone"]) if shares else None,
    )
    try:
        move_introduction(row, move=move, now=timezone.now())
    except CannotMove as error:
        form.add_error(None, str(error))
        return _page(request, row, {"move_form": form}, UNPROCESSABLE)
    messages.success(request, _("Listo."))
    return see_other("matching:introduction", row.public_id)


def _page(
    request: HttpRequest, row: Introduction, extra: dict[str, Any], status: int = OK
) -> HttpResponse:
    sides = sides_of(request.user, row)
    reads = organizations_of(request.user).filter(pk=row.to_organization_id).exists()
    knows = may_know_receiver(row, sides, reads=reads)
    receiver = row.to_organization.name if knows else _("Una organización sin nombre por ahora")
    lines = _lines(request, row, receiver)
    context = {
        "row": row,
        "sides": sides,
        "is_author": Actor.AUTHOR in sides,
        "is_receiver": Actor.RECEIVER in sides,
        "knows_receiver": knows,
        "receiver": receiver,
        "clock": clock_text(row, receiver, sides),
        "buttons": buttons_for(row, sides),
        "may": may_do(row, sides),
        "may_write": bool(sides) and row.status not in ENDED - {"agreed"},
        "may_see_contacts": row.status in SHARED and bool(sides & {Actor.AUTHOR, Actor.RECEIVER}),
        "hint": hint_for(row) if Actor.AUTHOR in sides else "",
        "reasons": IntroductionDecline.choices,
        "lines": lines,
        "version": version_of(row),
        "wait": _wait(lines),
        "form": MessageForm(),
        "move_form": MoveForm(),
        "email": person(request).email,
        "outcome_day": question_open(row, today=timezone.localdate())
        if row.status in SHARED
        else None,
        **extra,
    }
    return render_page(
        request, "matching/introductions/page.html", context, partial="now", status=status
    )


def _wait(lines: list[Line]) -> int:
    """Return how many seconds until the page asks again: the quieter it is, the longer."""
    if not lines:
        return HOUR
    age = (timezone.now() - lines[-1].at).total_seconds()
    return 10 if age < 10 * MINUTE else 30 if age < HOUR else 120


def _lines(request: HttpRequest, row: Introduction, receiver: str) -> list[Line]:
    names = {
        "author": row.from_organization.name,
        "receiver": receiver,
        "broker": _("Gestión del clúster"),
        "staff": _("Equipo de Racimo"),
        "clock": "Racimo",
    }
    me = request.user.pk
    events = [
        Line(e.made_at, names[e.side], e.get_event_display(), e.note, e.by_id == me)
        for e in row.events.exclude(event__in=("take_over", "transfer"))
    ]
    written = [
        Line(m.written_at, names[m.side], "", m.body, m.author_id == me, m.file_key, m.file_name)
        for m in row.messages.all()
    ]
    return sorted([*events, *written], key=lambda line: line.at)


@require_safe
def introduction_file(request: HttpRequest, public_id: UUID, name: str) -> HttpResponse:
    """Hand out a file of the thread to who takes part in it."""
    row = get_object_or_404(visible_introductions(request.user), public_id=public_id)
    message = get_object_or_404(row.messages, file_key__startswith=f"private/introductions/{name}.")
    try:
        return serve_file(message.file_key, name=message.file_name.rpartition(".")[0] or "archivo")
    except FileNotFoundError as error:
        raise Http404 from error
