"""Where allauth meets the house: a person's language follows them in."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from accounts.languages import language_of, site_language
from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Remembers the language of the page of sign-up and leads to it after sign-in."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Keep the language in which somebody signed up."""
        user.language = language_of(get_language())
        saved: User = super().save_user(request, user, form, commit=commit)
        return saved

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead to the home page in the person's own language."""
        url: str = super().get_login_redirect_url(request)
        user = request.user
        return translate_url(url, site_language(user.language)) if user.is_authenticated else url
