"""A person who acts for an organization that is not theirs: said on each page, kept on each write.

What is written and the record of it stand in one transaction: there is no write without a record.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from firms.models import ActingSession
from firms.policies.acting import ALWAYS, SESSION_KEY, may_write_there
from firms.services.acting import complete_record, current_acting, record_write, withdraw_record
from firms.views.answers import see_other

SAFE = ("GET", "HEAD", "OPTIONS")
REFUSED = 400
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class ActingRequest(HttpRequest):
    """A request of somebody who may be acting for an organization."""

    acting: ActingSession | None


class ActingFor:
    """Puts on the person of a request for whom they act."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the request pass; `process_view` knows where it goes."""
        return self.get_response(request)

    def process_view(
        self, request: ActingRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Set for whom the person acts; write only what may be, with its record."""
        request.acting = _acting(request)
        if request.acting is None:
            return None
        match = request.resolver_match
        name = match.view_name if match else ""
        request.user.acting_for_id = request.acting.delegation.organization_id  # type: ignore[union-attr]
        if request.method in SAFE or name in ALWAYS:
            return None
        if not may_write_there(name):
            return _refuse(request)
        return _write(request, name, lambda: view(request, *args, **kwargs))


def _acting(request: HttpRequest) -> ActingSession | None:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    reference = request.session.get(SESSION_KEY)
    if not reference or not isinstance(request.user, User) or not request.user.is_active:
        return None
    session = current_acting(by=request.user, reference=reference, now=timezone.now())
    if session is None:
        del request.session[SESSION_KEY]
        messages.info(request, _("Ya no actúa en nombre de otra organización: pasó el tiempo."))
    return session


def _write(
    request: ActingRequest, name: str, carry_out: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    assert request.acting is not None  # noqa: S101 - said to the type checker
    with transaction.atomic():
        record = record_write(
            session=request.acting,
            action=name.rpartition(":")[2],
            path=request.path[:300],
            now=timezone.now(),
        )
        response = carry_out()
        if response.status_code >= REFUSED:
            withdraw_record(record=record)
        elif response.has_header("Location"):
            complete_record(record=record, path=response["Location"])
    return response


def _refuse(request: ActingRequest) -> HttpResponseBase:
    """Lead back: this is for the organization's own people."""
    messages.error(
        request,
        _("En nombre de otra organización solo se publica. Deje de actuar por ella para lo demás."),
    )
    return see_other("firms:acting")
