"""Keeping a contact."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import LawfulBasis
from common.models import Language
from firms.forms.fields import of_model
from firms.models import Contact, ContactVisibility
from firms.services.contacts import ContactContent

REACHES = ("role_email", "personal_email", "phone", "whatsapp")
WITH_CONSENT = (LawfulBasis.CONSENT, LawfulBasis.PUBLIC_TASK)


class ContactForm(forms.Form):
    """A role, how to reach it, and why its data may be held."""

    role = of_model(Contact, "role", help_text=_("Por ejemplo: Compras, Ventas, Vinculación."))
    role_email = of_model(
        Contact, "role_email", required=False, help_text=_("Es lo único que se publica siempre.")
    )
    name = of_model(Contact, "name", required=False)
    personal_email = of_model(Contact, "personal_email", required=False)
    phone = of_model(Contact, "phone", required=False)
    whatsapp = of_model(Contact, "whatsapp", required=False)
    languages = forms.MultipleChoiceField(
        label=_("Idiomas"),
        choices=Language.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    visibility = forms.ChoiceField(
        label=_("Qué se muestra"),
        choices=ContactVisibility.choices,
        initial=ContactVisibility.ROLE,
        widget=forms.RadioSelect,
    )
    lawful_basis = forms.ChoiceField(
        label=_("Por qué puede tener sus datos"),
        choices=LawfulBasis.choices,
        initial=LawfulBasis.CONSENT,
    )
    basis_note = of_model(
        Contact,
        "basis_note",
        required=False,
        help_text=_("Por ejemplo: lo pidió por correo el 3 de marzo."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a way to reach the contact, and for consent to show more than the role."""
        given = dict(super().clean() or {})
        if not any(given.get(name) for name in REACHES):
            self.add_error("role_email", _("Escriba al menos un correo o un teléfono."))
        shows_more = given.get("visibility") == ContactVisibility.ON_REQUEST
        if shows_more and given.get("lawful_basis") not in WITH_CONSENT:
            text = _(
                "Para mostrar un nombre o un teléfono hace falta el consentimiento de la persona,"
                " o que su función sea pública."
            )
            self.add_error("visibility", text)
        return given

    def content(self) -> ContactContent:
        """Return what was written."""
        return ContactContent(**self.cleaned_data)
