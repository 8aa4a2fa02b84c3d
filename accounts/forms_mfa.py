"""Forms of the second factor: a code counts once, and guesses are counted in the database."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.services.codes import CodeIsSpent, TooManyCodes, count_attempt, spend_code

NAME_LENGTH = 60
WRONG = gettext_lazy("El código no es correcto o ya se usó. Escriba el próximo.")


def _code_field(help_text: Any) -> forms.CharField:
    attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
    return forms.CharField(
        label=gettext_lazy("Código"),
        help_text=help_text,
        max_length=20,
        widget=forms.TextInput(attrs=attributes),
    )


class _OnceMixin:
    """Counts each attempt, and uses up the code that fits."""

    user: Any
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        """Accept a code that fits, the first time."""
        try:
            count_attempt(user=self.user)
        except TooManyCodes as error:
            raise ValidationError(_("Demasiados intentos: espere un minuto.")) from error
        code: str = super().clean_code()  # type: ignore[misc]  # of the form that this joins
        try:
            spend_code(user=self.user, code=code, now=timezone.now())
        except CodeIsSpent as error:
            raise ValidationError(str(WRONG)) from error
        return code


class SignInCodeForm(_OnceMixin, AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The code that is asked for after the password."""

    code = _code_field(gettext_lazy("De su aplicación, o uno de sus códigos de recuperación."))


class StepUpCodeForm(_OnceMixin, ReauthenticateForm):  # type: ignore[misc]  # as above
    """The code that is asked for before a sensitive change."""

    code = _code_field(gettext_lazy("De su aplicación, o uno de sus códigos de recuperación."))


class NewAppForm(_OnceMixin, ActivateTOTPForm):  # type: ignore[misc]  # as above
    """The first code of a new application; this browser has proved the factor with it."""

    code = _code_field(gettext_lazy("Los seis números que muestra la aplicación."))

    def clean_code(self) -> str:
        """Accept the code and remember that this browser has shown it."""
        code = super().clean_code()
        record_authentication(context.request, self.user, "mfa", type="totp")
        return code


class NewKeyForm(AddWebAuthnForm):  # type: ignore[misc]  # as above
    """A new passkey: always one that can sign in by itself."""

    name = forms.CharField(
        label=gettext_lazy("Nombre"),
        max_length=NAME_LENGTH,
        required=False,
        help_text=gettext_lazy("Para reconocerla después: mi teléfono, la llave azul."),
    )
    passwordless = forms.BooleanField(
        label=gettext_lazy("Entrar sin contraseña"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Pide su huella, su rostro o el PIN del equipo."),
    )

    def clean(self) -> dict[str, Any]:
        """Accept the key and remember that this browser has shown it."""
        cleaned: dict[str, Any] = super().clean()
        if not self.errors and cleaned.get("credential"):
            record_authentication(context.request, self.user, "mfa", type="webauthn")
        return cleaned


class KeyNameForm(EditWebAuthnForm):  # type: ignore[misc]  # as above
    """The name of a key."""

    name = forms.CharField(label=gettext_lazy("Nombre"), max_length=NAME_LENGTH)
