"""Who may see each part of a profile."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.models import Timestamped
from firms.models.organizations import Organization


class FieldGroup(models.TextChoices):
    """Parts of a profile that are shown or hidden together."""

    FOUNDING = "founding", _("Constitución")
    ACTIVITY_START = "activity_start", _("Inicio de actividades")
    LEGAL_FORM = "legal_form", _("Forma jurídica")
    ADDRESSES = "addresses", _("Direcciones, puntos exactos y personal de cada sede")
    SERVICE_AREA = "service_area", _("Dónde atiende")
    CERTIFICATES = "certificates", _("Certificados")
    CAPABILITIES = "capabilities", _("Capacidades y equipos")
    MARKETS = "markets", _("Mercados, exportación e idiomas")
    WEB = "web", _("Sitio web y redes")
    RESEARCH = "research", _("Investigación y servicios")
    AGENCY = "agency", _("Competencia de la agencia")
    ASSOCIATION = "association", _("Representación gremial")
    EVIDENCE = "evidence", _("Documentos de los certificados")
    REGISTRATIONS = "registrations", _("Inscripciones en registros")
    SIZE_DECLARATION = "size_declaration", _("Respaldo del tamaño declarado")
    HEADCOUNT = "headcount", _("Personas que trabajan")
    SALES = "sales", _("Ventas anuales por tramo")
    SALES_AMOUNT = "sales_amount", _("Ventas exactas")
    TECH_TRANSFER = "tech_transfer", _("Contacto de transferencia tecnológica")
    RESEARCH_LEADS = "research_leads", _("Quién dirige cada grupo")
    TRADE_SHARES = "trade_shares", _("Parte exportada e importada de las ventas")
    BALANCE = "balance", _("Activo total por tramo")
    OWNERSHIP = "ownership", _("Propiedad y grupo")
    LEADERSHIP = "leadership", _("Quiénes la dirigen")


class FieldLevel(models.TextChoices):
    """How far a part of a profile is shown, the widest first."""

    PUBLIC = "public", _("Cualquier persona")
    MEMBERS = "members", _("Personas registradas")
    INTRODUCTION = "introduction", _("Con quien acepte una presentación")
    ADMINISTRATORS = "administrators", _("Solo quienes administran esta organización")


@tracked("organization", key="organization_id")
class FieldVisibility(Timestamped):
    """A part of a profile that its organization shows more or less than is usual."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="field_visibilities"
    )
    group = models.CharField(_("parte"), max_length=20, choices=FieldGroup.choices)
    level = models.CharField(_("quién la ve"), max_length=14, choices=FieldLevel.choices)

    class Meta:
        verbose_name = _("visibilidad de una parte")
        verbose_name_plural = _("visibilidad de las partes")
        ordering: ClassVar = ["organization", "group"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "group"],
                name="field_visibility_unique",
                violation_error_message=_("Esa parte ya tiene su visibilidad."),
            ),
            models.CheckConstraint(
                condition=~models.Q(group=FieldGroup.LEADERSHIP),
                name="field_visibility_never_leadership",
                violation_error_message=_("Quiénes la dirigen lo ven solo sus administradores."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.level}"
