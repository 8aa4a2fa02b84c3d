"""Settings and logs of what is served: fair orders, capacity, waves, impressions."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from firms.policies import can_edit, managed_clusters, visible_needs
from firms.policies.people import administered_organizations
from matching.forms_serving import CapacityForm, FairnessForm, shown_offers
from matching.models import ClusterFairness, MatchCapacity
from matching.services.fair.impressions import record_impressions
from matching.services.fair.settings import set_capacity, set_fairness
from matching.services.fair.waves import CannotWidenError, widen


@require_http_methods(["GET", "HEAD", "POST"])
def fairness(request: HttpRequest, slug: str) -> HttpResponse:
    """Show and keep how firmly a cluster keeps small and medium firms visible."""
    cluster = get_object_or_404(managed_clusters(request.user), slug=slug)
    kept = getattr(cluster, "fairness", None) or ClusterFairness(cluster=cluster)
    form = FairnessForm(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        set_fairness(cluster=cluster, **form.cleaned_data)
        messages.success(request, _("Guardado. Vale desde la próxima búsqueda."))
        return _see(reverse("matching:fairness", args=[slug]))
    context = {"cluster": cluster, "form": form}
    return render(request, "matching/fairness.html", context, status=_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
def capacity(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show and keep how many invitations an organization takes at once."""
    own = administered_organizations(request.user)
    organization = get_object_or_404(own, public_id=public_id)
    kept = getattr(organization, "match_capacity", None) or MatchCapacity(organization=organization)
    form = CapacityForm(request.POST or None, instance=kept, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        set_capacity(organization=organization, **form.cleaned_data)
        messages.success(request, _("Guardado."))
        return _see(reverse("matching:capacity", args=[public_id]))
    context = {"organization": organization, "form": form}
    return render(request, "matching/capacity.html", context, status=_status(request))


@login_not_required
@require_POST
def served(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep what a page showed; or, when its author asks, invite more organizations."""
    need = get_object_or_404(
        visible_needs(request.user).select_related("organization"), public_id=public_id
    )
    if "widen" not in request.POST:
        shown = shown_offers(request.POST.getlist("offer"))
        record_impressions(need, offers=shown, actor=request.user, today=timezone.localdate())
        return HttpResponse(status=204)
    if not can_edit(request.user, need.organization):
        raise Http404
    try:
        invited = widen(need, now=timezone.now())
    except CannotWidenError:
        messages.info(request, _("Ya invitamos a todas las que hoy pueden responder."))
    else:
        text = _("Invitamos a más organizaciones: %(count)s.") % {"count": len(invited)}
        messages.success(request, text)
    return _see(reverse("matching:for-need", args=[need.public_id]))


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200


def _see(address: str) -> HttpResponseRedirect:
    response = redirect(address)
    response.status_code = 303
    return response
