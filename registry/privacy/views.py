"""The pages of privacy: how data is treated, what is held about the reader, and the way out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import SignedInRequest
from accounts.stepup import ask_again, step_up
from common import formats
from common.files import serve_file
from firms.services.contacts import fingerprint, forget_contact, read_removal_link
from registry.privacy import journal
from registry.privacy.closing import CannotCloseAccount, close_account, open_closing, undo_closing
from registry.privacy.copying import CannotCopyData, ask_for_copy
from registry.privacy.inventory import INVENTORY

SEE_OTHER = 303


@login_not_required
@require_safe
def text(request: HttpRequest) -> HttpResponse:
    """Say how personal data is treated."""
    return render(request, "registry/privacy/text.html")


@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """Show what is held about the reader and why, their copies, and how to close the account."""
    return _mine(request)


def _mine(request: SignedInRequest, status: int = 200, **more: Any) -> HttpResponse:
    person, now = request.user, timezone.now()
    counted = [(held, held.rows(person).count()) for held in INVENTORY]
    copies = person.data_exports.order_by("-asked_at")[:5]
    context = {
        "held": [(held, count) for held, count in counted if count],
        "copies": [(copy, copy.is_open_at(now)) for copy in copies],
        "closing": open_closing(person),
        **more,
    }
    return render(request, "registry/privacy/mine.html", context, status=status)


@require_POST
@step_up
def copy_ask(request: SignedInRequest) -> HttpResponse:
    """Ask for a copy of one's data."""
    try:
        ask_for_copy(by=request.user, now=timezone.now())
    except CannotCopyData:
        messages.info(request, _("Ya estamos preparando una copia."))
    else:
        messages.success(request, _("Estamos preparando su copia. Aparecerá aquí en un momento."))
    return _back()


@require_safe
def copy_fetch(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Hand over a copy, for a day, to the person it is of and after proof that it is they."""
    copy = get_object_or_404(request.user.data_exports, public_id=public_id)
    if not copy.is_open_at(timezone.now()):
        raise Http404
    ask_again(request)
    return serve_file(copy.file_key, name=f"racimo-{copy.asked_at:%Y-%m-%d}")


@require_POST
@step_up
def close(request: SignedInRequest) -> HttpResponse:
    """Begin to close one's account."""
    try:
        closing = close_account(by=request.user, now=timezone.now())
    except CannotCloseAccount as error:
        if error.organizations:
            return _mine(request, 422, orphaned=error.organizations)
        return _back()
    logout(request)
    said = _("Cerramos su sesión. Su cuenta se borrará el %(day)s; para deshacerlo, entre antes.")
    messages.success(request, said % {"day": formats.day(closing.due_on)})
    return HttpResponseRedirect(reverse("registry:home"), status=SEE_OTHER)


@require_POST
def close_undo(request: SignedInRequest) -> HttpResponse:
    """Keep the account after all."""
    if undo_closing(by=request.user, now=timezone.now()):
        messages.success(request, _("Su cuenta sigue abierta."))
    return _back()


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact_removal(request: HttpRequest, token: str) -> HttpResponse:
    """Let somebody who was imported as a contact take themselves off, for good."""
    contact = read_removal_link(token)
    if request.method != "POST" or contact is None:
        return render(
            request, "registry/privacy/removal.html", {"contact": contact, "is_done": False}
        )
    now, digest = timezone.now(), fingerprint(contact.mailbox)
    entry = {"kind": "contact", "id": str(contact.public_id), "at": now.isoformat()}
    with transaction.atomic():
        journal.note(**entry, digest=digest)
        forget_contact(public_id=contact.public_id, digest=digest, now=now)
    return render(request, "registry/privacy/removal.html", {"contact": None, "is_done": True})


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("privacy:mine"), status=SEE_OTHER)
