"""Inviting people and giving them roles."""

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import of_model
from firms.models import Invitation, Role


class InvitationForm(forms.Form):
    """Whom to invite, and as what."""

    email = of_model(Invitation, "email", help_text=_("La invitación sirve solo para este correo."))
    role = forms.ChoiceField(label=_("Rol"), choices=Role.choices, initial=Role.EDITOR)


class RoleForm(forms.Form):
    """The role to give."""

    role = forms.ChoiceField(label=_("Rol"), choices=Role.choices)
