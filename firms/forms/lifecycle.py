"""What a person chooses when an organization closes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusters.pickers import SearchableForm
from firms.models import ClosingReason, OrganizationQuerySet
from firms.pickers import OrganizationField


class ClosingForm(SearchableForm):
    """Why and since when it closes, and which organization continues."""

    reason = forms.ChoiceField(label=_("Motivo"), choices=ClosingReason.choices)
    on = forms.DateField(
        label=_("Cerrada desde el"), widget=forms.DateInput(attrs={"type": "date"})
    )
    successor = OrganizationField(
        label=_("Organización que la continúa"),
        required=False,
        help_text=_("Si la hay. Le pediremos que lo confirme antes de mostrarlo."),
    )

    def __init__(self, visible: OrganizationQuerySet, data: Any) -> None:
        super().__init__(data)
        successor = self.fields["successor"]
        if isinstance(successor, OrganizationField):
            successor.look_among(visible)
