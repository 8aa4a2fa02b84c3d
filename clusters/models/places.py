"""Countries, their first-level divisions, and cities."""

from typing import ClassVar

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.models import Labelled


class AdminUnit(Labelled):
    """A country (level 0) or one of its first-level divisions (level 1), by ISO 3166 code."""

    code = models.CharField(_("código"), max_length=10, unique=True)
    level = models.PositiveSmallIntegerField(_("nivel"))
    country_code = models.CharField(_("país"), max_length=2)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    boundary = models.MultiPolygonField(_("límite"), srid=4326, null=True, blank=True)
    center = models.PointField(_("centro"), geography=True, srid=4326, null=True, blank=True)

    class Meta:
        verbose_name = _("unidad administrativa")
        verbose_name_plural = _("unidades administrativas")
        constraints = [
            models.CheckConstraint(
                condition=Q(level=0, parent__isnull=True) | Q(level__gt=0, parent__isnull=False),
                name="admin_unit_parent_by_level",
                violation_error_message=_("Un país no tiene superior; una división sí."),
            ),
        ]
        indexes = [models.Index(fields=["country_code", "level"], name="admin_unit_by_country")]


class City(models.Model):
    """A populated place with coordinates, from GeoNames; what people type as their place."""

    geonames_id = models.PositiveIntegerField(unique=True)
    name = models.CharField(_("nombre"), max_length=200)
    search_name = models.CharField(max_length=200, help_text="Lower case, without accents.")
    country = models.ForeignKey(AdminUnit, models.PROTECT, related_name="cities_of_country")
    admin_unit = models.ForeignKey(
        AdminUnit, models.PROTECT, related_name="cities", null=True, blank=True
    )
    point = models.PointField(_("punto"), geography=True, srid=4326)
    population = models.PositiveIntegerField(_("población"), default=0)
    timezone = models.CharField(_("zona horaria"), max_length=50)

    class Meta:
        verbose_name = _("ciudad")
        verbose_name_plural = _("ciudades")
        ordering: ClassVar = ["-population", "pk"]
        indexes = [
            GinIndex(fields=["search_name"], opclasses=["gin_trgm_ops"], name="city_name_trigrams"),
            models.Index(fields=["search_name"], name="city_by_name"),
        ]

    def __str__(self) -> str:
        return self.name
