"""What is answered when a request fails: without PostgreSQL 503 and when to come back, else 500.

A handler and not a middleware: sessions, sign-in and language all read the database in places that
no middleware can wrap, and every one of them ends here. Nothing on this path reads it again.
"""

import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_request, override
from django.views.defaults import server_error as plain_server_error

from common.api.problems import problem_response

RETRY_AFTER_S = 10


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Answer an exception that no view expected."""
    code = 503 if _is_outage(sys.exc_info()[1]) else 500
    with override(get_language_from_request(request, check_path=True)):
        response = _answer(request, code)
    if code == 503:
        response["Retry-After"] = str(RETRY_AFTER_S)
    return response


def _answer(request: HttpRequest, code: int) -> HttpResponseBase:
    if request.path.startswith(settings.API_PREFIX):
        return problem_response(request, code)
    if code == 500:
        return plain_server_error(request)
    reloads = request.method == "GET"
    page = render_to_string("503.html", {"reloads": reloads, "retry_after": RETRY_AFTER_S})
    response = HttpResponse(page, status=code)
    if reloads:
        response["Refresh"] = str(RETRY_AFTER_S)  # without a script, and without repeating a POST
    return response


def _is_outage(error: BaseException | None) -> bool:
    """Say whether the database refused or dropped the connection, or the wait took too long."""
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError):
            return True
        error = error.__cause__ or error.__context__
    return False
