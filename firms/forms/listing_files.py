"""Sending a file that goes with a listing."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ListingFileForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("Archivo"),
        help_text=_("PDF, JPG o PNG, de 10 MB como máximo. Lo ve quien ve la publicación."),
    )
