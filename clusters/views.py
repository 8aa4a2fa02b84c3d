"""Pages of clusters, and of the reference lists that forms search."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from clusters.filters import ClusterFilter
from clusters.maps import feature_collection
from clusters.models import Scheme
from clusters.pickers import (
    FIELD_NAME,
    MAX_CHOSEN,
    MAX_QUERY,
    Picked,
    city_options,
    classification_options,
    query_name,
)
from clusters.policies import visible_clusters
from common.htmx import render_page

PAGE_SIZE = 24


@login_not_required
@require_safe
def cluster_list(request: HttpRequest) -> HttpResponse:
    """List the clusters, beside a map of them."""
    rows = visible_clusters(request.user).select_related("country").defer("territory")
    filters = ClusterFilter(request.GET, rows, request=request)
    is_valid = filters.is_valid()
    found = filters.qs if is_valid else rows.none()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"filters": filters, "page": page}
    status = 200 if is_valid else 400
    return render_page(request, "clusters/list.html", context, partial="results", status=status)


@login_not_required
@require_safe
def cluster_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a cluster: its territory, sectors, chain, and panels of its members."""
    rows = visible_clusters(request.user).select_related("country").defer("territory")
    rows = rows.prefetch_related("admin_units", "sectors", "stages")
    return render(request, "clusters/detail.html", {"cluster": get_object_or_404(rows, slug=slug)})


@login_not_required
@require_safe
def cluster_map(request: HttpRequest) -> HttpResponse:
    """Return the visible clusters, or the one asked for, as GeoJSON."""
    rows = visible_clusters(request.user)
    slug = request.GET.get("slug")
    return JsonResponse(feature_collection(rows.filter(slug=slug) if slug else rows))


@login_not_required
@require_safe
def classifications(request: HttpRequest) -> HttpResponse:
    """Search activities and products; as a fragment, the options of a picker."""
    asked = request.GET.get("schemes", "").split(",")
    schemes = [code for code in asked if code in Scheme.values] or list(Scheme)
    name, picked = _asked(request, "classifications")
    context = classification_options(name, picked, schemes)
    return _options(request, "clusters/classifications.html", context)


@login_not_required
@require_safe
def cities(request: HttpRequest) -> HttpResponse:
    """Search cities; as a fragment, the options of a picker."""
    near = request.GET.get("near") or request.GET.get("country", "")
    context = city_options(*_asked(request, "city"), near=near[:2])
    return _options(request, "clusters/cities.html", context)


def _asked(request: HttpRequest, default_name: str) -> tuple[str, Picked]:
    """Read the field that asks, the boxes ticked in it, and the words typed."""
    name = request.GET.get("name", default_name)
    if not FIELD_NAME.fullmatch(name):
        raise BadRequest("name")
    keys = tuple(request.GET.getlist(name))[: MAX_CHOSEN + 1]
    return name, Picked(keys, request.GET.get(query_name(name), "")[:MAX_QUERY])


def _options(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render_page(request, template, context, partial="options")
