"""Standing schemes of support."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusters.models import AdminUnit
from common.history import tracked
from common.i18n import in_readers_language
from common.models import Labelled, Public
from firms.models import Organization


class Instrument(models.TextChoices):
    """What a program gives."""

    SUBSIDY = "subsidy", _("Subsidio o ayuda")
    VOUCHER = "voucher", _("Bono o vale")
    TAX_CREDIT = "tax_credit", _("Crédito fiscal")
    LOAN = "loan", _("Crédito")
    GUARANTEE = "guarantee", _("Garantía")
    EQUITY = "equity", _("Capital")
    TECHNICAL_ASSISTANCE = "technical_assistance", _("Asistencia técnica")
    TRAINING = "training", _("Capacitación")
    MISSION = "mission", _("Misión o feria")
    CERTIFICATION = "certification", _("Certificación o registro")
    PROCUREMENT = "procurement", _("Preferencia en compras públicas")
    FACILITIES = "facilities", _("Espacio o equipamiento")


class PolicyRole(models.TextChoices):
    """What part a program plays in a cluster's development."""

    CATALYST = "catalyst", _("Impulso a la inversión y la competitividad")
    MARKET = "demand", _("Compra pública y apertura de mercados")
    RESEARCH = "research", _("Investigación e innovación")
    EDUCATION = "education", _("Educación y base científica")
    TRAINING = "training", _("Formación y empleo")
    FINANCE = "finance", _("Financiamiento")


class Recurrence(models.TextChoices):
    """How often a program opens."""

    PERMANENT = "permanent", _("Ventanilla permanente")
    YEARLY = "yearly", _("Se abre cada año")
    IRREGULAR = "irregular", _("Se abre sin calendario fijo")
    ONE_OFF = "one_off", _("Una sola vez")


class ProgramStatus(models.TextChoices):
    """Whether a program is shown, and whether it still exists."""

    DRAFT = "draft", _("Borrador")
    PUBLISHED = "published", _("Publicado")
    RETIRED = "retired", _("Terminado")


class ProgramQuerySet(models.QuerySet["Program"]):
    """Named sets of programs."""

    def published(self) -> Self:
        """Keep those that anybody may see, whether or not they still run."""
        return self.exclude(status=ProgramStatus.DRAFT)

    def in_territory(self, unit: AdminUnit) -> Self:
        """Keep those that cover a division: its own, one above it or one inside it."""
        related = Q(territories=unit) | Q(territories__parent=unit)
        if unit.parent_id:
            related |= Q(territories=unit.parent_id)
        return self.filter(pk__in=Program.objects.filter(related).values("pk"))


@tracked("program", key="id")
class Program(Public, Labelled):
    """A standing support scheme of an agency: what it gives, to whom and where."""

    slug = models.SlugField(_("dirección"), max_length=100, unique=True)
    code = models.CharField(_("código"), max_length=60, blank=True)
    agency = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("agencia registrada"),
        related_name="programs",
    )
    agency_name = models.CharField(_("nombre de la agencia"), max_length=250, blank=True)
    objective_es = models.TextField(_("objetivo en español"), max_length=1_200, blank=True)
    objective_pt = models.TextField(_("objetivo en portugués"), max_length=1_200, blank=True)
    objective_en = models.TextField(_("objetivo en inglés"), max_length=1_200, blank=True)
    instruments = ArrayField(
        models.CharField(max_length=20, choices=Instrument.choices),
        verbose_name=_("qué entrega"),
        default=list,
        blank=True,
    )
    policy_role = models.CharField(
        _("papel en el desarrollo"), max_length=10, choices=PolicyRole.choices, blank=True
    )
    # Where the benefit applies; never inherited from where the agency sits.
    territories = models.ManyToManyField(
        AdminUnit, verbose_name=_("territorio"), related_name="programs", blank=True
    )
    url = models.URLField(_("página oficial"), max_length=500, blank=True)
    legal_basis = models.CharField(_("base legal"), max_length=500, blank=True)
    recurrence = models.CharField(
        _("cada cuánto se abre"),
        max_length=10,
        choices=Recurrence.choices,
        default=Recurrence.IRREGULAR,
    )
    status = models.CharField(
        _("estado"), max_length=10, choices=ProgramStatus.choices, default=ProgramStatus.DRAFT
    )
    last_verified_on = models.DateField(_("verificado el"), null=True, blank=True)
    source = models.CharField(_("fuente"), max_length=60, blank=True)
    source_ref = models.CharField(_("referencia en la fuente"), max_length=160, blank=True)
    license = models.CharField(_("licencia de los datos"), max_length=160, blank=True)

    objects = ProgramQuerySet.as_manager()

    class Meta:
        verbose_name = _("programa")
        verbose_name_plural = _("programas")
        ordering: ClassVar = ["label_es", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(label_es="") | ~Q(label_pt="") | ~Q(label_en=""),
                name="program_has_a_name",
                violation_error_message=_("Un programa necesita un nombre."),
            ),
            models.CheckConstraint(
                condition=Q(agency__isnull=False) | ~Q(agency_name=""),
                name="program_has_an_agency",
                violation_error_message=_("Diga qué agencia ofrece el programa."),
            ),
            models.UniqueConstraint(
                fields=["source", "source_ref"],
                condition=~Q(source_ref=""),
                name="program_unique_in_source",
                violation_error_message=_("Esa referencia de la fuente ya está registrada."),
            ),
        ]

    @property
    def objective(self) -> str:
        """What it is for, in the reader's language or the first one written."""
        return in_readers_language(self, "objective")

    @property
    def shown_agency(self) -> str:
        """The agency's name: that of its record when it has one."""
        return self.agency.name if self.agency else self.agency_name

    @property
    def instrument_labels(self) -> list[str]:
        """What it gives, in the reader's language."""
        return [str(Instrument(code).label) for code in self.instruments]
