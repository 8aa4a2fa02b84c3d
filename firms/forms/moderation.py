"""What the team decides, and what people tell it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import BlockEntry, BlockKind
from firms.forms.fields import a_choice, lines, of_model
from firms.models import Case, CaseKind, CaseOutcome, Decision, ReasonClass, Report

STATES = (("waiting", _("Por decidir")), ("decided", _("Decididos")))
REPORTED = [pair for pair in ReasonClass.choices if pair[0] != ReasonClass.REMOVAL]


class QueueForm(forms.Form):
    """Which cases to list."""

    state = forms.ChoiceField(label=_("Estado"), choices=STATES, required=False)
    kind = a_choice(_("Qué es"), CaseKind.choices, unset=_("Todo"), required=False)

    def known(self) -> dict[str, str]:
        """Return what was asked for and exists; anything else is as if not asked."""
        self.is_valid()
        given = self.cleaned_data
        return {"state": given.get("state") or "waiting", "kind": given.get("kind") or ""}


class RulingForm(forms.Form):
    """The decision and its reason, which its people read."""

    outcome = forms.ChoiceField(label=_("Decisión"), widget=forms.RadioSelect)
    reason_class = forms.ChoiceField(
        label=_("Clase de motivo"), choices=ReasonClass.choices, initial=ReasonClass.OTHER
    )
    reason = of_model(
        Decision,
        "reason",
        widget=lines(4),
        help_text=_("Lo leerán las personas a quienes toca. Dígalo claro y con respeto."),
    )

    def __init__(self, data: Any = None, *, outcomes: Sequence[CaseOutcome]) -> None:
        super().__init__(data)
        field = self.fields["outcome"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(outcome.value, outcome.label) for outcome in outcomes]


class AppealForm(forms.Form):
    """Why the decision should change."""

    appeal = of_model(
        Case,
        "appeal",
        label=_("Por qué no está de acuerdo"),
        required=True,
        widget=lines(5),
        help_text=_("Lo leerá otra persona del equipo. Solo se apela una vez."),
    )


class ReportForm(forms.Form):
    """What is wrong."""

    reason = forms.ChoiceField(label=_("Qué pasa"), choices=REPORTED, widget=forms.RadioSelect)
    text = of_model(Report, "text", label=_("Cuéntenos más"), widget=lines(4))


class BlockForm(forms.Form):
    """What to block, and why."""

    kind = forms.ChoiceField(label=_("Qué es"), choices=BlockKind.choices)
    value = of_model(BlockEntry, "value")
    note = of_model(BlockEntry, "note")
