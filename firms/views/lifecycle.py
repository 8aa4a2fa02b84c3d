"""Confirming a record, and pausing, closing, continuing and reopening an organization."""

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.stepup import step_up
from clusters.pickers import LOOK
from firms.forms.lifecycle import ClosingForm
from firms.models import ClosingReason, Organization
from firms.policies import editable_organizations, visible_organizations
from firms.policies.lifecycle import answerable_successions, movable_organizations
from firms.services.lifecycle import freshness, moves
from firms.services.lifecycle.settling import SETTLE_DAYS, ending_of, settles_on
from firms.views.answers import OK, UNPROCESSABLE, person, see_other

UNDO = dt.timedelta(days=SETTLE_DAYS)
SIMPLE = {
    "pause": moves.pause_organization,
    "resume": moves.resume_organization,
    "reopen": moves.reopen_organization,
}


@require_http_methods(["GET", "HEAD", "POST"])
@step_up
def lifecycle_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show what can be done with an organization, and do it."""
    organization = get_object_or_404(movable_organizations(request.user), public_id=public_id)
    move = request.POST.get("move", "") if request.method == "POST" else ""
    is_closing = move == "close" or LOOK in request.POST
    others = visible_organizations(request.user).exclude(pk=organization.pk)
    form = ClosingForm(others, request.POST if is_closing else None)
    if request.method != "POST" or form.is_looking:
        return _page(request, organization, form, OK)
    if is_closing and not form.is_valid():
        return _page(request, organization, form, UNPROCESSABLE)
    if not is_closing and move not in SIMPLE:
        return _page(request, organization, form, UNPROCESSABLE)
    try:
        _do(request, organization, move, form)
    except moves.CannotMove:
        messages.error(
            request,
            _("No se puede: revise la fecha y si gestiona un clúster; el cambio quizá ya se hizo."),
        )
        return _page(request, organization, form, UNPROCESSABLE)
    messages.success(request, _("Listo. El cambio quedó anotado."))
    return see_other("firms:lifecycle", public_id)


def _do(request: HttpRequest, organization: Organization, move: str, form: ClosingForm) -> None:
    who, now = person(request), timezone.now()
    if move != "close":
        SIMPLE[move](organization, by=who, now=now)
        return
    said = form.cleaned_data
    closing = moves.Closing(ClosingReason(said["reason"]), said["on"], said["successor"])
    moves.close_organization(organization, by=who, closing=closing, now=now)


def _page(
    request: HttpRequest, organization: Organization, form: ClosingForm, status: int
) -> HttpResponse:
    turns = organization.lifecycle_moves.select_related("successor", "made_by")
    waiting = answerable_successions(request.user).filter(successor=organization)
    closing = moves.last_closing(organization, since=timezone.now() - UNDO)
    context = {
        "ending": ending_of(organization),
        "closing": closing,
        "settles_on": settles_on(closing) if closing else None,
        "undo_days": SETTLE_DAYS,
        "organization": organization,
        "form": form,
        "turns": turns.order_by("-made_at", "-pk")[:20],
        "waiting": waiting,
    }
    return render(request, "firms/lifecycle/page.html", context, status=status)


@require_POST
def succession_answer(request: HttpRequest, public_id: UUID, answer: str) -> HttpResponse:
    """Say whether one's organization continues a closed one."""
    if answer not in {"accept", "refuse"}:
        raise Http404
    move = get_object_or_404(answerable_successions(request.user), public_id=public_id)
    successor = move.successor
    moves.answer_succession(
        move, by=person(request), accepts=answer == "accept", now=timezone.now()
    )
    messages.success(request, _("Respuesta anotada."))
    return see_other("firms:organization", successor.public_id if successor else public_id)


@require_POST
def organization_confirm(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that the record is still right."""
    organization = get_object_or_404(editable_organizations(request.user), public_id=public_id)
    try:
        freshness.confirm_organization(
            organization, by=person(request), today=timezone.now().date()
        )
    except freshness.CannotConfirm:
        messages.error(request, _("Una organización cerrada no se confirma."))
    else:
        messages.success(request, _("Gracias. La ficha queda confirmada por un año."))
    return see_other("firms:organization", public_id)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def reconfirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show which record a letter's link confirms; the button confirms it, and nothing else."""
    try:
        organization, who = freshness.find_confirmation(token)
        if request.method == "POST":
            freshness.confirm_organization(organization, by=who, today=timezone.now().date())
    except freshness.CannotConfirm:
        return render(request, "firms/lifecycle/reconfirm.html", {"organization": None}, status=404)
    context = {"organization": organization, "is_done": request.method == "POST"}
    return render(request, "firms/lifecycle/reconfirm.html", context)
