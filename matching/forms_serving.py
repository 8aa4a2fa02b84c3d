"""What may be asked about how matches are served."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.models import ClusterFairness, MatchCapacity
from matching.services.fair.impressions import MAX_SHOWN

MAX_PAUSE = dt.timedelta(days=366)


if TYPE_CHECKING:
    _FairnessForm = forms.ModelForm[ClusterFairness]
    _CapacityForm = forms.ModelForm[MatchCapacity]
else:
    _FairnessForm = _CapacityForm = forms.ModelForm


class FairnessForm(_FairnessForm):
    """Whether floors are kept, and how firmly."""

    LEVELS: ClassVar = [
        (0.05, _("Suave: solo corrige desvíos muy improbables (5 %)")),
        (0.1, _("Normal (10 %)")),
        (0.2, _("Firme: corrige antes (20 %)")),
    ]
    alpha = forms.TypedChoiceField(
        label=_("Nivel"), choices=LEVELS, coerce=float, widget=forms.RadioSelect
    )

    class Meta:
        model = ClusterFairness
        fields: ClassVar = ["is_on", "alpha"]
        labels: ClassVar = {"is_on": _("Cuidar que las pymes calificadas se vean")}


class CapacityForm(_CapacityForm):
    """How many invitations are taken at once, and a pause."""

    class Meta:
        model = MatchCapacity
        fields: ClassVar = ["open_invitations", "paused_until"]
        widgets: ClassVar = {"paused_until": forms.DateInput(attrs={"type": "date"})}

    def __init__(self, *args: Any, today: dt.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    def clean_paused_until(self) -> dt.date | None:
        """Take a day from today to a year on."""
        day: dt.date | None = self.cleaned_data["paused_until"]
        if day and not self.today <= day <= self.today + MAX_PAUSE:
            raise forms.ValidationError(_("Elija un día desde hoy y antes de un año."))
        return day


def shown_offers(addresses: Sequence[str]) -> list[UUID]:
    """Return the offers that a page showed, in order; what is no address is left out."""
    found = []
    for text in addresses[:MAX_SHOWN]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
