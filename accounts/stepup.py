"""Asking a person who is signed in to show once more that it is they, before what hurts most."""

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def step_up(view: View) -> View:
    """Let a POST pass only if the person proved a few minutes ago that it is they.

    Who has a second factor proves by it, everybody else by the password (`accounts.adapter`). The
    request that was held back is carried out after the proof: nothing typed is lost.
    """
    guarded: View = reauthentication_required(enabled=_posts)(view)
    return guarded


def ask_again(request: HttpRequest) -> None:
    """Interrupt a POST that turns out to need the proof, from within its view."""
    _proved(request)


@reauthentication_required  # type: ignore[untyped-decorator]  # of allauth
def _proved(request: HttpRequest) -> Any:
    return request


def _posts(request: HttpRequest) -> bool:
    return request.method == "POST"
