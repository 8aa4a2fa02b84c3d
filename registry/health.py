"""Two answers for machines: is the process alive, and can it serve."""

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

TEXT = "text/plain; charset=utf-8"


@require_safe
@login_not_required
def alive(request: HttpRequest) -> HttpResponse:
    """Say that this process answers, whatever it depends on."""
    return HttpResponse("alive\n", content_type=TEXT)


@require_safe
@login_not_required
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether pages can be served: PostgreSQL answers. Redis is not needed for that."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("PostgreSQL does not answer\n", content_type=TEXT, status=503)
    return HttpResponse("ready\n", content_type=TEXT)
