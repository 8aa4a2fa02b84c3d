"""What several forms of organizations share: numbers in words, and how many activities."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from firms.identifiers import InvalidIdentifier, Problem

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
