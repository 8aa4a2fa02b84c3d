"""Who leads an organization: asked under its own consent."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusters.pickers import SearchableForm
from firms.forms.fields import of_model, yes_no_unknown
from firms.models import Leadership


class LeadershipForm(SearchableForm):
    """What programs may ask of those who lead; each answer may be left out."""

    women_led = yes_no_unknown(_("¿La lideran mujeres?"))
    youth_led = yes_no_unknown(_("¿La lideran jóvenes?"))
    indigenous_or_afro_led = yes_no_unknown(
        _("¿La lideran personas indígenas o afrodescendientes?")
    )
    disability_led = yes_no_unknown(_("¿La lideran personas con discapacidad?"))
    rural_led = yes_no_unknown(_("¿La lideran personas del campo?"))
    victim_registry = yes_no_unknown(_("¿Alguna de ellas figura en un registro de víctimas?"))
    women_on_board_pct = of_model(Leadership, "women_on_board_pct", localize=True)
    women_capital_pct = of_model(Leadership, "women_capital_pct", localize=True)
    consent = forms.BooleanField(
        label=_(
            "Las personas de quienes hablan estas respuestas lo saben y están de acuerdo en que"
            " Racimo las use para decir a qué programas puede postular la organización."
        ),
        error_messages={"required": _("Sin este acuerdo no podemos guardar las respuestas.")},
    )

    def values(self) -> dict[str, Any]:
        """Return the columns to write."""
        return {name: value for name, value in self.cleaned_data.items() if name != "consent"}


ANSWERS = {True: "yes", False: "no", None: ""}


def leadership_values(row: Leadership | None) -> dict[str, Any]:
    """Return what the form shows of what was told."""
    if row is None:
        return {}
    shown = {name: getattr(row, name) for name in LeadershipForm.base_fields if name != "consent"}
    return {
        name: ANSWERS[value] if value is None or isinstance(value, bool) else value
        for name, value in shown.items()
        if not (value is None and name.endswith("_pct"))
    }
