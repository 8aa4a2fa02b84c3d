"""Registering an organization, step by step; what is answered is kept at each step."""

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clusters.pickers import SearchableForm
from firms import policies
from firms.forms.wizard.place import PlaceStep
from firms.forms.wizard.steps import IdentityStep, as_content
from firms.forms.wizard.whole import (
    IDENTITY,
    KIND,
    MATCHES,
    REVIEW,
    STEPS,
    Registration,
    answers_in,
)
from firms.identifiers import TAX_SCHEMES
from firms.models import RegistrationDraft
from firms.services.organizations import CannotRegister
from firms.services.wizard import drafts, finishing
from firms.services.wizard.matches import Existing, existing_organizations
from firms.views.answers import OK, UNPROCESSABLE, person, see_other, status_of
from firms.views.wizard_words import HEADS, facts_of

STEP = "firms:registration-step"
NO_CONTENT = 204
REGION = re.compile(r"\b[a-z]{2}-([A-Z]{2})\b")


@require_http_methods(["GET", "HEAD", "POST"])
def registration_start(request: HttpRequest) -> HttpResponse:
    """Ask for country, number and name; right answers begin a draft."""
    form: SearchableForm
    if request.method != "POST":
        form = IdentityStep(initial={"country": _country_of(request)})
    else:
        form = IdentityStep(request.POST)
        if form.is_valid():
            answers = answers_in(request.POST)
            try:
                draft = drafts.start_draft(
                    by=person(request),
                    step=IDENTITY,
                    answers=answers,
                    title=form.cleaned_data["legal_name"],
                )
            except drafts.CannotStartDraft:
                form.add_error(
                    None,
                    _("Tiene demasiados registros sin terminar. Termine o descarte uno, y siga."),
                )
            else:
                return _after(request, draft, IDENTITY)
    open_drafts = policies.own_drafts(request.user).open()
    context = _shown(form, IDENTITY) | {"open_drafts": open_drafts}
    return render(request, "firms/wizard/step.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def registration_step(request: HttpRequest, public_id: UUID, step: str) -> HttpResponse:
    """Show one step with what was answered, or keep its answers and go on."""
    if step not in STEPS or step == REVIEW:
        raise Http404
    draft = _own(request, public_id)
    registration = _registration(draft)
    if draft.finished_at:
        return _left(request, draft)
    first_open = registration.first_open
    if STEPS.index(step) > STEPS.index(first_open):
        return see_other(STEP, public_id, first_open)
    if request.method == "POST":
        return _keep(request, draft, registration, step)
    return _page(request, draft, registration.form(step), step)


def _keep(
    request: HttpRequest, draft: RegistrationDraft, registration: Registration, step: str
) -> HttpResponse:
    """Keep what was sent, right or wrong; go where the button says if that is possible."""
    form = registration.form(step, request.POST)
    intent = request.POST.get("intent", "next")
    is_right = form.is_valid()
    answers = answers_in(request.POST)
    whole = Registration({**draft.answers, step: answers})
    reached = _next(step) if is_right and intent == "next" else step
    try:
        draft = drafts.save_step(
            draft=draft, step=step, answers=answers, reached=reached, title=whole.title
        )
    except drafts.CannotChangeDraft:
        return _left(request, draft)
    if intent == "autosave":
        return HttpResponse(status=NO_CONTENT)
    if intent == "exit":
        messages.success(request, _("Guardado. Siga cuando quiera, desde cualquier equipo."))
        return see_other("firms:mine")
    if intent == "back" and step != IDENTITY:
        return see_other(STEP, draft.public_id, STEPS[STEPS.index(step) - 1])
    if is_right:
        return _after(request, draft, step)
    return _page(request, draft, form, step)


def _page(
    request: HttpRequest, draft: RegistrationDraft, form: SearchableForm, step: str
) -> HttpResponse:
    context = _shown(form, step) | {"draft": draft, "center": ""}
    if isinstance(form, PlaceStep) and form.country.center:
        context["center"] = "{:.4f},{:.4f}".format(*form.country.center.coords)
    status = status_of(form) if request.method == "POST" else OK
    return render(request, "firms/wizard/step.html", context, status=status)


def _after(request: HttpRequest, draft: RegistrationDraft, step: str) -> HttpResponse:
    """Lead on; after the first step, by who is there already, if somebody is."""
    if step == IDENTITY and _existing(request, _registration(draft), draft):
        return see_other("firms:registration-matches", draft.public_id)
    following = _next(step)
    if following == REVIEW:
        return see_other("firms:registration-review", draft.public_id)
    return see_other(STEP, draft.public_id, following)


@require_http_methods(["GET", "HEAD", "POST"])
def registration_matches(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show organizations that may be this one; to say that none is leads on."""
    draft = _own(request, public_id)
    if draft.finished_at:
        return _left(request, draft)
    registration = _registration(draft)
    if not registration.is_done(IDENTITY):
        return see_other(STEP, public_id, IDENTITY)
    found = _existing(request, registration, draft)
    if request.method == "POST":
        known = draft.answers.get(MATCHES, {}).get("declined", [])
        declined = [*known, *(str(each.organization.public_id) for each in found)]
        drafts.save_step(
            draft=draft,
            step=MATCHES,
            answers={"declined": declined[-drafts.MAX_VALUES :]},
            reached=KIND,
            title=registration.title,
        )
        return see_other(STEP, public_id, KIND)
    context = {"draft": draft, "found": found, "progress": _progress(IDENTITY)}
    return render(request, "firms/wizard/matches.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def registration_review(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show all answers; the button makes the organization, once."""
    draft = _own(request, public_id)
    if draft.finished_at:
        return _left(request, draft)
    registration = _registration(draft)
    if (first_open := registration.first_open) != REVIEW:
        return see_other(STEP, public_id, first_open)
    context: dict[str, Any] = {"draft": draft, "progress": _progress(REVIEW)}
    status = 200
    if request.method == "POST":
        try:
            finishing.finish_draft(
                by=person(request),
                draft=draft,
                content=registration.content(),
                now=timezone.now(),
            )
        except CannotRegister:
            context["refusal"] = _(
                "No podemos registrar estos datos: están en la lista de bloqueo. Quedó guardado: "
                "revíselos, o escríbanos si es un error."
            )
            status = UNPROCESSABLE
        except finishing.TooManyRegistered:
            context["refusal"] = _(
                "Hoy ya registró varias organizaciones. Quedó guardada: termine mañana, o pida "
                "que verifiquen una de las suyas."
            )
            status = UNPROCESSABLE
        else:
            return see_other("firms:registration-done", public_id)
    context |= {"facts": facts_of(registration), "found": _existing(request, registration, draft)}
    return render(request, "firms/wizard/review.html", context, status=status)


@require_safe
def registration_done(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say what came of it, and what to do next with it."""
    rows = policies.own_drafts(request.user).exclude(organization=None)
    draft = get_object_or_404(rows.select_related("organization"), public_id=public_id)
    organization = draft.organization
    reviews = policies.own_number_reviews(request.user).filter(organization=organization)
    context = {
        "organization": organization,
        "waits": reviews.first(),
        "number": organization and organization.identifiers.first(),
        "activities": organization
        and organization.activity_records.select_related("classification"),
    }
    return render(request, "firms/wizard/done.html", context)


@require_POST
def registration_discard(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Forget a registration that was begun."""
    draft = _own(request, public_id)
    try:
        drafts.discard_draft(draft=draft)
    except drafts.CannotChangeDraft:
        return _left(request, draft)
    messages.success(request, _("Registro descartado."))
    return see_other("firms:mine")


def _own(request: HttpRequest, public_id: UUID) -> RegistrationDraft:
    return get_object_or_404(policies.own_drafts(request.user), public_id=public_id)


def _left(request: HttpRequest, draft: RegistrationDraft) -> HttpResponse:
    """Lead away from a registration that was finished, here or in another window."""
    done = policies.own_drafts(request.user).filter(pk=draft.pk).exclude(organization=None)
    if done.exists():
        return see_other("firms:registration-done", draft.public_id)
    return see_other("firms:mine")


def _registration(draft: RegistrationDraft) -> Registration:
    return Registration(draft.answers, page_language=get_language() or "es")


def _existing(
    request: HttpRequest, registration: Registration, draft: RegistrationDraft
) -> list[Existing]:
    """Return who may be meant, but for those that this person said are not theirs."""
    country, number = registration.country, registration.number
    if country is None:
        return []
    known_place = registration.first_open == REVIEW
    trade_name = registration.given("profile").get("trade_name", "") if known_place else ""
    found = existing_organizations(
        by=person(request),
        names=[name for name in (registration.title, trade_name) if name],
        country_id=country.pk,
        number=as_content(number) if number else None,
        point=registration.place().point if known_place else None,
    )
    declined = draft.answers.get(MATCHES, {}).get("declined", [])
    return [each for each in found if str(each.organization.public_id) not in declined]


def _next(step: str) -> str:
    return STEPS[STEPS.index(step) + 1]


def _shown(form: SearchableForm, step: str) -> dict[str, Any]:
    return {"form": form, "step": step, "progress": _progress(step), "head": HEADS[step]}


def _progress(step: str) -> dict[str, Any]:
    number = STEPS.index(step) + 1
    return {"number": number, "total": len(STEPS), "names": [HEADS[s].name for s in STEPS]}


def _country_of(request: HttpRequest) -> str:
    """Return the country that the browser names, if its numbers are known here."""
    region = REGION.search(request.headers.get("Accept-Language", ""))
    return region.group(1) if region and region.group(1) in TAX_SCHEMES else ""
