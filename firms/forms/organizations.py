"""Registering an organization and keeping its profile."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clusters.catalog import ACTIVITY_SCHEMES, countries, open_clusters
from clusters.pickers import CityField, ClassificationsField, SearchableForm, look_near
from common.models import Language
from firms.forms.fields import RowField, RowsField, a_choice, boxes, lines, of_model, yes_no_unknown
from firms.identifiers import Checked, InvalidIdentifier, Problem, check_tax_number
from firms.models import Organization, OrganizationKind, SizeClass
from firms.services.organizations import IdentifierContent, OrganizationContent, SiteContent

MAX_ACTIVITIES = 8

PROBLEMS = {
    Problem.EMPTY: _("Escriba el número."),
    Problem.LENGTH: _("%(name)s: le faltan o le sobran signos. Uno bien escrito: %(example)s."),
    Problem.FORMAT: _("Esto no parece un número de %(name)s. Uno bien escrito: %(example)s."),
    Problem.CHECK_DIGIT: _(
        "%(name)s: el dígito verificador no corresponde a los demás. Revíselo, por favor."
    ),
}


def problem_of(error: InvalidIdentifier) -> ValidationError:
    """Say in words what is wrong with a number."""
    values = {"name": error.scheme.name, "example": error.scheme.example}
    return ValidationError(PROBLEMS[error.problem], error.problem.value, values)


class IdentityForm(SearchableForm):
    """What both forms ask: who it is and what it does."""

    kind = a_choice(_("Tipo"), OrganizationKind.choices, unset=_("Elija el tipo"))
    legal_name = of_model(Organization, "legal_name")
    trade_name = of_model(Organization, "trade_name", help_text=_("El nombre con que la conocen."))
    one_line = of_model(
        Organization,
        "one_line",
        widget=lines(2),
        help_text=_("Como se lo diría a un vecino: “Etiquetas autoadhesivas para botellas”."),
    )
    activities = ClassificationsField(
        label=_("Actividades"),
        schemes=ACTIVITY_SCHEMES,
        limit=MAX_ACTIVITIES,
        help_text=_("La primera de la lista es la principal."),
    )
    size_class = a_choice(_("Tamaño"), SizeClass.choices, unset=_("No lo decimos"), required=False)
    women_led = yes_no_unknown(
        _("¿La lideran mujeres?"), help_text=_("Algunos programas lo tienen en cuenta.")
    )
    languages = boxes(_("Idiomas en que trabajan"), Language.choices)


class OrganizationForm(IdentityForm):
    """The short form: who it is, what it does, where."""

    country = RowField(countries, label=_("País"), empty_label=_("Elija el país"))
    tax_number = forms.CharField(
        label=_("Número tributario"),
        max_length=40,
        help_text=_("RUT, CUIT, CNPJ, RFC, NIT, RUC… según el país. Evita registros repetidos."),
    )
    city = CityField(label=_("Ciudad"), help_text=_("Donde está su sede."))
    clusters = RowsField(
        open_clusters,
        key="slug",
        label=_("Clústeres a los que pertenece"),
        help_text=_("Se lo preguntamos al clúster; aparecerá cuando lo confirme."),
    )

    field_order = ("country", "tax_number", "kind")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        look_near(self, str(self["country"].value() or ""))

    def clean(self) -> dict[str, Any]:
        """Check the number by the rules of its country."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        country, number = cleaned.get("country"), cleaned.get("tax_number")
        if country and number:
            try:
                cleaned["checked"] = check_tax_number(country.country_code, number)
            except InvalidIdentifier as error:
                self.add_error("tax_number", problem_of(error))
        return cleaned

    def identifier(self) -> IdentifierContent:
        """Return the number, checked."""
        checked: Checked = self.cleaned_data["checked"]
        return IdentifierContent(
            scheme=checked.scheme,
            value=checked.value,
            normalized=checked.normalized,
            is_checked=checked.is_checked,
        )

    def content(self) -> OrganizationContent:
        """Return what the service takes."""
        given = dict(self.cleaned_data)
        city = given.pop("city")
        for name in ("tax_number", "checked", "clusters"):
            given.pop(name, None)
        return OrganizationContent(**given, sites=[SiteContent(city=city)])
