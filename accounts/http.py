"""The request of a view that only people who signed in reach."""

from django.http import HttpRequest

from accounts.models import User


class SignedInRequest(HttpRequest):
    """A request with a person: the middleware has sent everyone else to the sign-in page."""

    user: User
