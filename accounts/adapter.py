"""Where allauth meets the house: a person's language follows them in."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import translate_url
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.languages import language_of, site_language
from accounts.models import User
from accounts.models.sessions import DEVICE, DEVICE_LENGTH
from accounts.second_factor import has_second_factor
from accounts.services.blocks import is_blocked_email
from accounts.services.consents import enter_account


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Remembers the language of the page of sign-up and leads to it after sign-in."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Keep the language in which somebody signed up."""
        user.language = language_of(get_language())
        saved: User = super().save_user(request, user, form, commit=commit)
        if commit:
            enter_account(person=saved, now=timezone.now())
        return saved

    def clean_email(self, email: str) -> str:
        """Refuse an address at a blocked domain, at sign-up and when it is changed."""
        cleaned: str = super().clean_email(email)
        if is_blocked_email(cleaned):
            raise ValidationError(_("No aceptamos cuentas con ese dominio de correo."))
        return cleaned

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead to the home page in the person's own language."""
        url: str = super().get_login_redirect_url(request)
        user = request.user
        return translate_url(url, site_language(user.language)) if user.is_authenticated else url

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, and keep with which device: it is shown to its owner only."""
        super().login(request, user)
        agent = request.headers.get("User-Agent", "")
        request.session[DEVICE] = agent.replace("\0", "")[:DEVICE_LENGTH]

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Offer what counts as proof: the second factor of who has one, else the password."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if user.is_authenticated and has_second_factor(user):
            return [method for method in methods if method["id"] != "reauthenticate"]
        return methods

    def reauthenticate(self, user: User, password: str) -> bool:
        """Refuse the password as proof where a second factor stands: it could be stolen alone."""
        return not has_second_factor(user) and super().reauthenticate(user, password)
