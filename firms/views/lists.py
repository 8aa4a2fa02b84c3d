"""The directory and the lists of offers and needs."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.htmx import render_page
from firms.catalog import directory_rows, listing_rows
from firms.filters import NeedFilter, OfferFilter, OrganizationFilter, choose_among
from firms.policies import visible_needs, visible_offers, visible_organizations

PAGE_SIZE = 20


@login_not_required
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """List organizations, with filters."""
    visible = visible_organizations(request.user).active()
    rows = directory_rows(visible.fresh_on(timezone.now().date()))
    filters = OrganizationFilter(request.GET, rows, request=request)
    return _list(request, "firms/directory.html", filters)


@login_not_required
@require_safe
def needs(request: HttpRequest) -> HttpResponse:
    """List open needs, with filters."""
    rows = listing_rows(visible_needs(request.user).open_on(timezone.now().date()))
    return _list(request, "firms/needs.html", NeedFilter(request.GET, rows, request=request))


@login_not_required
@require_safe
def offers(request: HttpRequest) -> HttpResponse:
    """List open offers, with filters."""
    rows = listing_rows(visible_offers(request.user).open_on(timezone.now().date()))
    return _list(request, "firms/offers.html", OfferFilter(request.GET, rows, request=request))


def _list(request: HttpRequest, template: str, filters: Any) -> HttpResponse:
    is_valid = filters.is_valid()
    rows = filters.qs if is_valid else filters.queryset.none()
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    choose_among(filters.form, request.GET.get("country", ""))
    context = {"filters": filters, "page": page, "today": timezone.now().date()}
    status = 200 if is_valid else 400
    return render_page(request, template, context, partial="results", status=status)
