"""Where an organization serves, and where it sells."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusters.models import AdminUnit
from common.history import tracked
from common.models import Timestamped
from firms.models.listings import MAX_REACH_KM
from firms.models.organizations import Organization


@tracked("organization", key="organization_id")
class ServiceArea(Timestamped):
    """How far an organization goes: a radius, territories, or a distance that does not matter."""

    organization = models.OneToOneField(Organization, models.CASCADE, related_name="service_area")
    radius_km = models.PositiveIntegerField(
        _("distancia máxima en kilómetros"), null=True, blank=True
    )
    works_remotely = models.BooleanField(_("también atiende a distancia"), default=False)
    units = models.ManyToManyField(
        AdminUnit, verbose_name=_("regiones y países"), related_name="+", blank=True
    )

    class Meta:
        verbose_name = _("área de servicio")
        verbose_name_plural = _("áreas de servicio")
        ordering: ClassVar = ["organization"]
        constraints = [
            models.CheckConstraint(
                condition=Q(radius_km__isnull=True)
                | (Q(radius_km__gte=1) & Q(radius_km__lte=MAX_REACH_KM)),
                name="service_area_radius_in_range",
                violation_error_message=_("La distancia va de 1 a 2.000 km."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization}"


class ExportExperience(models.TextChoices):
    """How used an organization is to selling abroad; empty is unknown."""

    NONE = "none", _("Todavía no exporta")
    OCCASIONAL = "occasional", _("Ha exportado alguna vez")
    REGULAR = "regular", _("Exporta todos los años")


@tracked("organization", key="organization_id")
class MarketProfile(Timestamped):
    """Where an organization sells, and how used it is to exporting."""

    organization = models.OneToOneField(Organization, models.CASCADE, related_name="market_profile")
    units = models.ManyToManyField(
        AdminUnit, verbose_name=_("mercados que atiende"), related_name="+", blank=True
    )
    export_experience = models.CharField(
        _("experiencia exportadora"), max_length=10, choices=ExportExperience.choices, blank=True
    )
    exports_since = models.PositiveSmallIntegerField(
        _("exporta desde el año"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("mercados")
        verbose_name_plural = _("mercados")
        ordering: ClassVar = ["organization"]
        constraints = [
            models.CheckConstraint(
                condition=Q(exports_since__isnull=True)
                | Q(exports_since__gte=1800, exports_since__lte=2200),
                name="market_profile_year_is_a_year",
                violation_error_message=_("Escriba el año con cuatro cifras."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization}"
