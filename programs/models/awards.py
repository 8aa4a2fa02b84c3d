"""Who was supported by a program, as its agency or a public register says."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.models import Public
from firms.models import Organization
from programs.models.programs import Program

FIRST_YEAR = 1950
LAST_YEAR = 2100


@tracked("program", key="program_id", item=("award", "id"))
class Award(Public):
    """What a program gave to an organization in a year, and who says so."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="awards")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="awards")
    year = models.PositiveSmallIntegerField(_("año"))
    amount = models.DecimalField(_("monto"), max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("moneda"), max_length=3, blank=True)
    source = models.CharField(_("fuente"), max_length=60)
    source_ref = models.CharField(_("referencia en la fuente"), max_length=160, blank=True)
    source_url = models.URLField(_("dónde se publicó"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("apoyo otorgado")
        verbose_name_plural = _("apoyos otorgados")
        ordering: ClassVar = ["-year", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="award_year_in_range",
                violation_error_message=_("Escriba un año con cuatro cifras."),
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True, currency="") | Q(amount__gt=0) & ~Q(currency=""),
                name="award_amount_has_currency",
                violation_error_message=_("Un monto lleva su moneda."),
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="award_names_its_source",
                violation_error_message=_("Diga quién lo publicó."),
            ),
            models.UniqueConstraint(
                fields=["program", "organization", "year", "source_ref"],
                name="award_once",
                violation_error_message=_("Ese apoyo ya está registrado."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program_id} → {self.organization_id} ({self.year})"
