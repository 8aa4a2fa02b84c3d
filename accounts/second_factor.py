"""Second factors: who must have one, and how their secrets are kept."""

import base64
from collections.abc import Callable
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User

PROOFS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
Rule = Callable[[User], bool]


def has_second_factor(user: User) -> bool:
    """Say whether a person has an app or a key; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user=user, type__in=PROOFS).exists())


def must_have_second_factor(user: User) -> bool:
    """Say whether this installation asks this person for one: staff, and who the rule names."""
    if not settings.REQUIRE_SECOND_FACTOR:
        return False
    rule: Rule = import_string(settings.SECOND_FACTOR_RULE)
    return user.is_staff or rule(user)


def proved_twice(request: HttpRequest, user: User) -> bool:
    """Say whether this browser's session has seen a second factor of the person."""
    records = get_authentication_records(request, user)
    return any(record.get("method") == "mfa" for record in records)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Names the site by its settings, encrypts secrets, and keeps the last factor where it must."""

    error_messages = {
        "add_email_blocked": gettext_lazy("Cambie el correo desde sus ajustes."),
        "cannot_delete_authenticator": gettext_lazy(
            "Su papel exige un segundo paso: agregue otro antes de quitar este."
        ),
        "cannot_generate_recovery_codes": gettext_lazy("Agregue primero una aplicación o llave."),
        "incorrect_code": gettext_lazy("El código no es correcto o ya se usó. Escriba el próximo."),
        "unverified_email": gettext_lazy("Confirme primero su correo."),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the last one of who must have one."""
        if not must_have_second_factor(authenticator.user):
            return True
        others = Authenticator.objects.filter(user=authenticator.user, type__in=PROOFS)
        return bool(others.exclude(pk=authenticator.pk).exists())

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """Suggest a name for a new key."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Llave %(number)d") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the site as the settings do, never as a request does."""
        return {"id": urlsplit(settings.SITE_ORIGIN).hostname or "", "name": "Racimo"}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """Show people their own address when they choose a key."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": user.name or user.email, "name": user.email}

    def encrypt(self, text: str) -> str:
        """Keep a secret so that a copy of the database does not tell it."""
        return _boxes().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read a secret, also one that an earlier key closed."""
        return _boxes().decrypt(encrypted_text.encode()).decode()


def _boxes() -> MultiFernet:
    keys = (sha256(b"accounts.second_factor:" + key.encode()) for key in settings.TOKEN_PEPPERS)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key.digest())) for key in keys])
