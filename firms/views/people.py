"""People of an organization: who is in it, inviting, joining, roles, leaving."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.stepup import ask_again
from common.htmx import render_page
from firms import policies
from firms.forms.people import InvitationForm, RoleForm
from firms.models import Organization, Role
from firms.services import people
from firms.services.reviews import last_review
from firms.views.acting import SPEAKS_FOR
from firms.views.answers import OK, UNPROCESSABLE, person, see_other


@require_http_methods(["GET", "HEAD", "POST"])
def people_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show who is in the organization; an editor invites from here."""
    organization = _own(request, public_id)
    if request.method != "POST":
        return _page(request, organization, InvitationForm())
    form = InvitationForm(request.POST)
    if form.is_valid() and form.cleaned_data["role"] == Role.ADMINISTRATOR:
        ask_again(request)
    if form.is_valid() and _invited(request, organization, form):
        return see_other("firms:people", public_id)
    return _page(request, organization, form, status=UNPROCESSABLE)


def _own(request: HttpRequest, public_id: UUID) -> Organization:
    return get_object_or_404(policies.organizations_of(request.user), public_id=public_id)


def _invited(request: HttpRequest, organization: Organization, form: InvitationForm) -> bool:
    """Invite, or say on the form why not."""
    given = form.cleaned_data
    try:
        people.invite_colleague(
            by=person(request),
            organization=organization,
            email=given["email"],
            role=Role(given["role"]),
            now=timezone.now(),
        )
    except people.CannotInvite:
        form.add_error(
            None,
            _(
                "No se puede: la persona ya está, el rol es mayor que el suyo, "
                "o hay demasiadas invitaciones en espera."
            ),
        )
        return False
    said = _("Invitación enviada a %(email)s. Vence en siete días.")
    messages.success(request, said % {"email": given["email"]})
    return True


def _page(
    request: HttpRequest, organization: Organization, form: InvitationForm, status: int = OK
) -> HttpResponse:
    role = policies.role_in(request.user, organization)
    members = organization.memberships.select_related("user").order_by("user__name", "pk")
    context: dict[str, Any] = {
        "organization": organization,
        "form": form,
        "members": members,
        "roles": Role.choices,
        "can_invite": role in policies.EDITING_ROLES,
        "can_administer": role == Role.ADMINISTRATOR,
        "invitations": policies.open_invitations(request.user, organization, timezone.now()),
        "reviewed": last_review(organization),
    }
    return render(request, "firms/people.html", context, status=status)


@require_POST
def person_role(request: HttpRequest, public_id: UUID, person_id: UUID) -> HttpResponse:
    """Give somebody another role."""
    membership = get_object_or_404(
        policies.memberships_beside(request.user),
        organization__public_id=public_id,
        user__public_id=person_id,
    )
    form = RoleForm(request.POST)
    if form.is_valid() and Role.ADMINISTRATOR in (membership.role, form.cleaned_data["role"]):
        ask_again(request)
    try:
        if not form.is_valid():
            raise people.CannotChangePeople
        role = Role(form.cleaned_data["role"])
        people.change_role(by=person(request), membership=membership, role=role)
    except people.CannotChangePeople:
        messages.error(request, _refused())
    else:
        messages.success(request, _("Rol cambiado."))
    return see_other("firms:people", public_id)


@require_POST
def person_remove(request: HttpRequest, public_id: UUID, person_id: UUID) -> HttpResponse:
    """Take somebody out, or leave."""
    membership = get_object_or_404(
        policies.memberships_beside(request.user),
        organization__public_id=public_id,
        user__public_id=person_id,
    )
    leaves = membership.user_id == person(request).pk
    if membership.role == Role.ADMINISTRATOR:
        ask_again(request)
    try:
        people.remove_person(by=person(request), membership=membership)
    except people.CannotChangePeople:
        messages.error(request, _refused())
        return see_other("firms:people", public_id)
    if leaves:
        messages.success(request, _("Ya no está en la organización."))
        return see_other("firms:organization", public_id)
    messages.success(request, _("La persona ya no está en la organización."))
    return see_other("firms:people", public_id)


def _refused() -> str:
    return _("No se puede: siempre queda al menos una persona que administra, y solo ella cambia.")


@require_POST
def invitation_revoke(request: HttpRequest, public_id: UUID, invitation_id: UUID) -> HttpResponse:
    """Withdraw an invitation."""
    organization = _own(request, public_id)
    rows = policies.open_invitations(request.user, organization, timezone.now())
    invitation = get_object_or_404(rows, public_id=invitation_id)
    try:
        people.revoke_invitation(by=person(request), invitation=invitation, now=timezone.now())
    except people.CannotChangePeople:
        messages.error(request, _("Ya la aceptaron, o su rol no alcanza para retirarla."))
    else:
        messages.success(request, _("Invitación retirada."))
    return see_other("firms:people", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a link invites to; the button accepts it."""
    who, now = person(request), timezone.now()
    if request.method == "POST":
        try:
            membership = people.accept_invitation(by=who, token=token, now=now)
        except people.CannotAccept:
            return render(request, "firms/invitation.html", {"invitation": None}, status=404)
        messages.success(request, _("Bienvenida, bienvenido. Ya está en la organización."))
        return see_other("firms:organization", membership.organization.public_id)
    found = people.find_invitation(by=who, token=token, now=now)
    context = {"invitation": found}
    return render(request, "firms/invitation.html", context, status=OK if found else 404)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List the organizations of who reads, with the way out of each."""
    who = person(request)
    memberships = list(policies.own_memberships(who))
    asked = request.session.get(SPEAKS_FOR)
    chosen = [m.organization_id for m in memberships if str(m.organization.public_id) == asked]
    context = {
        "memberships": memberships,
        "speaks_for": chosen[0] if chosen else None,
        "open_drafts": policies.own_drafts(who).open(),
    }
    return render_page(request, "firms/mine.html", context, partial="mine")
