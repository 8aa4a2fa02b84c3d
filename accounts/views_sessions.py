"""Where a person is signed in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.services.sessions import end_session, end_sessions, list_sessions


@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: SignedInRequest) -> HttpResponse:
    """List the browsers one is signed in with; the button ends all others."""
    current = request.session.session_key
    if request.method == "POST":
        ended = end_sessions(user=request.user, keep=current)
        text = ngettext("Cerramos %(n)d sesión.", "Cerramos %(n)d sesiones.", ended) % {"n": ended}
        messages.success(request, text if ended else _("No había otras sesiones abiertas."))
        return _back()
    found = list_sessions(user=request.user, current=current, now=timezone.now())
    return render(request, "accounts/sessions.html", {"sessions": found})


@require_POST
def session_end(request: SignedInRequest, reference: str) -> HttpResponse:
    """End one of them."""
    if end_session(user=request.user, reference=reference):
        messages.success(request, _("Sesión cerrada."))
    else:
        messages.info(request, _("Esa sesión ya estaba cerrada."))
    return _back()


def _back() -> HttpResponse:
    response = redirect("accounts:sessions")
    response.status_code = 303
    return response
