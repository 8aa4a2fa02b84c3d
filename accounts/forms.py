"""What a person types about their tokens."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import ApiToken, TokenScope


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
