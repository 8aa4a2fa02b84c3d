"""Files of a listing, and renewing it from a letter's link."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from common.files import FileRefused, serve_file
from firms.forms.claims import FILE_REFUSED
from firms.forms.listing_files import ListingFileForm
from firms.services import listing_clocks, listing_files
from firms.views.answers import person, see_other
from firms.views.listings import Kind

NOT_ATTACHED = {
    "many": gettext_lazy("Ya hay seis archivos. Quite alguno primero."),
    "settled": gettext_lazy("Su estado no permite cambiar los archivos."),
    "telling": gettext_lazy(
        "En una publicación anónima solo van imágenes cuyo nombre no diga quién es usted."
    ),
}


@require_POST
def listing_files_page(request: HttpRequest, public_id: UUID, kind: Kind) -> HttpResponse:
    """Add a file to a listing."""
    listing = get_object_or_404(kind.editable(request.user), public_id=public_id)
    form = ListingFileForm(request.POST, request.FILES)
    if form.is_valid():
        messages.add_message(request, *_attach(request, listing, form.cleaned_data["file"]))
    else:
        messages.error(request, _("Elija un archivo y vuelva a enviarlo."))
    return see_other(f"firms:{kind.name}", public_id)


def _attach(request: HttpRequest, listing: Any, file: Any) -> tuple[int, str]:
    """Keep a file; return how it went."""
    try:
        listing_files.attach_file(by=person(request), listing=listing, file=file, name=file.name)
    except listing_files.CannotAttach as error:
        return messages.ERROR, str(NOT_ATTACHED[error.reason])
    except FileRefused as error:
        return messages.ERROR, str(FILE_REFUSED[error.reason])
    return messages.SUCCESS, _("Archivo agregado.")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def listing_file(request: HttpRequest, public_id: UUID, file_id: UUID, kind: Kind) -> HttpResponse:
    """Hand a file out to who sees the listing; its editors take it away by POST."""
    rows = kind.visible if request.method != "POST" else kind.editable
    listing = get_object_or_404(rows(request.user), public_id=public_id)
    file = get_object_or_404(listing.files, public_id=file_id)
    if request.method != "POST":
        try:
            return serve_file(file.key, name=file.name)
        except FileNotFoundError as error:
            raise Http404 from error
    try:
        listing_files.detach_file(by=person(request), listing=listing, file=file)
        messages.success(request, _("Archivo quitado."))
    except listing_files.CannotAttach as error:
        messages.error(request, str(NOT_ATTACHED[error.reason]))
    return see_other(f"firms:{kind.name}", public_id)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def listing_renew(request: HttpRequest, token: str) -> HttpResponse:
    """Show which listing a letter's link renews; the button renews it, and nothing else."""
    page = "firms/listings/renew.html"
    try:
        listing, _who = listing_clocks.find_renewal(token)
        if request.method == "POST":
            listing = listing_clocks.renew_by_link(token, today=timezone.now().date())
    except listing_clocks.CannotRenew:
        return render(request, page, {"listing": None}, status=404)
    return render(request, page, {"listing": listing, "is_done": request.method == "POST"})
