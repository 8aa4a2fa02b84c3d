"""Where an organization works."""

from typing import ClassVar

from django.contrib.gis.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusters.models import AdminUnit, City
from common.history import tracked
from common.models import Timestamped
from firms.models.organizations import Organization


class SiteKind(models.TextChoices):
    """What a site is used for."""

    HEADQUARTERS = "hq", _("Sede")
    PLANT = "plant", _("Planta")
    LAB = "lab", _("Laboratorio")
    OFFICE = "office", _("Oficina")


class Precision(models.TextChoices):
    """How exactly the point is known."""

    EXACT = "exact", _("Exacta")
    STREET = "street", _("Calle")
    LOCALITY = "locality", _("Localidad")
    ADMIN = "admin", _("División administrativa")


@tracked("organization", key="organization_id")
class Site(Timestamped):
    """A place of work with a point on the map and the division it lies in."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="sites")
    name = models.CharField(_("nombre"), max_length=160, blank=True)
    kind = models.CharField(
        _("uso"), max_length=8, choices=SiteKind.choices, default=SiteKind.HEADQUARTERS
    )
    is_main = models.BooleanField(_("principal"), default=False)
    point = models.PointField(_("punto"), geography=True, srid=4326)
    precision = models.CharField(
        _("precisión"), max_length=8, choices=Precision.choices, default=Precision.LOCALITY
    )
    admin_unit = models.ForeignKey(
        AdminUnit, models.PROTECT, verbose_name=_("división"), related_name="sites"
    )
    city = models.ForeignKey(
        City, models.SET_NULL, null=True, blank=True, verbose_name=_("ciudad"), related_name="sites"
    )
    address = models.CharField(_("dirección"), max_length=250, blank=True)
    headcount = models.PositiveIntegerField(_("personas que trabajan ahí"), null=True, blank=True)

    class Meta:
        verbose_name = _("sede")
        verbose_name_plural = _("sedes")
        ordering: ClassVar = ["-is_main", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(is_main=True),
                name="site_one_main",
                violation_error_message=_("Solo una sede puede ser la principal."),
            )
        ]

    def __str__(self) -> str:
        return self.name or str(self.city or self.admin_unit)
