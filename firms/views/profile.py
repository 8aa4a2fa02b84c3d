"""Keeping the profile, one section at a time."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms import policies
from firms.catalog import organization_page_rows
from firms.completeness import completeness
from firms.forms.leadership import LeadershipForm, leadership_values
from firms.forms.ownership import OwnershipLinkForm
from firms.forms.sections import SectionForm, section_named, sections_for
from firms.forms.sections.told import told
from firms.forms.visibility import VisibilityForm
from firms.models import FieldGroup, Organization
from firms.services.profile import (
    CannotLinkOrganizations,
    CannotSaveProfile,
    StaleEdit,
    confirm_ownership_link,
    remove_ownership_link,
    save_section,
    say_ownership_link,
    set_field_visibility,
    tell_leadership,
    withdraw_leadership,
)
from firms.shown import record
from firms.telling import told_by
from firms.views.answers import person, see_other, status_of
from firms.words import why_tell

EDIT = "firms:organization-edit"
OWNERSHIP = "ownership"


def editable(request: HttpRequest, public_id: UUID) -> Organization:
    """Return an organization that the reader edits; any other one does not exist."""
    rows = policies.editable_organizations(request.user)
    today = timezone.now().date()
    return get_object_or_404(organization_page_rows(rows, today), public_id=public_id)


def administered(request: HttpRequest, public_id: UUID) -> Organization:
    """Return an organization that the reader administers; any other one does not exist."""
    organization = editable(request, public_id)
    if not policies.can_administer(request.user, organization):
        raise Http404
    return organization


@require_safe
def organization_edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show how complete the profile is, what to tell next and why, and its sections."""
    organization = editable(request, public_id)
    seen = policies.visible_fields(request.user, organization)
    score = completeness(organization.kind, told_by(organization))
    lacking: dict[str, int] = {}
    for item in score.missing:
        lacking[item.section] = lacking.get(item.section, 0) + 1
    sections = [
        (section, lacking.get(section.slug, 0))
        for section in sections_for(organization)
        if section.parts_for(seen)
    ]
    context = {
        "organization": organization,
        "score": score,
        "next_best": why_tell(score.next_best) if score.next_best else None,
        "sections": sections,
        "can_administer": FieldGroup.LEADERSHIP in seen,
    }
    return render(request, "firms/profile/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def section_edit(request: HttpRequest, public_id: UUID, slug: str) -> HttpResponse:
    """Keep one section; what a colleague saved meanwhile is told, and nothing typed is lost."""
    organization = editable(request, public_id)
    seen = policies.visible_fields(request.user, organization)
    section = section_named(slug, organization)
    if section is None or not section.parts_for(seen):
        raise Http404
    form = SectionForm(section, organization, seen, *_sent(request))
    if form.is_valid() and _save(request, form):
        messages.success(request, _("Cambios guardados."))
        return see_other(EDIT, public_id)
    context: dict[str, Any] = {"organization": organization, "section": section, "form": form}
    context["stored"] = told(SectionForm(section, organization, seen)) if form.is_stale else []
    context["links"] = _links(request, organization) if slug == OWNERSHIP else None
    return render(request, "firms/profile/section.html", context, status=status_of(form))


def _sent(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if _sends(request) else ()


def _sends(request: HttpRequest) -> bool:
    return request.method == "POST"


def _save(request: HttpRequest, form: SectionForm) -> bool:
    """Save a section; say what keeps it from being saved."""
    try:
        save_section(
            by=person(request),
            organization=form.organization,
            changes=form.changes(),
            seen=form.seen,
            today=timezone.now().date(),
        )
    except StaleEdit:
        form.is_stale = True
    except CannotSaveProfile as error:
        form.errors = error.messages
    return not form.is_stale and not form.errors


def _links(
    request: HttpRequest, organization: Organization, form: OwnershipLinkForm | None = None
) -> dict[str, Any]:
    """Return what is said of the group, and the form for saying more."""
    visible = policies.visible_organizations(request.user)
    return {
        "rows": policies.ownership_links_of(request.user, organization),
        "form": form or OwnershipLinkForm(organization=organization, visible=visible),
    }


@require_POST
def ownership_link_say(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that the organization owns a part of another, or is owned in part by it."""
    organization = administered(request, public_id)
    visible = policies.visible_organizations(request.user)
    form = OwnershipLinkForm(request.POST, organization=organization, visible=visible)
    if form.is_valid():
        try:
            say_ownership_link(
                by=person(request),
                organization=organization,
                content=form.content(),
                today=timezone.now().date(),
            )
        except CannotLinkOrganizations as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Vínculo guardado. Se lo mostramos a la otra parte."))
            return see_other("firms:section-edit", public_id, OWNERSHIP)
    section = section_named(OWNERSHIP, organization)
    if section is None:
        raise Http404
    seen = policies.visible_fields(request.user, organization)
    context = {
        "organization": organization,
        "section": section,
        "form": SectionForm(section, organization, seen),
        "stored": [],
        "links": _links(request, organization, form),
    }
    return render(request, "firms/profile/section.html", context, status=status_of(form))


@require_POST
def ownership_link_answer(
    request: HttpRequest, public_id: UUID, link_id: UUID, answer: str
) -> HttpResponse:
    """Say the same as the other end, or undo the link."""
    organization = administered(request, public_id)
    links = policies.ownership_links_of(request.user, organization)
    link = get_object_or_404(links, public_id=link_id)
    by = person(request)
    if answer == "confirm":
        today = timezone.now().date()
        confirm_ownership_link(by=by, organization=organization, link=link, today=today)
        messages.success(request, _("Vínculo confirmado."))
    else:
        remove_ownership_link(by=by, organization=organization, link=link)
        messages.success(request, _("Vínculo quitado."))
    return see_other("firms:section-edit", public_id, OWNERSHIP)


@require_http_methods(["GET", "HEAD", "POST"])
def leadership_edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Tell who leads the organization, under its own consent."""
    organization = administered(request, public_id)
    stored = record(organization, "leadership")
    form = LeadershipForm(
        request.POST if _sends(request) else None, initial=leadership_values(stored)
    )
    if form.is_valid():
        tell_leadership(
            by=person(request), organization=organization, values=form.values(), now=timezone.now()
        )
        messages.success(request, _("Guardado. Lo ven solo quienes administran la organización."))
        return see_other(EDIT, public_id)
    context = {"organization": organization, "form": form, "stored": stored}
    return render(request, "firms/profile/leadership.html", context, status=status_of(form))


@require_POST
def leadership_withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Withdraw the consent: what was told is deleted."""
    organization = administered(request, public_id)
    withdraw_leadership(by=person(request), organization=organization)
    messages.success(request, _("Borramos lo que se dijo de quienes la dirigen."))
    return see_other(EDIT, public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def visibility_edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Decide who sees the organization and each part of its profile."""
    organization = administered(request, public_id)
    sections = frozenset(section.slug for section in sections_for(organization))
    sent = request.POST if _sends(request) else None
    form = VisibilityForm(sent, organization=organization, sections=sections)
    if form.is_valid():
        set_field_visibility(
            by=person(request),
            organization=organization,
            visibility=form.cleaned_data["visibility"],
            levels=form.levels(),
        )
        messages.success(request, _("Cambios guardados."))
        return see_other(EDIT, public_id)
    context = {"organization": organization, "form": form}
    return render(request, "firms/profile/visibility.html", context, status=status_of(form))
