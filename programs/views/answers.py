"""Answers that the pages of programs give alike."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User

SEE_OTHER = 303
UNPROCESSABLE = 422


def person(request: HttpRequest) -> User:
    """Return who is signed in; pages that write are never reached by others."""
    if isinstance(request.user, AnonymousUser):
        raise PermissionDenied
    return request.user


def see_other(name: str, *args: object) -> HttpResponseRedirect:
    """Lead a browser that has posted to the page that shows what came of it."""
    return HttpResponseRedirect(reverse(name, args=args), status=SEE_OTHER)


def back_to(request: HttpRequest, name: str, *args: object) -> HttpResponseRedirect:
    """Lead back to the page of this site that the form names, else to a page of ours."""
    wanted = request.POST.get("next", "")
    is_own = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    if is_own:
        return HttpResponseRedirect(wanted, status=SEE_OTHER)
    return see_other(name, *args)
