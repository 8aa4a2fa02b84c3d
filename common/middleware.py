"""What every answer carries and what no request may, whichever view handles it."""

import re
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

from common.history import Actor, acting

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# The map may ask where the reader is; nothing else of the device is ever used.
PERMISSIONS = (
    "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(),"
    " geolocation=(self), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(),"
    " publickey-credentials-get=(self), usb=(), xr-spatial-tracking=()"
)
# NUL and its neighbors name nothing that anyone looks for; some of them no database can hold.
CONTROL = re.compile(r"%(?:0[0-8bcef]|1[0-9a-f]|7f)", re.IGNORECASE)


class SecurityHeaders:
    """Adds the headers that Django has no setting for, on pages, files and errors alike.

    An answer is private unless its view says otherwise with ``cache_control(public=True)``: it
    may hold what one person sees, and a shared cache or the back button must not keep it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the answer pass and dress it."""
        response = self.get_response(request)
        headers = response.headers
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = PERMISSIONS
        if "public" not in headers.get("Cache-Control", ""):
            headers["Cache-Control"] = "private, no-store"
        return response


class PageMethods:
    """Answers 405 to methods that no page has, before a library's view takes PUT for POST."""

    allowed = ("GET", "HEAD", "POST")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Refuse them; the API decides about its own."""
        if request.method in self.allowed or request.path.startswith(settings.API_PREFIX):
            return self.get_response(request)
        return HttpResponseNotAllowed(self.allowed)


class PlainAddresses:
    """Answers 400 to control characters in an address, before anything looks them up."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Refuse them, or go on."""
        if "\0" in request.path or CONTROL.search(request.META.get("QUERY_STRING", "")):
            raise BadRequest("Control characters in the address")
        return self.get_response(request)


class WhoWrites:
    """Names the person behind what a request writes, for the history.

    The person is asked for at the first write: by then the API has read its token.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the view answer under that name."""
        actor = Actor(
            origin="api" if request.path.startswith(settings.API_PREFIX) else "web",
            person=lambda: request.user.pk,
            acting_for=lambda: getattr(request.user, "acting_for_id", None),
            request=request.headers.get("X-Request-ID", "")[:36],
        )
        with acting(actor):
            return self.get_response(request)
