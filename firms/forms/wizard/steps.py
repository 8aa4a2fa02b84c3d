"""One form a step: each asks little, and says at once what is wrong."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusters.catalog import ACTIVITY_SCHEMES, countries
from clusters.pickers import ClassificationsField, SearchableForm
from firms.forms.fields import RowField, lines, of_model
from firms.forms.organizations import MAX_ACTIVITIES, problem_of
from firms.forms.wizard.kinds import WITHOUT_NUMBER
from firms.identifiers import Checked, InvalidIdentifier, check_tax_number
from firms.models import Organization, OrganizationKind
from firms.services.organizations import IdentifierContent


def as_content(checked: Checked) -> IdentifierContent:
    """Return a checked number as the services take it."""
    return IdentifierContent(
        scheme=checked.scheme,
        value=checked.value,
        normalized=checked.normalized,
        is_checked=checked.is_checked,
    )


class IdentityStep(SearchableForm):
    """Which organization: country, tax number and name."""

    country = RowField(countries, label=_("País"), empty_label=_("Elija el país"))
    tax_number = forms.CharField(
        label=_("Número tributario"),
        max_length=40,
        error_messages={"required": _("Escriba el número, o marque que todavía no lo tienen.")},
        help_text=_("RUT, CUIT, CNPJ, RFC, NIT, RUC… con puntos y guiones o sin ellos."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    without_number = forms.BooleanField(label=_("Todavía no tenemos número"), required=False)
    legal_name = of_model(
        Organization,
        "legal_name",
        help_text=_("Como figura en sus papeles; si no los hay, como la conocen."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tax_number"].required = not self.data.get("without_number")

    def clean(self) -> dict[str, Any]:
        """Check the number by the rules of its country; one that is given counts."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        country, number = cleaned.get("country"), cleaned.get("tax_number")
        if country and number:
            try:
                cleaned["checked"] = check_tax_number(country.country_code, number)
            except InvalidIdentifier as error:
                self.add_error("tax_number", problem_of(error))
        return cleaned


class KindStep(SearchableForm):
    """What it is."""

    kind = forms.ChoiceField(
        label=_("¿Qué es?"), choices=OrganizationKind.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, has_number: bool, likely: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        if not has_number:
            allowed = [row for row in OrganizationKind.choices if row[0] in WITHOUT_NUMBER]
            field.choices = allowed  # type: ignore[attr-defined] # a ChoiceField
            field.help_text = _(
                "Sin número tributario se pueden registrar estos tipos. "
                "Los demás lo necesitan: vuelva al primer paso cuando lo tenga."
            )
        if has_number or likely in WITHOUT_NUMBER:
            self.initial["kind"] = likely


class ActivityStep(SearchableForm):
    """What it does, in one line, and the activities that this line means."""

    one_line = of_model(
        Organization,
        "one_line",
        required=True,
        label=_("¿Qué hace? En una línea"),
        widget=lines(2),
        help_text=_("Como se lo diría a un vecino: “Etiquetas autoadhesivas para botellas”."),
    )
    activities = ClassificationsField(
        label=_("Actividades"),
        schemes=ACTIVITY_SCHEMES,
        limit=MAX_ACTIVITIES,
        help_text=_("La primera de la lista es la principal."),
    )
