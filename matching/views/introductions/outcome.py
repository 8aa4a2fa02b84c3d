"""Saying what came of an introduction, from a letter or from the page."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from firms.views.answers import OK, UNPROCESSABLE, person, see_other
from matching.forms.introductions import OutcomeForm
from matching.introductions.outcomes import Kind
from matching.introductions.states import Actor
from matching.models import Introduction
from matching.policies.introductions import sides_of, visible_introductions
from matching.services.introductions.links import Link
from matching.services.introductions.outcomes import (
    Asked,
    CannotReport,
    Report,
    question_open,
    report_outcome,
    said_by_other,
)

TEMPLATE = "matching/introductions/outcome.html"


def outcome_from_letter(request: HttpRequest, link: Link) -> HttpResponse:
    """Ask what came of it, with what the letter's button said already chosen."""
    form = _form(request)
    asked = Asked(link.side, link.day, link.person)
    if form.is_bound and _kept(link.introduction, form, asked):
        return _show(request, link.introduction, asked, form, is_done=True)
    return _show(request, link.introduction, asked, form)


@require_http_methods(["GET", "HEAD", "POST"])
def introduction_outcome(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask what came of it, of who takes part in it."""
    row = get_object_or_404(visible_introductions(request.user), public_id=public_id)
    sides = [s for s in (Actor.AUTHOR, Actor.RECEIVER) if s in sides_of(request.user, row)]
    day = question_open(row, today=timezone.localdate())
    if not sides or day is None:
        raise Http404
    form, asked = _form(request), Asked(sides[0], day, person(request))
    if form.is_bound and _kept(row, form, asked):
        messages.success(request, _("Gracias. Quedó anotado."))
        return see_other("matching:introduction", public_id)
    return _show(request, row, asked, form)


def _form(request: HttpRequest) -> OutcomeForm:
    if request.method == "POST":
        return OutcomeForm(request.POST)
    return OutcomeForm(initial={"kind": request.GET.get("kind", "")})


def _kept(row: Introduction, form: OutcomeForm, asked: Asked) -> bool:
    if not form.is_valid():
        return False
    given: dict[str, Any] = {**form.cleaned_data, "kind": Kind(form.cleaned_data["kind"])}
    try:
        report_outcome(row, said=Report(**given), asked=asked, now=timezone.now())
    except CannotReport as error:
        form.add_error(None, str(error))
        return False
    return True


def _show(
    request: HttpRequest,
    row: Introduction,
    asked: Asked,
    form: forms.Form,
    *,
    is_done: bool = False,
) -> HttpResponse:
    context = {
        "row": row,
        "other": row.to_organization if asked.side == Actor.AUTHOR else row.from_organization,
        "said": said_by_other(row, side=asked.side),
        "form": form,
        "is_done": is_done,
        "day": asked.day,
    }
    response = render(request, TEMPLATE, context, status=UNPROCESSABLE if form.errors else OK)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
