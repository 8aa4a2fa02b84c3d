"""Home: one box that answers, and what is going on."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clusters.maps import feature_collection
from firms.policies import visible_needs
from registry.landscape import calls_closing_soon, clusters_by_size

SHOWN = 4


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Show the box "What do you need?", the needs that wait, and the calls that close soon."""
    now, today = timezone.now(), timezone.localdate()
    needs = visible_needs(request.user).open_on(today).order_by("-published_at", "-pk")
    context = {
        "needs": needs.select_related("organization")[:SHOWN],
        "calls": calls_closing_soon(request.user, now=now)[:SHOWN],
        "clusters": clusters_by_size(request.user).defer("territory")[:SHOWN],
    }
    return render(request, "registry/home.html", context)


@require_safe
@login_not_required
def home_map(request: HttpRequest) -> JsonResponse:
    """Answer the clusters as GeoJSON, each with how many organizations it stands for."""
    return JsonResponse(feature_collection(clusters_by_size(request.user)))
