"""What a person types about themselves and their tokens."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import ApiToken, TokenScope, User
from common.models import Language


class TokenForm(forms.Form):
    """What the token is for, what it may do and how long it lives."""

    name = forms.CharField(
        label=_("Para qué la usará"),
        max_length=ApiToken._meta.get_field("name").max_length,
        help_text=_("Por ejemplo: planilla de compras."),
    )
    scope = forms.ChoiceField(
        label=_("Qué permite"), choices=TokenScope.choices, initial=TokenScope.READ
    )
    days = forms.TypedChoiceField(
        label=_("Cuánto dura"),
        coerce=int,
        choices=[(30, _("30 días")), (90, _("90 días")), (365, _("Un año"))],
        initial=90,
    )


class SettingsForm(forms.Form):
    """How a person is called and in which language Racimo speaks to them."""

    name = forms.CharField(
        label=_("Nombre"),
        max_length=User._meta.get_field("name").max_length,
        required=False,
        help_text=_("Como quiere que le vean sus colegas."),
    )
    language = forms.ChoiceField(
        label=_("Idioma"), choices=Language.choices, widget=forms.RadioSelect
    )


class EmailForm(forms.Form):
    """The address by which a person wants to be known."""

    email = forms.EmailField(
        label=_("Correo nuevo"),
        max_length=User._meta.get_field("email").max_length,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Le enviaremos un enlace. El cambio vale cuando lo abra."),
    )
