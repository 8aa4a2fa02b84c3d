"""The stored matches of a need, an offer and an organization, and what people say about them."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from common.htmx import render_page
from firms.models import Need
from firms.policies import (
    Actor,
    can_edit,
    organizations_of,
    visible_needs,
    visible_offers,
    visible_organizations,
)
from matching.forms import ResponseForm
from matching.models import DismissReason, MatchAnswer
from matching.services.answers import answer_match, mark_seen, withdraw_answer
from matching.services.reading import (
    matches_of_need,
    matches_of_offer,
    matches_of_organization,
)
from matching.services.remembered import remembered, with_memory
from matching.services.results import MatchedNeed
from matching.views.items import (
    gate_items,
    near_items,
    need_items,
    organization_items,
    relaxation_texts,
)

SHOWN = 20
NO_CONTENT = 204


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def for_need(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show who could serve a need, with reasons, one weakness each, and what the gates removed.

    A POST keeps which of them the need's person has seen, so that a new one can be told from them.
    """
    need = _need(request.user, public_id)
    if request.method == "POST":
        return _seen(request, need)
    today = timezone.localdate()
    found = matches_of_need(need, actor=request.user, today=today)
    found = with_memory(found, actor=request.user, today=today)
    items = organization_items(found.ranked, need=need, actor=request.user)
    context = {
        "need": need,
        "may_respond": can_edit(request.user, need.organization),
        "is_pending": found.is_pending,
        "items": [item for item in items if not item.is_dismissed],
        "dismissed": [item for item in items if item.is_dismissed],
        "served": found.served,
        "gates": gate_items(found.gates),
        "relaxations": relaxation_texts(found.gates),
        "has_seen": any(item.response for item in items),
        "near": near_items(found.near, actor=request.user),
        "dismiss_reasons": DismissReason.choices,
    }
    return render_page(request, "matching/for_need.html", context, partial="matches")


def _seen(request: HttpRequest, need: Need) -> HttpResponse:
    if not can_edit(request.user, need.organization):
        raise Http404
    today = timezone.localdate()
    found = matches_of_need(need, actor=request.user, today=today, with_gates=False)
    offers = [matched.ranked.best.offer for matched in found.ranked]
    mark_seen(need=need, offers=offers, by=_person(request))
    return HttpResponse(status=NO_CONTENT)


@require_safe
def for_offer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the open needs that an offer could serve, to the people of its organization."""
    own = visible_offers(request.user).filter(organization__in=organizations_of(request.user))
    offer = get_object_or_404(own.select_related("organization"), public_id=public_id)
    matched = matches_of_offer(offer, actor=request.user, today=timezone.localdate())
    context = {"offer": offer, "items": need_items(matched.needs, actor=request.user)}
    return render_page(request, "matching/for_offer.html", context, partial="needs")


@require_safe
def for_organization(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show an organization's people which open needs its offers could serve."""
    own = visible_organizations(request.user).filter(pk__in=organizations_of(request.user))
    organization = get_object_or_404(own, public_id=public_id)
    found = matches_of_organization(organization, actor=request.user, today=timezone.localdate())
    best: dict[int, MatchedNeed] = {}
    for each in sorted(
        (need for offer in found.of_offers for need in offer.needs),
        key=lambda matched: (-matched.ranked.score, matched.need.pk),
    ):
        best.setdefault(each.need.pk, each)
    context = {
        "organization": organization,
        "own_needs": found.of_needs,
        "items": need_items(list(best.values())[:SHOWN], actor=request.user),
    }
    return render_page(request, "matching/for_organization.html", context, partial="needs")


@require_POST
def respond(request: HttpRequest, need_id: UUID, offer_id: UUID) -> HttpResponse:
    """Save, dismiss or take back an answer, then show the need's matches again."""
    need = _need(request.user, need_id)
    offer = get_object_or_404(visible_offers(request.user), public_id=offer_id)
    form = ResponseForm(request.POST)
    if not form.is_valid():
        raise BadRequest("; ".join(str(e) for errors in form.errors.values() for e in errors))
    answer, by = form.cleaned_data["answer"], _person(request)
    if not can_edit(by, need.organization):
        raise Http404
    if answer:
        reason = form.cleaned_data["reason"]
        answer_match(by=by, need=need, offer=offer, answer=MatchAnswer(answer), reason=reason)
    else:
        withdraw_answer(by=by, need=need, offer=offer)
    if request.POST.get("back") == "memory":
        return HttpResponseRedirect(reverse("matching:memory"), status=303)
    return HttpResponseRedirect(reverse("matching:for-need", args=[need.public_id]), status=303)


@require_safe
def memory(request: HttpRequest) -> HttpResponse:
    """Show what a person saved and put aside, each to be taken back."""
    said = remembered(request.user)
    context = {
        "saved": [row for row in said if row.answer == MatchAnswer.SAVED],
        "met": [row for row in said if row.reason == DismissReason.KNOWN],
        "put_aside": [row for row in said if row.reason and row.reason != DismissReason.KNOWN],
    }
    return render_page(request, "matching/memory.html", context, partial="memory")


def _need(actor: Actor, public_id: UUID) -> Need:
    rows = visible_needs(actor).select_related("organization", "admin_unit")
    return get_object_or_404(rows, public_id=public_id)


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user
