"""What a person chooses for an organization: pause, resume, close, reopen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.models import ClosingReason, LifecycleKind, OrganizationQuerySet


class ClosingForm(forms.Form):
    """Why and since when it closes, and which organization continues."""

    reason = forms.ChoiceField(label=_("Motivo"), choices=ClosingReason.choices)
    on = forms.DateField(
        label=_("Cerrada desde el"), widget=forms.DateInput(attrs={"type": "date"})
    )
    successor = forms.UUIDField(
        label=_("Código de la organización que la continúa"),
        required=False,
        help_text=_("El código está en la dirección de su página. La sucesora debe confirmarlo."),
    )

    def __init__(self, visible: OrganizationQuerySet, data: Any) -> None:
        super().__init__(data)
        self.visible = visible

    def clean_successor(self) -> Any:
        """Find the successor among those that the person may see."""
        code = self.cleaned_data["successor"]
        found = self.visible.filter(public_id=code).first() if code else None
        if code and found is None:
            raise forms.ValidationError(_("No encontramos esa organización."))
        return found


MOVES = frozenset(LifecycleKind.values)
