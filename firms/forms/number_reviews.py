"""Deciding whose a declared number is."""

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import lines
from firms.models import ReviewOutcome


class NumberReviewForm(forms.Form):
    """Whose it is, and why."""

    outcome = forms.ChoiceField(
        label=_("Decisión"), choices=ReviewOutcome.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Motivo"),
        max_length=500,
        widget=lines(3),
        help_text=_("Lo leen las dos organizaciones. No nombre a la otra."),
    )
