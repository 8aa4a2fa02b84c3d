"""The conditions of programs and calls, as rows."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.models import Language, Timestamped
from programs.eligibility.evaluate import check
from programs.eligibility.kinds import Kind
from programs.eligibility.reading import InvalidParametersError
from programs.models.calls import Call
from programs.models.programs import Program

OF_CRITERION = (
    "coalesce({row}.program_id, (SELECT program_id FROM programs_call WHERE id = {row}.call_id))"
)


class CriterionKind(models.TextChoices):
    """What a criterion tests, or how it combines those under it."""

    APPLICANT_KIND = Kind.APPLICANT_KIND.value, _("Tipo de organización")
    TERRITORY = Kind.TERRITORY.value, _("Territorio")
    SIZE_CLASS = Kind.SIZE_CLASS.value, _("Tamaño")
    ACTIVITY = Kind.ACTIVITY.value, _("Actividad económica")
    YEARS_SINCE_START = Kind.YEARS_SINCE_START.value, _("Antigüedad")
    WOMEN_LED = Kind.WOMEN_LED.value, _("Liderazgo de mujeres")
    CERTIFICATE_HELD = Kind.CERTIFICATE_HELD.value, _("Certificado vigente")
    DECLARED = Kind.DECLARED.value, _("Declaración de la organización")
    ALL_OF = Kind.ALL_OF.value, _("Todas estas")
    ANY_OF = Kind.ANY_OF.value, _("Al menos una de estas")
    K_OF_N = Kind.K_OF_N.value, _("Cierta cantidad de estas")


def validate_parameters(kind: str, parameters: object) -> None:
    """Refuse parameters that the evaluator of that kind cannot read."""
    try:
        check(kind, parameters if isinstance(parameters, dict) else {"": None})
    except InvalidParametersError as error:
        message = _("La condición «%(kind)s» no entiende «%(name)s».")
        values = {"kind": kind, "name": error.name}
        raise ValidationError({"parameters": ValidationError(message, params=values)}) from error


@tracked(
    "program",
    key=OF_CRITERION,
    item=("call", "call_id"),
)
class EligibilityCriterion(Timestamped):
    """One testable condition of a program (for all its calls) or of one call."""

    program = models.ForeignKey(
        Program, models.CASCADE, null=True, blank=True, related_name="criteria"
    )
    call = models.ForeignKey(Call, models.CASCADE, null=True, blank=True, related_name="criteria")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    code = models.SlugField(_("código"), max_length=80, blank=True)
    kind = models.CharField(_("qué se revisa"), max_length=20, choices=CriterionKind.choices)
    parameters = models.JSONField(_("valores"), default=dict, blank=True)
    negated = models.BooleanField(_("al revés: se excluye a quien lo cumple"), default=False)
    text = models.TextField(_("en palabras de la agencia"), max_length=2_000, blank=True)
    language = models.CharField(
        _("idioma del texto"), max_length=2, choices=Language.choices, default=Language.ES
    )
    source_clause = models.CharField(_("artículo o página"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(_("orden"), default=0)

    class Meta:
        verbose_name = _("condición")
        verbose_name_plural = _("condiciones")
        ordering: ClassVar = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(program__isnull=True, call__isnull=False)
                | Q(program__isnull=False, call__isnull=True),
                name="criterion_of_program_or_call",
                violation_error_message=_("Una condición es de un programa o de una convocatoria."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="criterion_not_its_own_parent",
                violation_error_message=_("Una condición no se contiene a sí misma."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.DECLARED.value) | ~Q(text=""),
                name="criterion_declared_has_words",
                violation_error_message=_("Escriba la condición como la dicen las bases."),
            ),
            models.UniqueConstraint(
                fields=["program", "code"],
                condition=Q(program__isnull=False) & ~Q(code=""),
                name="criterion_unique_in_program",
                violation_error_message=_("Ya hay una condición con ese código."),
            ),
            models.UniqueConstraint(
                fields=["call", "code"],
                condition=Q(call__isnull=False) & ~Q(code=""),
                name="criterion_unique_in_call",
                violation_error_message=_("Ya hay una condición con ese código."),
            ),
        ]

    def __str__(self) -> str:
        return self.text or self.get_kind_display()

    def clean(self) -> None:
        """Check the parameters against the schema of the kind."""
        validate_parameters(self.kind, self.parameters)
