"""What agencies and associations add: how far they rule, and whom they stand for."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from clusters.models import AdminUnit, Classification
from common.history import tracked
from common.models import Timestamped
from firms.models.organizations import Organization


class AdministrativeLevel(models.TextChoices):
    """The level of government that an agency belongs to; empty is unknown."""

    SUPRANATIONAL = "supranational", _("Supranacional")
    NATIONAL = "national", _("Nacional")
    REGIONAL = "regional", _("Regional, estatal o departamental")
    LOCAL = "local", _("Municipal o comunal")


@tracked("organization", key="organization_id")
class AgencyProfile(Timestamped):
    """The level, territory and legal basis of a public agency."""

    organization = models.OneToOneField(Organization, models.CASCADE, related_name="agency_profile")
    level = models.CharField(
        _("nivel de gobierno"), max_length=14, choices=AdministrativeLevel.choices, blank=True
    )
    legal_act = models.CharField(_("norma que la crea"), max_length=250, blank=True)
    units = models.ManyToManyField(
        AdminUnit, verbose_name=_("territorio de su competencia"), related_name="+", blank=True
    )

    class Meta:
        verbose_name = _("perfil de agencia")
        verbose_name_plural = _("perfiles de agencia")
        ordering: ClassVar = ["organization"]

    def __str__(self) -> str:
        return f"{self.organization}"


@tracked("organization", key="organization_id")
class AssociationProfile(Timestamped):
    """How many an association stands for, in which sectors and territory."""

    organization = models.OneToOneField(
        Organization, models.CASCADE, related_name="association_profile"
    )
    member_count = models.PositiveIntegerField(_("cuántos socios tiene"), null=True, blank=True)
    sectors = models.ManyToManyField(
        Classification, verbose_name=_("sectores que representa"), related_name="+", blank=True
    )
    units = models.ManyToManyField(
        AdminUnit, verbose_name=_("territorio que representa"), related_name="+", blank=True
    )

    class Meta:
        verbose_name = _("perfil de asociación")
        verbose_name_plural = _("perfiles de asociación")
        ordering: ClassVar = ["organization"]

    def __str__(self) -> str:
        return f"{self.organization}"
