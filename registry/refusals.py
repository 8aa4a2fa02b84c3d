"""What is answered to requests that no view took: a page to people, a problem to programs."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views import defaults

from common.api.problems import problem_response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Answer what could not be read."""
    if _from_a_program(request):
        return problem_response(request, 400)
    return defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Answer what is visible but not allowed."""
    if _from_a_program(request):
        return problem_response(request, 403)
    return defaults.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Answer what does not exist, or not for this reader."""
    if _from_a_program(request):
        return problem_response(request, 404)
    return defaults.page_not_found(request, exception)


def _from_a_program(request: HttpRequest) -> bool:
    return request.path.startswith(settings.API_PREFIX)
