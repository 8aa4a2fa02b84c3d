"""Registering an organization, its page, and its profile."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from firms import policies
from firms.catalog import organization_page_rows
from firms.forms.profile import Profile
from firms.identifiers import is_personal, mask, name_of
from firms.models import Identifier, Organization, OrganizationKind
from firms.policies.duplicates import heir_of
from firms.services.claims.ladder import ladder_of
from firms.services.organizations import update_organization
from firms.views.answers import person, see_other, status_of

SHOWN = 6


@login_not_required
@require_safe
def organization_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show what an organization does, where, offers, needs and holds today."""
    today = timezone.now().date()
    visible = policies.visible_organizations(request.user)
    organization = organization_page_rows(visible, today).filter(public_id=public_id).first()
    if organization is None:
        return _moved(request, public_id)
    role = policies.role_in(request.user, organization)
    own = {"organization": organization}
    offers = policies.visible_offers(request.user).open_on(today).filter(**own)
    needs = policies.visible_needs(request.user).open_on(today).filter(**own)
    context = {
        "organization": organization,
        "identifiers": _identifiers(organization, is_member=role is not None),
        "offers": offers.order_by("-published_at", "-pk")[:SHOWN],
        "needs": needs.order_by("-published_at", "-pk")[:SHOWN],
        "ladder": ladder_of(organization),
        "is_member": role is not None,
        "can_edit": role in policies.EDITING_ROLES,
        "drafts": _drafts(request, organization)
        if policies.edits_with(request.user, organization, role)
        else [],
        "today": today,
    }
    return render(request, "firms/organization.html", context)


def _moved(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Lead from the address of a record that was united with another to that one."""
    heir = heir_of(request.user, public_id)
    if heir is None:
        raise Http404
    return HttpResponsePermanentRedirect(resolve_url("firms:organization", heir.public_id))


def _identifiers(
    organization: Organization, *, is_member: bool
) -> list[tuple[Identifier, str, str]]:
    """Return numbers as this reader may see them: a natural person's is masked to others."""
    return [
        (
            row,
            name_of(row.scheme),
            mask(row.value) if not is_member and _is_private(organization, row) else row.value,
        )
        for row in organization.identifiers.all()
    ]


def _is_private(organization: Organization, row: Identifier) -> bool:
    is_trader = organization.kind == OrganizationKind.SOLE_TRADER
    return is_trader or is_personal(row.scheme, row.normalized)


def _drafts(request: HttpRequest, organization: Organization) -> list[tuple[str, Any]]:
    """Return what its editors have begun or paused."""
    states = ("draft", "on_hold")
    kinds = (("need", policies.editable_needs), ("offer", policies.editable_offers))
    return [
        (name, row)
        for name, rows in kinds
        for row in rows(request.user)
        .filter(organization=organization, status__in=states)
        .order_by("-updated_at", "-pk")[:SHOWN]
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def organization_edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep the profile, its sites and its certificates."""
    today = timezone.now().date()
    editable = policies.editable_organizations(request.user)
    organization = get_object_or_404(organization_page_rows(editable, today), public_id=public_id)
    profile = Profile(organization, request.POST if request.method == "POST" else None)
    if profile.is_valid():
        update_organization(
            by=person(request), organization=organization, content=profile.content(), today=today
        )
        messages.success(request, _("Cambios guardados."))
        return see_other("firms:organization", public_id)
    context = {"organization": organization, "profile": profile}
    return render(request, "firms/organization_edit.html", context, status=status_of(profile))
