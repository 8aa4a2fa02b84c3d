"""The history of a program, its calls and their criteria."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.htmx import render_page
from firms.views.history import history_context
from programs import policies


@require_safe
def program_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what changed of a program, who did it and when."""
    readable = policies.programs_with_history(request.user).select_related("agency")
    program = get_object_or_404(readable, slug=slug)
    changes = policies.changes_of_program(program)
    context = {
        "name": program.label,
        "back": reverse("programs:program", args=[slug]),
        **history_context(request, changes, program.agency),
    }
    return render_page(request, "components/history_page.html", context, partial="history")
