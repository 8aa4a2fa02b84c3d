"""Registering an organization, and its page."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.models import Language
from firms import policies
from firms.catalog import organization_page_rows
from firms.completeness import completeness
from firms.freshness import Freshness, freshness_of
from firms.identifiers import is_personal, mask, name_of
from firms.linked_data import linked_data
from firms.models import Identifier, Organization, OrganizationKind, Verification
from firms.policies.duplicates import heir_of
from firms.policies.lifecycle import told_closing, told_successor
from firms.services.claims.ladder import ladder_of
from firms.shown import ShownProfile, record, shown_profile
from firms.sizes import size_rule_name
from firms.telling import told_by
from firms.words import why_tell

SHOWN = 6
GONE = 410


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
    profile = shown_profile(organization, policies.visible_fields(request.user, organization))
    own = {"organization": organization}
    # what is anonymous is not found by the name of who wrote it, not even by its own people
    offers = policies.visible_offers(request.user).open_on(today).signed().filter(**own)
    needs = policies.visible_needs(request.user).open_on(today).signed().filter(**own)
    context = {
        "facts": linked_data(organization),
        "organization": organization,
        "profile": profile,
        **_profile_words(profile),
        **_meter(organization, may_edit=role in policies.EDITING_ROLES),
        "identifiers": _identifiers(organization, is_member=role is not None),
        "offers": offers.order_by("-published_at", "-pk")[:SHOWN],
        "needs": needs.order_by("-published_at", "-pk")[:SHOWN],
        "contacts": policies.visible_contacts(request.user).filter(**own).order_by("role", "pk"),
        "ladder": ladder_of(organization),
        "latest_support": record(organization, "beneficiary"),
        "is_member": role is not None,
        "can_edit": role in policies.EDITING_ROLES,
        "drafts": _drafts(request, organization)
        if policies.edits_with(request.user, organization, role)
        else [],
        "freshness": _freshness(organization, today),
        "today": today,
    }
    return render(request, "firms/organization.html", context)


def _freshness(organization: Organization, today: dt.date) -> Freshness | None:
    """Return how old what its own people said is; a source's record shows its source's date."""
    if organization.verification == Verification.LISTED or organization.last_confirmed_on is None:
        return None
    return freshness_of(organization.last_confirmed_on, today)


def _moved(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Lead on from the address of a record that was united with another, or that has closed."""
    heir = heir_of(request.user, public_id)
    if heir is not None:
        return HttpResponsePermanentRedirect(resolve_url("firms:organization", heir.public_id))
    closing = told_closing(request.user, public_id)
    if closing is None:
        raise Http404
    context = {"closing": closing, "successor": told_successor(request.user, closing)}
    return render(request, "firms/lifecycle/closed.html", context, status=GONE)


def _profile_words(profile: ShownProfile) -> dict[str, Any]:
    """Return the names of codes that the profile keeps."""
    names = dict(Language.choices)
    declared = profile.size_declaration
    return {
        "language_names": [names.get(code, code) for code in profile.languages],
        "size_rule": size_rule_name(declared.rule) if declared else "",
    }


def _meter(organization: Organization, *, may_edit: bool) -> dict[str, Any]:
    """Return how complete the profile is, for its editors while something is missing."""
    if not may_edit:
        return {"score": None, "next_best": None}
    score = completeness(organization.kind, told_by(organization))
    best = score.next_best
    return {"score": score if best else None, "next_best": why_tell(best) if best else None}


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
    """Return what its editors have begun, paused, or published without the name."""
    waits = Q(status__in=("draft", "in_check", "returned", "on_hold"))
    waits |= Q(status="published", is_anonymous=True)
    kinds = (("need", policies.editable_needs), ("offer", policies.editable_offers))
    return [
        (name, row)
        for name, rows in kinds
        for row in rows(request.user)
        .filter(waits, organization=organization)
        .order_by("-updated_at", "-pk")[:SHOWN]
    ]
