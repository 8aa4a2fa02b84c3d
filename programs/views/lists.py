"""All programs and calls, for anybody."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.htmx import render_page
from programs import policies
from programs.filters import CLOSED, OPEN, CallFilter, ProgramFilter
from programs.views.shown import shown_calls

PAGE_SIZE = 20
CALLS, PROGRAMS = "calls", "programs"


@login_not_required
@require_safe
def program_list(request: HttpRequest) -> HttpResponse:
    """List calls (open ones unless asked otherwise) or programs, with filters."""
    view = PROGRAMS if request.GET.get("view") == PROGRAMS else CALLS
    context = _programs(request) if view == PROGRAMS else _calls(request)
    context |= {
        "view": view,
        "own_agencies": policies.agencies_of(request.user).exists(),
        "active": active_count(context["filters"].form),
    }
    status = 200 if context["filters"].form.is_valid() else 400
    return render_page(request, "programs/list.html", context, partial="results", status=status)


def _calls(request: HttpRequest) -> dict[str, Any]:
    now = timezone.now()
    data = with_default(request.GET, "state", OPEN)
    rows = policies.visible_calls(request.user).public().select_related("program__agency")
    filters = CallFilter(data, rows, request=request)
    found = filters.qs if filters.form.is_valid() else rows.none()
    is_past = data.get("state") == CLOSED
    ordered = found.order_by("-closes_at", "pk") if is_past else found.soonest_first()
    page = Paginator(ordered, PAGE_SIZE).get_page(request.GET.get("page"))
    return {
        "filters": filters,
        "page": page,
        "calls": shown_calls(page, now),
        "state": data["state"],
    }


def _programs(request: HttpRequest) -> dict[str, Any]:
    rows = policies.visible_programs(request.user).published().select_related("agency")
    filters = ProgramFilter(request.GET, rows, request=request)
    found = filters.qs if filters.form.is_valid() else rows.none()
    page = Paginator(found.order_by("label_es", "pk"), PAGE_SIZE)
    return {"filters": filters, "page": page.get_page(request.GET.get("page")), "state": ""}


def with_default(given: QueryDict, name: str, value: str) -> QueryDict:
    """Return the query with a value for a name that it leaves out or empty."""
    data = given.copy()
    if not data.get(name):
        data[name] = value
    return data


def active_count(form: Any) -> int:
    """Count the conditions that act, besides the words and the usual state."""
    values = getattr(form, "cleaned_data", {})
    return sum(bool(value) and value != OPEN for name, value in values.items() if name != "q")
