"""Logos: sending one, taking it away, and the images themselves."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.files import FileRefused
from firms import policies
from firms.forms.logos import LOGO_REFUSED, LogoForm
from firms.models import Organization, Visibility
from firms.services.logos import FORMATS, SIZES, read_logo, remove_logo, set_logo
from firms.views.answers import person, see_other

YEAR = 31_536_000


@require_http_methods(["GET", "HEAD", "POST"])
def logo_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the logo and take a new one."""
    editable = policies.editable_organizations(request.user)
    organization = get_object_or_404(editable, public_id=public_id)
    first = {"alt": organization.logo_alt}
    is_sent = request.method == "POST"
    form = LogoForm(
        request.POST if is_sent else None, request.FILES if is_sent else None, initial=first
    )
    if form.is_valid() and _kept(request, organization, form):
        messages.success(request, _("Logo guardado."))
        return see_other("firms:organization", public_id)
    context = {"organization": organization, "form": form}
    return render(request, "firms/logo/page.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, organization: Organization, form: LogoForm) -> bool:
    """Keep the logo, or say on the form why not."""
    sent = form.cleaned_data["image"]
    try:
        set_logo(
            by=person(request),
            organization=organization,
            file=sent,
            name=sent.name,
            alt=form.cleaned_data["alt"],
        )
    except FileRefused as error:
        form.add_error("image", LOGO_REFUSED[error.reason])
        return False
    return True


@require_POST
def logo_remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take the logo away."""
    editable = policies.editable_organizations(request.user)
    organization = get_object_or_404(editable, public_id=public_id)
    remove_logo(by=person(request), organization=organization)
    messages.success(request, _("Quitamos el logo."))
    return see_other("firms:organization", public_id)


@login_not_required
@require_safe
def logo_image(request: HttpRequest, key: str, size: int, ending: str) -> HttpResponse:
    """Answer with an image; its name changes with it, so that browsers may keep it for a year."""
    visible = policies.visible_organizations(request.user).only("pk", "visibility")
    organization = get_object_or_404(visible, logo=key) if key else None
    if organization is None or size not in SIZES or ending not in FORMATS:
        raise Http404
    try:
        response = HttpResponse(
            read_logo(key, size=size, ending=ending), content_type=FORMATS[ending]
        )
    except FileNotFoundError as error:
        raise Http404 from error
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if organization.visibility == Visibility.PUBLIC:
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    return response
