"""Registering an organization and keeping its profile."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clusters.catalog import ACTIVITY_SCHEMES
from clusters.pickers import ClassificationsField, SearchableForm
from common.models import Language
from firms.forms.fields import a_choice, boxes, lines, of_model
from firms.identifiers import InvalidIdentifier, Problem
from firms.models import Organization, OrganizationKind, SizeClass

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
    languages = boxes(_("Idiomas en que trabajan"), Language.choices)
