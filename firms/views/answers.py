"""Answers that the pages give alike."""

from typing import Protocol

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import resolve_url

from accounts.models import User

OK = 200
SEE_OTHER = 303
UNPROCESSABLE = 422


def person(request: HttpRequest) -> User:
    """Return who is signed in; pages that write are never reached by others."""
    if isinstance(request.user, AnonymousUser):
        raise PermissionDenied
    return request.user


def see_other(to: str, *args: object) -> HttpResponseRedirect:
    """Lead a browser that has posted to the page that shows what came of it."""
    return HttpResponseRedirect(resolve_url(to, *args), status=SEE_OTHER)


class Sent(Protocol):
    """A form, or several on one page, that may have been sent."""

    @property
    def is_bound(self) -> bool:
        """Say whether it was sent."""

    @property
    def is_looking(self) -> bool:
        """Say whether only a picker's search was pressed."""


def status_of(form: Sent) -> int:
    """Return 422 for a form sent with errors, 200 for one that is new or only searched in."""
    return UNPROCESSABLE if form.is_bound and not form.is_looking else OK


def is_staff(request: HttpRequest) -> bool:
    """Say whether one of the team asks."""
    return request.user.is_authenticated and request.user.is_staff
