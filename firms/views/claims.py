"""Saying that an organization is ours, or asking for its record to be removed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.files import serve_file
from firms import policies
from firms.domains import masked
from firms.forms.claims import ClaimForm, CodeForm, VouchForm
from firms.models import Claim, ClaimPurpose, ClaimStatus, Organization
from firms.services.claims import claiming, codes
from firms.services.claims.ladder import ladder_of
from firms.services.claims.proofs import proofs_for
from firms.services.claims.settling import CannotClaim
from firms.views.answers import OK, UNPROCESSABLE, person, see_other

REFUSED = {
    "state": gettext_lazy("Este pedido ya cambió de estado. Mírelo de nuevo."),
    "inactive": gettext_lazy("La organización no está activa."),
    "removal": gettext_lazy("Solo se quitan así los registros que nadie administra todavía."),
    "verified": gettext_lazy("Ya la administra y está verificada: no hace falta nada más."),
    "open": gettext_lazy("Ya tiene un pedido abierto para esta organización."),
    "many": gettext_lazy("Tiene demasiados pedidos. Termine o retire alguno, o espere a mañana."),
    "rate": gettext_lazy("Ya se enviaron varios códigos. Espere una hora o use otra prueba."),
    "code": gettext_lazy("Ese no es el código. Revíselo; son pocos intentos."),
    "expired": gettext_lazy("El código venció o se usó. Pida otro."),
    "vouch": gettext_lazy("Solo quien administra la entidad puede confirmarlo."),
}
OTHER_PROOF = gettext_lazy("Esa prueba no sirve para esta organización. Elija otra.")


@require_http_methods(["GET", "HEAD", "POST"])
def claim_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the proofs that are open, or how one's own claim stands; begin a claim."""
    rows = policies.claimable_organizations(request.user).select_related("country")
    organization = get_object_or_404(rows, public_id=public_id)
    purpose = _purpose(request, organization)
    proofs = proofs_for(organization, by=person(request), purpose=purpose)
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ClaimForm(*data, proofs=proofs, purpose=purpose)
    if form.is_valid() and _started(request, organization, form):
        return see_other("firms:claim", public_id)
    return _page(request, organization, form, purpose)


def _purpose(request: HttpRequest, organization: Organization) -> ClaimPurpose:
    """Return what is asked for; removal is offered for records that nobody administers."""
    asked = request.POST.get("purpose") or request.GET.get("purpose")
    removable = organization.verification == "listed"
    return ClaimPurpose.REMOVAL if asked == "removal" and removable else ClaimPurpose.OURS


def _page(
    request: HttpRequest, organization: Organization, form: ClaimForm, purpose: ClaimPurpose
) -> HttpResponse:
    now = timezone.now()
    claim = policies.own_claims(request.user, organization).first()
    is_waiting = claim is not None and (
        claim.status == ClaimStatus.REVIEW
        or (claim.status == ClaimStatus.OPEN and claim.expires_at > now)
    )
    context: dict[str, Any] = {
        "organization": organization,
        "ladder": ladder_of(organization),
        "form": form,
        "purpose": purpose,
        "claim": claim,
        "is_waiting": is_waiting,
        "code_form": CodeForm(),
        "masked": masked(form.proofs.role_email),
        "sent_to": masked(claim.email) if claim else "",
        "is_member": policies.role_in(request.user, organization) is not None,
        "is_administrator": policies.can_administer(request.user, organization),
    }
    status = UNPROCESSABLE if form.is_bound else OK
    return render(request, "firms/claims/claim.html", context, status=status)


def _started(request: HttpRequest, organization: Organization, form: ClaimForm) -> bool:
    try:
        claim = claiming.start_claim(
            by=person(request),
            organization=organization,
            content=form.content(),
            now=timezone.now(),
        )
    except CannotClaim as error:
        form.add_error(None, str(REFUSED.get(error.reason, OTHER_PROOF)))
        return False
    messages.success(request, _said(claim))
    return True


def _said(claim: Claim) -> str:
    said = {
        ClaimStatus.OPEN: _("Pedido enviado. Siga los pasos de esta página."),
        ClaimStatus.REVIEW: _("Recibido. El equipo lo revisará y le escribirá."),
        ClaimStatus.ACCEPTED: _("Listo. Ya administra la organización."),
    }
    return said[ClaimStatus(claim.status)]


@require_POST
def claim_code(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Try the code of the mail; without one, send another."""
    claim = get_object_or_404(policies.own_claims(request.user), public_id=public_id)
    form = CodeForm(request.POST)
    try:
        if "again" in request.POST:
            codes.send_code(claim=claim, now=timezone.now())
            messages.success(request, _("Le enviamos otro código. El anterior ya no sirve."))
        elif form.is_valid():
            who, digits = person(request), form.digits()
            claim = codes.confirm_code(by=who, claim=claim, code=digits, now=timezone.now())
            messages.success(request, _said(claim))
        else:
            messages.error(request, str(form.errors["code"][0]))
    except CannotClaim as error:
        messages.error(request, str(REFUSED.get(error.reason, OTHER_PROOF)))
    return _back(claim)


def _back(claim: Claim) -> HttpResponse:
    """Lead to the organization once the claim is decided, else to its page."""
    if claim.purpose == ClaimPurpose.REMOVAL and claim.status == ClaimStatus.REVIEW:
        return see_other("registry:home")  # its page may be hidden by now
    page = "firms:organization" if claim.status == ClaimStatus.ACCEPTED else "firms:claim"
    return see_other(page, claim.organization.public_id)


@require_POST
def claim_withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a claim back."""
    claim = get_object_or_404(policies.own_claims(request.user), public_id=public_id)
    try:
        claiming.withdraw_claim(by=person(request), claim=claim)
    except CannotClaim as error:
        messages.error(request, str(REFUSED[error.reason]))
    else:
        messages.success(request, _("Pedido retirado."))
    return see_other("firms:claim", claim.organization.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def claim_vouch(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show who asks for the word of one's organization; give it or not."""
    claim = get_object_or_404(policies.claims_to_vouch(request.user), public_id=public_id)
    form = VouchForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"claim": claim, "form": form}
        status = UNPROCESSABLE if form.is_bound else OK
        return render(request, "firms/claims/vouch.html", context, status=status)
    vouched = form.cleaned_data["answer"] == "yes"
    now = timezone.now()
    try:
        claiming.answer_vouching(by=person(request), claim=claim, vouched=vouched, now=now)
    except CannotClaim as error:
        messages.error(request, str(REFUSED[error.reason]))
    else:
        messages.success(request, _("Gracias. Ya le avisamos a quien lo pidió."))
    return see_other("firms:organization", claim.organization.public_id)


@require_safe
def claim_document(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hand out the document of a claim to the claimant and to the team."""
    rows = policies.claims_with_documents(request.user)
    claim = get_object_or_404(rows, public_id=public_id)
    try:
        return serve_file(claim.document_key, name=f"documento-{claim.public_id}")
    except FileNotFoundError as error:
        raise Http404 from error
