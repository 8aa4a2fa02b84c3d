"""Inviting people and giving them roles."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import of_model
from firms.models import Invitation, Membership, Organization, Role
from firms.policies.acting import possible_delegates


class InvitationForm(forms.Form):
    """Whom to invite, and as what."""

    email = of_model(Invitation, "email", help_text=_("La invitación sirve solo para este correo."))
    role = forms.ChoiceField(label=_("Rol"), choices=Role.choices, initial=Role.EDITOR)


class RoleForm(forms.Form):
    """The role to give."""

    role = forms.ChoiceField(label=_("Rol"), choices=Role.choices)


class ConsentForm(forms.Form):
    """Who may act in the organization's name."""

    delegate: Any = forms.ModelChoiceField(
        queryset=None, to_field_name="public_id", label=_("Quién"), empty_label=_("Elija una")
    )

    def __init__(self, data: QueryDict | None, *, of: Organization) -> None:
        super().__init__(data)
        self.fields["delegate"].queryset = possible_delegates(of)  # type: ignore[attr-defined]


class ReviewForm(forms.Form):
    """Who of the people listed does not belong to the organization any more."""

    leaving = forms.MultipleChoiceField(
        label=_("Ya no están"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: QueryDict | None, *, members: Iterable[Membership]) -> None:
        super().__init__(data)
        choices = [(str(member.user.public_id), str(member.user)) for member in members]
        self.fields["leaving"].choices = choices  # type: ignore[attr-defined]
