"""What universities and centers add: technology transfer, groups, services and facilities."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.models import Timestamped
from firms.models.organizations import Organization


@tracked("organization", key="organization_id")
class ResearchProfile(Timestamped):
    """Whom to write to about technology, and the rules on what is invented."""

    organization = models.OneToOneField(
        Organization, models.CASCADE, related_name="research_profile"
    )
    office_name = models.CharField(
        _("oficina de transferencia tecnológica"), max_length=160, blank=True
    )
    office_email = models.EmailField(_("buzón de la oficina"), max_length=254, blank=True)
    ip_policy_url = models.URLField(
        _("política de propiedad intelectual"), max_length=300, blank=True
    )
    infrastructure = models.TextField(
        _("infraestructura que otros pueden usar"), max_length=1_200, blank=True
    )

    class Meta:
        verbose_name = _("perfil de investigación")
        verbose_name_plural = _("perfiles de investigación")
        ordering: ClassVar = ["organization"]

    def __str__(self) -> str:
        return self.office_name


@tracked("organization", key="organization_id")
class ResearchGroup(Timestamped):
    """A group and the lines it works on; the lead is known by ORCID only."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="research_groups")
    name = models.CharField(_("grupo"), max_length=200)
    lines = models.CharField(_("líneas de investigación"), max_length=500, blank=True)
    lead_orcid = models.CharField(_("ORCID de quien lo dirige"), max_length=19, blank=True)

    class Meta:
        verbose_name = _("grupo de investigación")
        verbose_name_plural = _("grupos de investigación")
        ordering: ClassVar = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="research_group_unique",
                violation_error_message=_("Ese grupo ya está en la lista."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="research_group_has_a_name",
                violation_error_message=_("Escriba el nombre del grupo."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FeeType(models.TextChoices):
    """What a service costs."""

    FREE = "free", _("Sin costo")
    SUBSIDIZED = "subsidized", _("Con subsidio")
    FIXED = "fixed", _("Tarifa fija")
    HOURLY = "hourly", _("Por hora")
    ON_QUOTE = "on_quote", _("Según cotización")


@tracked("organization", key="organization_id")
class TechnicalService(Timestamped):
    """A service of a university or center, as a test or an analysis, and how it is paid."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="technical_services"
    )
    name = models.CharField(_("servicio"), max_length=200)
    fee_type = models.CharField(_("costo"), max_length=10, choices=FeeType.choices, blank=True)

    class Meta:
        verbose_name = _("servicio técnico")
        verbose_name_plural = _("servicios técnicos")
        ordering: ClassVar = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="technical_service_unique",
                violation_error_message=_("Ese servicio ya está en la lista."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="technical_service_has_a_name",
                violation_error_message=_("Escriba el nombre del servicio."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
