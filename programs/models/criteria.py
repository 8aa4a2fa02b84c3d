"""The conditions of programs and calls, as rows."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.models import Language, Timestamped
from programs.eligibility.evaluate import check
from programs.eligibility.kinds import Kind
from programs.eligibility.reading import InvalidParametersError
from programs.eligibility.terms import Check, Effect, Scope, Terms
from programs.models.calls import Call
from programs.models.programs import Program

OF_CRITERION = (
    "coalesce({row}.program_id, (SELECT program_id FROM programs_call WHERE id = {row}.call_id))"
)


class CriterionKind(models.TextChoices):
    """What a criterion tests, or how it combines those under it."""

    APPLICANT_KIND = Kind.APPLICANT_KIND.value, _("Tipo de organización")
    LEGAL_FORM = Kind.LEGAL_FORM.value, _("Forma jurídica")
    REGISTERED_IN = Kind.REGISTERED_IN.value, _("País de registro")
    TAX_CATEGORY = Kind.TAX_CATEGORY.value, _("Categoría tributaria")
    TAX_ID_STATUS = Kind.TAX_ID_STATUS.value, _("Estado de su número tributario")
    NOT_STARTED = Kind.NOT_STARTED.value, _("Sin inicio de actividades")
    REGISTRATION_HELD = Kind.REGISTRATION_HELD.value, _("Inscripción vigente en un registro")
    REPRESENTATIVE_NATIONALITY = (
        Kind.REPRESENTATIVE_NATIONALITY.value,
        _("Nacionalidad de quien postula"),
    )
    REPRESENTATIVE_AGE = Kind.REPRESENTATIVE_AGE.value, _("Edad de quien postula")
    YEARS_SINCE_START = Kind.YEARS_SINCE_START.value, _("Antigüedad")
    CONSTITUTED = Kind.CONSTITUTED.value, _("Ya constituida")
    SALES = Kind.SALES.value, _("Ventas anuales")
    BALANCE = Kind.BALANCE.value, _("Activo total")
    HEADCOUNT = Kind.HEADCOUNT.value, _("Personas que trabajan")
    SIZE_CLASS = Kind.SIZE_CLASS.value, _("Tamaño")
    FOREIGN_SHARE = Kind.FOREIGN_SHARE.value, _("Capital extranjero")
    IMPORTS_SHARE = Kind.IMPORTS_SHARE.value, _("Bienes importados sobre las ventas")
    INDEPENDENT = Kind.INDEPENDENT.value, _("Independiente de un grupo")
    ACTIVITY = Kind.ACTIVITY.value, _("Actividad económica")
    CHAIN_STAGE = Kind.CHAIN_STAGE.value, _("Eslabón de la cadena")
    TERRITORY = Kind.TERRITORY.value, _("Territorio")
    EXECUTION_IN = Kind.EXECUTION_IN.value, _("Dónde se ejecuta")
    MARKET_IN = Kind.MARKET_IN.value, _("Mercado al que apunta")
    NO_DEBT = Kind.NO_DEBT.value, _("Sin deudas")
    NOT_BARRED = Kind.NOT_BARRED.value, _("Sin impedimento para contratar con el Estado")
    NOT_IN_REGISTER = Kind.NOT_IN_REGISTER.value, _("Fuera de un registro de sanciones o deudores")
    NOT_INSOLVENT = Kind.NOT_INSOLVENT.value, _("Sin concurso ni quiebra")
    NOT_IN_DIFFICULTY = Kind.NOT_IN_DIFFICULTY.value, _("No es una empresa en crisis")
    CLEAN_RECORD = Kind.CLEAN_RECORD.value, _("Representantes sin antecedentes")
    NO_CONFLICT = Kind.NO_CONFLICT.value, _("Sin conflicto de interés")
    PREVIOUS_AWARD = Kind.PREVIOUS_AWARD.value, _("Apoyos anteriores")
    OPEN_AWARDS = Kind.OPEN_AWARDS.value, _("Proyectos apoyados en curso")
    AID_RECEIVED = Kind.AID_RECEIVED.value, _("Ayudas recibidas en tres años")
    NO_DOUBLE_FUNDING = Kind.NO_DOUBLE_FUNDING.value, _("Sin doble financiamiento")
    CERTIFICATE_HELD = Kind.CERTIFICATE_HELD.value, _("Certificado vigente")
    DECLARED = Kind.DECLARED.value, _("Declaración de la organización")
    WOMEN_LED = Kind.WOMEN_LED.value, _("Liderazgo de mujeres")
    YOUTH_LED = Kind.YOUTH_LED.value, _("Liderazgo joven")
    POPULATION_GROUP = Kind.POPULATION_GROUP.value, _("Grupo de población")
    QUALIFICATION = Kind.QUALIFICATION.value, _("Formación de quien dirige")
    TRL_START = Kind.TRL_START.value, _("Madurez tecnológica al empezar (TRL)")
    TRL_END = Kind.TRL_END.value, _("Madurez tecnológica al terminar (TRL)")
    DURATION = Kind.DURATION.value, _("Duración del proyecto")
    BUDGET = Kind.BUDGET.value, _("Presupuesto del proyecto")
    REQUESTED = Kind.REQUESTED.value, _("Monto pedido")
    COUNTERPART_SHARE = Kind.COUNTERPART_SHARE.value, _("Aporte propio")
    CASH_SHARE = Kind.CASH_SHARE.value, _("Parte del aporte en dinero")
    SPENDING_HEAD = Kind.SPENDING_HEAD.value, _("Tope de un gasto")
    JOBS = Kind.JOBS.value, _("Empleos que crea")
    PURPOSE = Kind.PURPOSE.value, _("Propósito del proyecto")
    CIVIL_PURPOSE = Kind.CIVIL_PURPOSE.value, _("Fin solo civil")
    DIAGNOSTIC_DONE = Kind.DIAGNOSTIC_DONE.value, _("Diagnóstico hecho")
    TRAINING_DONE = Kind.TRAINING_DONE.value, _("Formación completada")
    SPONSOR = Kind.SPONSOR.value, _("Patrocinador acreditado")
    PARTNER_COUNT = Kind.PARTNER_COUNT.value, _("Cantidad de socios")
    INDEPENDENT_PARTNERS = Kind.INDEPENDENT_PARTNERS.value, _("Socios independientes entre sí")
    COUNTRY_COUNT = Kind.COUNTRY_COUNT.value, _("Países de los socios")
    PARTNER_OF_KIND = Kind.PARTNER_OF_KIND.value, _("Un socio de cierto tipo")
    LEAD_KIND = Kind.LEAD_KIND.value, _("Tipo de quien lidera")
    PARTNER_SHARE = Kind.PARTNER_SHARE.value, _("Mayor parte de un socio en el costo")
    COUNTRY_SHARE = Kind.COUNTRY_SHARE.value, _("Mayor parte de un país en el costo")
    SME_SHARE = Kind.SME_SHARE.value, _("Parte de las pymes en el costo")
    BENEFICIARY_COUNT = Kind.BENEFICIARY_COUNT.value, _("Empresas beneficiarias")
    ALL_OF = Kind.ALL_OF.value, _("Todas estas")
    ANY_OF = Kind.ANY_OF.value, _("Al menos una de estas")
    K_OF_N = Kind.K_OF_N.value, _("Cierta cantidad de estas")
    UNLESS = Kind.UNLESS.value, _("Una regla y sus excepciones")


class CriterionScope(models.TextChoices):
    """Of whom a criterion is asked."""

    APPLICANT = Scope.APPLICANT.value, _("La organización que postula")
    LEAD = Scope.LEAD.value, _("Quien lidera")
    EACH_PARTNER = Scope.EACH_PARTNER.value, _("Cada socio")
    CONSORTIUM = Scope.CONSORTIUM.value, _("El consorcio")
    PROJECT = Scope.PROJECT.value, _("El proyecto")
    REPRESENTATIVE = Scope.REPRESENTATIVE.value, _("Quien representa")
    BENEFICIARY_GROUP = Scope.BENEFICIARY_GROUP.value, _("Las empresas beneficiarias")


class CriterionCheck(models.TextChoices):
    """When a criterion is checked."""

    APPLY = Check.APPLY.value, _("Al postular")
    ADMISSIBILITY = Check.ADMISSIBILITY.value, _("En la admisibilidad")
    SIGNATURE = Check.SIGNATURE.value, _("Antes de firmar")
    DISBURSEMENT = Check.DISBURSEMENT.value, _("Antes de cada pago")


class CriterionEffect(models.TextChoices):
    """What a criterion does."""

    GATE = Effect.GATE.value, _("Es requisito")
    RATE = Effect.RATE.value, _("Cambia la parte que se paga")
    CAP = Effect.CAP.value, _("Cambia el monto máximo")
    SCORE = Effect.SCORE.value, _("Da puntaje")
    ROUTE = Effect.ROUTE.value, _("Lleva a una línea")


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
    kind = models.CharField(_("qué se revisa"), max_length=40, choices=CriterionKind.choices)
    parameters = models.JSONField(_("valores"), default=dict, blank=True)
    negated = models.BooleanField(_("al revés: se excluye a quien lo cumple"), default=False)
    scope = models.CharField(
        _("de quién"),
        max_length=20,
        choices=CriterionScope.choices,
        default=CriterionScope.APPLICANT,
    )
    checked_at = models.CharField(
        _("cuándo se revisa"),
        max_length=14,
        choices=CriterionCheck.choices,
        default=CriterionCheck.APPLY,
    )
    effect = models.CharField(
        _("qué hace"), max_length=8, choices=CriterionEffect.choices, default=CriterionEffect.GATE
    )
    amount = models.DecimalField(
        _("cuánto"), max_digits=16, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    line = models.CharField(_("línea"), max_length=80, blank=True)
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
            models.CheckConstraint(
                condition=~Q(effect=Effect.ROUTE.value) | ~Q(line=""),
                name="criterion_route_has_line",
                violation_error_message=_("Escriba a qué línea lleva la condición."),
            ),
            models.CheckConstraint(
                condition=~Q(effect__in=[Effect.RATE.value, Effect.CAP.value, Effect.SCORE.value])
                | Q(amount__gt=0),
                name="criterion_effect_has_amount",
                violation_error_message=_("Escriba cuánto cambia la condición."),
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

    @property
    def terms(self) -> Terms:
        """What surrounds the condition, as the evaluator takes it."""
        return Terms(
            self.negated,
            Scope(self.scope),
            Check(self.checked_at),
            Effect(self.effect),
            self.amount,
            self.line,
        )

    def clean(self) -> None:
        """Check the parameters against the schema of the kind."""
        validate_parameters(self.kind, self.parameters)
