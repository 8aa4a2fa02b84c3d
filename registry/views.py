"""Home: one box that answers, and what is going on."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Show the box "What do you need?" and what waits for an answer."""
    return render(request, "registry/home.html")
