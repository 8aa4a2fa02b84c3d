"""The history of an organization, and of one offer or need of it."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from common.history.reading import acts, read_page
from common.history.telling import tell
from common.htmx import render_page
from common.models import Change
from firms import policies
from firms.authors import Authors, name_of
from firms.models import Organization

# Columns that go without saying on a page of one organization, offer or need.
SILENT = frozenset({"organization_id", "program_id", "normalized", "offer_id", "need_id"}) | {
    f"{profile}_id"
    for profile in ("agencyprofile", "associationprofile", "servicearea", "marketprofile")
}
PARTS = {
    "profile": (_("Datos de la organización"), ("firms_organization",)),
    "identifiers": (_("Identificadores"), ("firms_identifier",)),
    "sites": (_("Sedes y alcance"), ("firms_site", "firms_servicearea", "firms_servicearea_units")),
    "activities": (_("Actividades"), ("firms_organizationactivity",)),
    "certificates": (_("Certificados y registros"), ("firms_certificate", "firms_registration")),
    "people": (_("Personas y contactos"), ("firms_membership", "firms_contact")),
    "clusters": (_("Clústeres"), ("firms_affiliation",)),
    "offers": (
        _("Ofertas"),
        ("firms_offer", "firms_offer_classifications", "firms_offer_reach_units"),
    ),
    "needs": (
        _("Necesidades"),
        (
            "firms_need",
            "firms_need_classifications",
            "firms_need_reach_units",
            "firms_need_required_certificates",
        ),
    ),
}


@require_safe
def organization_history(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show what changed of an organization, who did it and when."""
    readable = policies.organizations_with_history(request.user)
    organization = get_object_or_404(readable, public_id=public_id)
    chosen = request.GET.get("part", "")
    changes = policies.changes_of_organization(request.user, organization)
    if chosen in PARTS:
        changes = changes.filter(part__in=PARTS[chosen][1])
    context = {
        "name": organization.name,
        "back": reverse("firms:organization", args=[public_id]),
        "parts": [(key, label, key == chosen) for key, (label, _tables) in PARTS.items()],
        "chosen": chosen if chosen in PARTS else "",
        **history_context(request, changes, organization),
    }
    return render_page(request, "components/history_page.html", context, partial="history")


@require_safe
def listing_history(request: HttpRequest, kind: str, public_id: UUID) -> HttpResponse:
    """Show what changed of an offer or a need."""
    visible = policies.visible_offers if kind == "offer" else policies.visible_needs
    readable = policies.organizations_with_history(request.user)
    rows = visible(request.user).filter(organization__in=readable.values("pk"))
    listing = get_object_or_404(rows.select_related("organization"), public_id=public_id)
    context = {
        "name": listing.title,
        "back": reverse(f"firms:{kind}", args=[public_id]),
        **history_context(request, policies.changes_of_listing(listing), listing.organization),
    }
    return render_page(request, "components/history_page.html", context, partial="history")


def history_context(
    request: HttpRequest, changes: QuerySet[Change], organization: Organization | None
) -> dict[str, Any]:
    """Read one page of changes in words, put together by act."""
    page = read_page(changes, before=request.GET.get("before", ""))
    authors = Authors(request.user, organization, page.changes)
    told = {row.change.pk: row for row in tell(page.changes, silent=SILENT, name_of=name_of)}
    query = request.GET.copy()
    query["before"] = page.older.isoformat() if page.older else ""
    return {
        "acts": [
            {"at": rows[0].at, "who": authors.of(rows[0]), "rows": [told[row.pk] for row in rows]}
            for rows in acts(page.changes)
        ],
        "older": f"?{query.urlencode()}" if page.older else "",
        "is_first": "before" not in request.GET,
    }
