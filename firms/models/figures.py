"""Figures of an organization, each with its date: people, sales and assets."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.models import Timestamped
from firms.models.organizations import Organization

PERCENT = (MinValueValidator(0), MaxValueValidator(100))


class Band(models.TextChoices):
    """A yearly amount in US dollars; the first three ends are those of the Andean statistics."""

    TO_25K = "to_25k", _("Hasta US$ 25.000")
    TO_100K = "to_100k", _("De US$ 25.000 a 100.000")
    TO_1M = "to_1m", _("De US$ 100.000 a 1 millón")
    TO_5M = "to_5m", _("De US$ 1 a 5 millones")
    TO_25M = "to_25m", _("De US$ 5 a 25 millones")
    TO_100M = "to_100m", _("De US$ 25 a 100 millones")
    OVER_100M = "over_100m", _("Más de US$ 100 millones")


class PeopleBand(models.TextChoices):
    """People at work in a year; the ends are those of Latin American and European statistics."""

    NONE = "none", _("Nadie más que su dueño")
    TO_4 = "to_4", _("De 1 a 4 personas")
    TO_9 = "to_9", _("De 5 a 9 personas")
    TO_49 = "to_49", _("De 10 a 49 personas")
    TO_199 = "to_199", _("De 50 a 199 personas")
    TO_249 = "to_249", _("De 200 a 249 personas")
    TO_499 = "to_499", _("De 250 a 499 personas")
    OVER_499 = "over_499", _("500 personas o más")


@tracked("organization", key="organization_id")
class Headcount(Timestamped):
    """How many people worked on a day: all, women, and full-time equivalents in research."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="headcounts")
    as_of = models.DateField(_("a la fecha"))
    total = models.PositiveIntegerField(_("personas"))
    women = models.PositiveIntegerField(_("mujeres"), null=True, blank=True)
    research_fte = models.DecimalField(
        _("jornadas completas en I+D"),
        max_digits=9,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )

    class Meta:
        verbose_name = _("personal")
        verbose_name_plural = _("personal")
        ordering: ClassVar = ["-as_of", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "as_of"],
                name="headcount_once_a_day",
                violation_error_message=_("Ya hay una cifra de personal con esa fecha."),
            ),
            models.CheckConstraint(
                condition=Q(women__isnull=True) | Q(women__lte=F("total")),
                name="headcount_women_within_total",
                violation_error_message=_("Las mujeres no pueden ser más que el total."),
            ),
            models.CheckConstraint(
                condition=Q(research_fte__isnull=True)
                | Q(research_fte__gte=0, research_fte__lte=F("total")),
                name="headcount_research_within_total",
                violation_error_message=_("Las jornadas en I+D no pueden ser más que el total."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.total} ({self.as_of})"


@tracked("organization", key="organization_id")
class AnnualFigures(Timestamped):
    """Sales, people and assets of a fiscal year in bands, and the shares exported and imported.

    Sales may also be told exactly, in the currency of the accounts: only administrators see that.
    """

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="annual_figures")
    fiscal_year = models.PositiveSmallIntegerField(_("año"))
    sales_band = models.CharField(_("ventas"), max_length=10, choices=Band.choices, blank=True)
    sales_amount = models.DecimalField(
        _("ventas netas exactas"), max_digits=18, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("moneda"), max_length=3, blank=True)
    people_band = models.CharField(
        _("personas que trabajaron"), max_length=10, choices=PeopleBand.choices, blank=True
    )
    exports_pct = models.DecimalField(
        _("parte exportada de las ventas, en %"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=PERCENT,
    )
    imports_pct = models.DecimalField(
        _("bienes importados sobre las ventas, en %"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=PERCENT,
    )
    balance_band = models.CharField(
        _("activo total"), max_length=10, choices=Band.choices, blank=True
    )

    class Meta:
        verbose_name = _("cifras de un año")
        verbose_name_plural = _("cifras por año")
        ordering: ClassVar = ["-fiscal_year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "fiscal_year"],
                name="annual_figures_once_a_year",
                violation_error_message=_("Ya hay cifras de ese año."),
            ),
            models.CheckConstraint(
                condition=Q(fiscal_year__gte=1950, fiscal_year__lte=2200),
                name="annual_figures_year_is_a_year",
                violation_error_message=_("Escriba el año con cuatro cifras."),
            ),
            models.CheckConstraint(
                condition=(Q(exports_pct__isnull=True) | Q(exports_pct__range=(0, 100)))
                & (Q(imports_pct__isnull=True) | Q(imports_pct__range=(0, 100))),
                name="annual_figures_shares_in_range",
                violation_error_message=_("Un porcentaje va de 0 a 100."),
            ),
            models.CheckConstraint(
                condition=Q(sales_amount__isnull=True) | (Q(sales_amount__gte=0) & ~Q(currency="")),
                name="annual_figures_amount_has_currency",
                violation_error_message=_("Una cifra de ventas lleva su moneda y no es negativa."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.fiscal_year)
