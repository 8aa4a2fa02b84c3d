"""The directory and the lists of offers and needs."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from clusters.pickers import FIELD_NAME, MAX_QUERY, Picked, query_name
from common.htmx import render_page
from firms.directory import Amount
from firms.filter_base import choose_among
from firms.found import Found, find, named
from firms.kinds import KINDS
from firms.models import Listed
from firms.paging import KeyPage
from firms.pickers import organization_options
from firms.policies import visible_organizations
from firms.views.searches import keeping

NIL = UUID(int=0)


@login_not_required
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """List organizations, with filters, beside a map."""
    map_of = {
        "tiles": tile_address(request),
        "item_page": reverse("firms:organization", args=[NIL]),
    }
    return _list(request, Listed.ORGANIZATIONS, "firms/directory.html", **map_of)


def tile_address(request: HttpRequest) -> str:
    """Return where the map's tiles stand: everyone's, or those of whoever is signed in."""
    name = "own-tile" if request.user.is_authenticated else "tile"
    path = reverse(f"firms:{name}", args=[0, 0, 0])
    return path.replace("/0/0/0.", "/{z}/{x}/{y}.")


@login_not_required
@require_safe
def needs(request: HttpRequest) -> HttpResponse:
    """List open needs, with filters."""
    return _list(request, Listed.NEEDS, "firms/needs.html")


@login_not_required
@require_safe
def offers(request: HttpRequest) -> HttpResponse:
    """List open offers, with filters."""
    return _list(request, Listed.OFFERS, "firms/offers.html")


def _list(request: HttpRequest, listed: Listed, template: str, **extra: str) -> HttpResponse:
    kind, now = KINDS[listed], timezone.now()
    filters = kind.narrow(request.GET, by=request.user, today=now.date())
    is_valid = filters.is_valid()
    found = find(kind, filters, request.GET) if is_valid else Found(KeyPage([]), Amount(0))
    choose_among(filters.form, request.GET.get("country", ""))
    context = {
        "filters": filters,
        "found": found,
        "kind": kind,
        "today": now.date(),
        "keep": keeping(request, listed, named(kind, found.chips), found.query),
        **extra,
    }
    status = 200 if is_valid else 400
    return render_page(request, template, context, partial="results", status=status)


@require_safe
def organizations_found(request: HttpRequest) -> HttpResponse:
    """Search organizations by name or number; as a fragment, the options of a picker."""
    name = request.GET.get("name", "organization")
    if not FIELD_NAME.fullmatch(name):
        raise BadRequest("name")
    typed = request.GET.get(query_name(name), "")[:MAX_QUERY]
    picked = Picked(tuple(request.GET.getlist(name)[:1]), typed)
    options = organization_options(name, picked, visible_organizations(request.user))
    return render_page(request, "firms/organizations_found.html", options, partial="options")
