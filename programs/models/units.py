"""Dated values of the units in which programs tell amounts."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class UnitValue(models.Model):
    """What one unit is worth in a currency from a day on, with its source."""

    unit = models.CharField(_("unidad"), max_length=8)
    currency = models.CharField(_("moneda"), max_length=3)
    valid_from = models.DateField(_("desde"))
    value = models.DecimalField(_("valor"), max_digits=18, decimal_places=6)
    source = models.URLField(_("fuente"), max_length=300)

    class Meta:
        verbose_name = _("valor de una unidad")
        verbose_name_plural = _("valores de unidades")
        ordering: ClassVar = ["unit", "currency", "-valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "currency", "valid_from"],
                name="unit_value_once_a_day",
                violation_error_message=_("Esa unidad ya tiene un valor desde ese día."),
            ),
            models.CheckConstraint(
                condition=Q(value__gt=0),
                name="unit_value_positive",
                violation_error_message=_("El valor de una unidad es mayor que cero."),
            ),
        ]

    def __str__(self) -> str:
        return f"1 {self.unit} = {self.value} {self.currency}"
