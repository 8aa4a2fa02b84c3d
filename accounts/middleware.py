"""Leads people whose work asks for a second factor to it, before anything else works."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.second_factor import has_second_factor, must_have_second_factor, proved_twice

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# What is needed to enroll, to prove, to leave, and to see where one is signed in.
OPEN = ("account_", "mfa_", "accounts:sessions", "accounts:session-end", "accounts:email-undo")
ALWAYS_OPEN = ("healthz", "readyz", "registry:manifest")


class SecondFactor:
    """Asks for the second factor before the rights of somebody who must have one work."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the request pass; `process_view` knows where it goes."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponseBase | None:
        """Lead to enrollment, or to the proof, when the person must and this browser has not."""
        if not settings.REQUIRE_SECOND_FACTOR or _is_open(request):
            return None
        user = request.user
        if not isinstance(user, User) or not user.is_authenticated:
            return None
        if proved_twice(request, user) or not must_have_second_factor(user):
            return None
        if has_second_factor(user):
            return _lead(request, "mfa_reauthenticate")
        messages.info(request, _("Su papel exige un segundo paso al entrar. Actívelo para seguir."))
        return _lead(request, "mfa_index")


def _is_open(request: HttpRequest) -> bool:
    name = request.resolver_match.view_name if request.resolver_match else ""
    return name in ALWAYS_OPEN or name.startswith(OPEN)


def _lead(request: HttpRequest, name: str) -> HttpResponseRedirect:
    """Go there first; a page that was asked for is opened afterwards."""
    url = reverse(name)
    if request.method == "GET" and name != "mfa_index":
        url = f"{url}?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}"
    return HttpResponseRedirect(url)
