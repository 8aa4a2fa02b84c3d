"""Sending a logo."""

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import of_model
from firms.models import Organization

LOGO_REFUSED = {
    "empty": _("El archivo está vacío."),
    "large": _("El logo pesa más de 5 MB o la imagen es enorme. Mande uno más pequeño."),
    "kind": _("Mande un logo en JPG o PNG."),
    "mismatch": _("El contenido no es lo que dice el nombre del archivo. Guárdelo de nuevo."),
    "broken": _("No pudimos leer la imagen. Guárdela de nuevo como PNG."),
}


class LogoForm(forms.Form):
    """An image and what it shows, for who cannot see it."""

    image = forms.FileField(
        label=_("Imagen"),
        help_text=_("JPG o PNG, hasta 5 MB. Se ve mejor si es cuadrada."),
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png"}),
    )
    alt = of_model(
        Organization,
        "logo_alt",
        required=False,
        help_text=_("Para quien no ve la imagen. Por ejemplo: racimo de uvas con el nombre."),
    )
