"""What the pages of introductions may be asked: it validates and never saves."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from common.files import CheckedFile, FileRefused, check_file
from firms.forms.claims import FILE_REFUSED
from firms.models import Organization
from matching.introductions.limits import Refusal
from matching.models import (
    Additionality,
    IntroductionChannel,
    IntroductionDecline,
    OutcomeKind,
    ValueBand,
)
from matching.services.introductions.moving import Card

REFUSED = {
    Refusal.OWN: _("Solo se pide en nombre de su organización, y a otra."),
    Refusal.PERSON: _("Ya tiene cinco presentaciones sin respuesta. Espere o retire una."),
    Refusal.NEW: _("Mientras su organización es nueva puede tener dos abiertas a la vez."),
    Refusal.TWICE: _("Su organización ya pidió una presentación por esta publicación."),
    Refusal.CLOSED: _("Esta publicación no recibe presentaciones ahora."),
    Refusal.FULL: _("Esta organización tiene muchas por responder. Pruebe en una semana."),
}  # fmt: skip
PHONE = RegexValidator(
    r"^\+?[\d\s().-]{6,30}$", _("Escriba solo números, con el código del país: +591 7…")
)


def _text(label: Any, *, help_text: Any = "", rows: int = 3, required: bool = True) -> Any:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=1_000,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows, "maxlength": 1_000}),
    )


def _phone() -> Any:
    return forms.CharField(
        label=_("Teléfono o WhatsApp"),
        help_text=_("Opcional, con el código del país. Solo lo ve la otra parte si ambas aceptan."),
        max_length=30,
        required=False,
        validators=[PHONE],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )


class AskForm(forms.Form):
    """Three short questions; the third one is answered already."""

    organization = forms.ChoiceField(label=_("En nombre de"))
    purpose = _text(
        _("¿Qué quiere hacer con ellos?"),
        help_text=_("En una o dos frases. Por ejemplo: cotizar 20.000 etiquetas para marzo."),
    )
    question = _text(_("¿Qué necesita saber antes?"), rows=2, required=False)
    presentation = _text(_("¿Quiénes son ustedes?"))
    channel = forms.ChoiceField(
        label=_("¿Cómo prefiere hablar?"),
        choices=IntroductionChannel.choices,
        initial=IntroductionChannel.EMAIL,
    )
    is_info_only = forms.BooleanField(label=_("Por ahora solo pido información"), required=False)
    shares = forms.BooleanField(
        label=_("Si aceptan, comparto con ellos mi nombre y mi correo"),
        help_text=_("Si no lo marca, se lo preguntamos cuando acepten."),
        required=False,
    )
    phone = _phone()

    def __init__(self, organizations: list[Organization], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organizations = {str(each.public_id): each for each in organizations}
        choices = [(key, each.name) for key, each in self.organizations.items()]
        field = self.fields["organization"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
        if len(choices) == 1:
            field.widget = forms.HiddenInput()
            field.initial = choices[0][0]

    def clean_organization(self) -> Organization:
        """Return the organization in whose name it is asked."""
        return self.organizations[self.cleaned_data["organization"]]


class MoveForm(forms.Form):
    """What somebody does with an introduction, and in which turn the button was shown."""

    event = forms.CharField(max_length=12)
    turn = forms.IntegerField(required=False, min_value=0)
    note = _text(_("Mensaje"), required=False)
    reason = forms.ChoiceField(
        label=_("Motivo"), choices=[("", ""), *IntroductionDecline.choices], required=False
    )
    phone = _phone()


class MessageForm(forms.Form):
    """One message of the thread, with at most one file."""

    body = forms.CharField(
        label=_("Mensaje"),
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 4_000}),
    )
    file = forms.FileField(
        label=_("Adjuntar"), help_text=_("PDF, JPG o PNG, hasta 10 MB."), required=False
    )

    def clean_file(self) -> CheckedFile | None:
        """Return what may be kept of the file."""
        sent = self.cleaned_data["file"]
        if not sent:
            return None
        try:
            return check_file(sent, name=sent.name)
        except FileRefused as error:
            raise forms.ValidationError(FILE_REFUSED[error.reason]) from error


def card_of(person: Any, phone: str) -> Card:
    """Return what a person shares: the name and address of their account, and a phone they type."""
    return Card(name=str(person), email=person.email, phone=phone)


class OutcomeForm(forms.Form):
    """What came of it: one choice is enough, the rest is for who has a minute more."""

    kind = forms.ChoiceField(
        label=_("¿Qué pasó?"), choices=OutcomeKind.choices, widget=forms.RadioSelect
    )
    is_projected = forms.BooleanField(label=_("Todavía es un plan"), required=False)
    band = forms.ChoiceField(
        label=_("¿De qué valor?"), choices=[("", "—"), *ValueBand.choices], required=False
    )
    would_have_happened = forms.ChoiceField(
        label=_("¿Habría pasado igual sin Racimo?"),
        choices=[("", "—"), *Additionality.choices],
        required=False,
    )
    is_repeat = forms.BooleanField(label=_("Ya se repitió"), required=False)
    jobs = forms.IntegerField(
        label=_("Empleos nuevos"), min_value=0, max_value=10_000, required=False
    )
    export_market = forms.CharField(
        label=_("Mercado de exportación"), max_length=80, required=False
    )
    satisfaction = forms.TypedChoiceField(
        label=_("¿Qué tan conforme quedó?"),
        help_text=_("Del 1 al 5. Es privado: no lo ve la otra parte ni se publica."),
        choices=[("", "—"), *((n, str(n)) for n in range(1, 6))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    is_confidential = forms.BooleanField(label=_("No usarlo ni en totales"), required=False)
    note = _text(_("Algo más"), rows=2, required=False)
