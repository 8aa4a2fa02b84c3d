"""What an organization got from programs: a part of its page."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from common.htmx import render_page
from firms.policies import visible_organizations
from programs.policies import visible_awards

SHOWN = 20


@login_not_required
@require_safe
def awards_of(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """List what an organization got, and who says so."""
    organization = get_object_or_404(visible_organizations(request.user), public_id=public_id)
    rows = visible_awards(request.user).filter(organization=organization)
    context = {
        "organization": organization,
        "awards": rows.select_related("program__agency").order_by("-year", "-pk")[:SHOWN],
    }
    return render_page(request, "programs/awards.html", context, partial="awards")
