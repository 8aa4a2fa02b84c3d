"""The pages of one program and of one call."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.htmx import render_page
from firms.models import Organization
from firms.policies import can_administer, organizations_of, visible_fields
from programs import policies
from programs.models import Call
from programs.phrases.calls import amount, when
from programs.phrases.lines import Reader, plain_lines
from programs.services.board import group_of, one_card
from programs.services.criteria import criteria_of, program_criteria
from programs.services.labels import read_labels
from programs.views.shown import shown_calls, shown_card

SHOWN_CALLS = 30
SHOWN_AWARDS = 10


@login_not_required
@require_safe
def program_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a program is for, what it asks of everybody, and its calls."""
    rows = policies.visible_programs(request.user).select_related("agency")
    program = get_object_or_404(rows.prefetch_related("territories"), slug=slug)
    now = timezone.now()
    criteria = program_criteria(program=program)
    labels = read_labels(parameters=[row.parameters for row in criteria])
    calls = policies.visible_calls(request.user).filter(program=program).select_related("program")
    live = list(calls.live_on(now).soonest_first())
    others = calls.exclude(pk__in=[call.pk for call in live]).order_by("-closes_at", "-pk")
    awards = policies.visible_awards(request.user).filter(program=program)
    context = {
        "program": program,
        "awards": awards.select_related("organization")[:SHOWN_AWARDS],
        "lines": plain_lines(criteria, labels),
        "live": shown_calls(live, now),
        "others": shown_calls(others[:SHOWN_CALLS], now),
        "can_edit": policies.editable_programs(request.user).filter(pk=program.pk).exists(),
    }
    return render(request, "programs/program.html", context)


@login_not_required
@require_safe
def call_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a call: when, how much, for whom; and whether the reader's organization qualifies."""
    rows = policies.visible_calls(request.user).select_related("program__agency")
    call = get_object_or_404(rows, public_id=public_id)
    now = timezone.now()
    criteria = criteria_of(calls=[call])[call.pk]
    labels = read_labels(parameters=[row.parameters for row in criteria])
    context = {
        "call": call,
        "when": when(call, now),
        "opens_on": call.opens_at.astimezone(call.zone).date() if call.opens_at else None,
        "amount": amount(call),
        "lines": plain_lines(criteria, labels),
        "can_edit": policies.editable_calls(request.user).filter(pk=call.pk).exists(),
        **_qualification(request, call),
    }
    return render_page(request, "programs/call.html", context, partial="qualification")


def _qualification(request: HttpRequest, call: Call) -> dict[str, Any]:
    """Judge the organization that the reader chose, or the first of theirs."""
    own = list(organizations_of(request.user).order_by("legal_name", "pk"))
    chosen = _chosen(own, request.GET.get("organization", ""))
    if chosen is None:
        return {"own": own, "chosen": None, "card": None, "group": ""}
    now = timezone.now()
    card, labels = one_card(
        organization=chosen, seen=visible_fields(request.user, chosen), call=call, now=now
    )
    reader = Reader(
        chosen,
        policies.can_declare_for(request.user, chosen),
        may_administer=can_administer(request.user, chosen),
    )
    group = group_of(standing=card.judgment.standing, is_open=card.is_open)
    shown = shown_card(card, labels, reader, now)
    return {"own": own, "chosen": chosen, "card": shown, "group": group.value}


def _chosen(own: list[Organization], wanted: str) -> Organization | None:
    return next((row for row in own if str(row.public_id) == wanted), own[0] if own else None)
