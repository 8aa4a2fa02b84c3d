"""Which programs an organization can apply for, and its answers to their questions."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from common.htmx import render_page
from firms.models import Organization
from firms.policies import can_administer, organizations_of, role_in, visible_fields
from programs import policies
from programs.filters import CallFilter
from programs.phrases.blockers import blocker_label
from programs.phrases.lines import Reader
from programs.services.board import Board, Column, Group, programs_board
from programs.services.declarations import CannotDeclare, declare
from programs.views.answers import back_to, person
from programs.views.lists import active_count
from programs.views.shown import shown_card

STEP = 6
MOST = 120
RESULTS_ID = "program-groups"
ANSWERS = {"yes": True, "no": False, "clear": None}


@login_not_required
@require_safe
def organization_programs(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the calls in three groups: can apply now, could if, not for this organization.

    htmx asks for the groups when a filter changes; another page's panel gets a summary of them.
    """
    organization = policies.judged_organizations(request.user).filter(public_id=public_id).first()
    if organization is None:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise Http404
    now = timezone.now()
    rows = policies.visible_calls(request.user).live_on(now)
    filters = CallFilter(_without_state(request), rows, request=request)
    is_valid = filters.form.is_valid()
    calls = filters.qs if is_valid else rows.none()
    board = programs_board(
        organization=organization,
        seen=visible_fields(request.user, organization),
        calls=calls,
        shown=_shown(request),
        now=now,
    )
    is_panel = request.headers.get("HX-Target") != RESULTS_ID
    response = render_page(
        request,
        "programs/for_organization.html",
        {"filters": filters, "active": active_count(filters.form)}
        | _context(request, organization, board, now),
        partial="panel" if is_panel else "groups",
        status=200 if is_valid else 400,
    )
    patch_vary_headers(response, ["HX-Target"])
    return response


def _context(
    request: HttpRequest, organization: Organization, board: Board, now: dt.datetime
) -> dict[str, Any]:
    reader = Reader(
        organization,
        policies.can_declare_for(request.user, organization),
        may_administer=can_administer(request.user, organization),
    )
    return {
        "organization": organization,
        "is_member": role_in(request.user, organization) is not None,
        "columns": [
            {
                "group": column.group.value,
                "total": column.total,
                "cards": [shown_card(card, board.labels, reader, now) for card in column.cards],
                "more": _more(request, column),
            }
            for column in board.columns
        ],
        "total": board.total,
        "blockers": [(blocker_label(code), count) for code, count in board.blockers],
        "here": request.get_full_path(),
        "full": False,
    }


def _without_state(request: HttpRequest) -> Any:
    """Return the query without a state: these are always the calls that are or will be open."""
    data = request.GET.copy()
    data.pop("state", None)
    return data


def _shown(request: HttpRequest) -> dict[Group, int]:
    """Return how many calls of each group to show; nonsense counts as the first few."""
    wanted = {group: request.GET.get(group.value, "") for group in Group}
    return {
        group: max(STEP, min(int(text), MOST)) if text.isascii() and text.isdigit() else STEP
        for group, text in wanted.items()
    }


def _more(request: HttpRequest, column: Column) -> str:
    """Return the address that shows the next few of a group, or nothing."""
    length = len(column.cards)
    if length >= min(column.total, MOST):
        return ""
    name = column.group.value
    pairs = [(key, each) for key, values in request.GET.lists() for each in values if key != name]
    return "?" + urlencode([*pairs, (name, length + STEP)])


@require_POST
def declaration(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep an organization's answer to a question of programs."""
    organization = get_object_or_404(organizations_of(request.user), public_id=public_id)
    answer = request.POST.get("answer", "")
    if not policies.can_declare_for(request.user, organization) or answer not in ANSWERS:
        raise Http404
    try:
        declare(
            by=person(request),
            organization=organization,
            question=request.POST.get("question", ""),
            holds=ANSWERS[answer],
            today=timezone.now().date(),
        )
    except CannotDeclare as error:
        raise Http404 from error
    return back_to(request, "programs:for-organization", organization.public_id)
