"""The file that proves a certificate, as a download."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from common.files import serve_file
from firms import policies


@login_not_required
@require_safe
def certificate_evidence(request: HttpRequest, public_id: UUID, name: str) -> HttpResponse:
    """Hand the file out to who may see it; for others it does not exist."""
    visible = policies.visible_organizations(request.user)
    organization = get_object_or_404(visible, public_id=public_id)
    rows = policies.visible_evidence(request.user, organization).select_related("standard")
    certificate = get_object_or_404(rows, evidence__startswith=f"private/certificates/{name}.")
    try:
        return serve_file(certificate.evidence, name=certificate.standard.code)
    except FileNotFoundError as error:
        raise Http404 from error
