"""Firms, universities, agencies, associations and cluster organizations."""

import datetime as dt
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from clusters.models import AdminUnit, Classification, Fold
from common.history import tracked
from common.models import Language, Public
from firms.freshness import oldest_listed
from firms.models.names import BareName, Host


class OrganizationKind(models.TextChoices):
    """What an organization is."""

    FIRM = "firm", _("Empresa")
    SOLE_TRADER = "sole_trader", _("Persona con actividad empresarial")
    COOPERATIVE = "cooperative", _("Cooperativa")
    PRODUCER_ASSOCIATION = "producer_association", _("Asociación de productores")
    UNIVERSITY = "university", _("Universidad")
    RESEARCH_CENTER = "research_center", _("Centro de investigación")
    TECHNOLOGY_CENTER = "technology_center", _("Centro tecnológico")
    PUBLIC_AGENCY = "public_agency", _("Agencia pública")
    CHAMBER = "chamber", _("Cámara o gremio")
    CLUSTER_ORGANIZATION = "cluster_organization", _("Entidad gestora de clúster")
    NGO = "ngo", _("Organización sin fines de lucro")
    LENDER = "lender", _("Entidad financiera")


class OrganizationStatus(models.TextChoices):
    """Whether an organization operates."""

    ACTIVE = "active", _("Activa")
    SUSPENDED = "suspended", _("Suspendida")
    CLOSED = "closed", _("Cerrada")


class SizeClass(models.TextChoices):
    """Size as declared; empty is unknown. National schemes compute their own class."""

    MICRO = "micro", _("Micro")
    SMALL = "small", _("Pequeña")
    MEDIUM = "medium", _("Mediana")
    LARGE = "large", _("Grande")


class Verification(models.TextChoices):
    """How far the registry vouches for a record."""

    LISTED = "listed", _("Registrada de una fuente pública")
    CLAIMED = "claimed", _("Administrada por su organización")
    VERIFIED = "verified", _("Verificada")


class Visibility(models.TextChoices):
    """Who may see a record."""

    PUBLIC = "public", _("Cualquier persona")
    MEMBERS = "members", _("Personas registradas")
    PRIVATE = "private", _("Solo mi organización")


def stale_on(day: dt.date) -> Q:
    """Return the condition of records whose own people let their date pass beyond the grace."""
    return Q(
        verification__in=(Verification.CLAIMED, Verification.VERIFIED),
        last_confirmed_on__lt=oldest_listed(day),
    )


class OrganizationQuerySet(models.QuerySet["Organization"]):
    """Named sets of organizations."""

    def active(self) -> Self:
        """Keep those that operate."""
        return self.filter(status=OrganizationStatus.ACTIVE)

    def fresh_on(self, day: dt.date) -> Self:
        """Drop those whose own people let the date of confirmation pass by more than the grace."""
        return self.exclude(stale_on(day))


@tracked("organization", key="id")
class Organization(Public):
    """A firm, university, agency, association or cluster organization with one identity."""

    kind = models.CharField(_("tipo"), max_length=24, choices=OrganizationKind.choices)
    legal_name = models.CharField(_("razón social"), max_length=250)
    trade_name = models.CharField(_("nombre comercial"), max_length=250, blank=True)
    acronym = models.CharField(_("sigla"), max_length=40, blank=True)
    one_line = models.CharField(_("qué hace, en una línea"), max_length=160, blank=True)
    description = models.TextField(_("descripción"), max_length=1_200, blank=True)
    language = models.CharField(
        _("idioma del texto"), max_length=2, choices=Language.choices, default=Language.ES
    )
    country = models.ForeignKey(
        AdminUnit, models.PROTECT, verbose_name=_("país"), related_name="organizations_of_country"
    )
    legal_form = models.CharField(_("forma jurídica"), max_length=80, blank=True)
    legal_form_code = models.CharField(
        _("código de la forma jurídica"),
        max_length=4,
        blank=True,
        editable=False,
        help_text="ISO 20275, where the words are a form of the country's list.",
    )
    status = models.CharField(
        _("estado"),
        max_length=10,
        choices=OrganizationStatus.choices,
        default=OrganizationStatus.ACTIVE,
    )
    founded_on = models.DateField(_("fecha de constitución"), null=True, blank=True)
    activity_start_on = models.DateField(_("inicio de actividades"), null=True, blank=True)
    closed_on = models.DateField(_("fecha de cierre"), null=True, blank=True)
    size_class = models.CharField(_("tamaño"), max_length=8, choices=SizeClass.choices, blank=True)
    languages = ArrayField(
        models.CharField(max_length=2, choices=Language.choices),
        verbose_name=_("idiomas de trabajo"),
        default=list,
        blank=True,
    )
    website = models.URLField(_("sitio web"), max_length=300, blank=True)
    role_email = models.EmailField(_("correo de contacto"), max_length=254, blank=True)
    logo = models.CharField(max_length=64, blank=True, editable=False)
    logo_alt = models.CharField(_("descripción del logo"), max_length=160, blank=True)
    visibility = models.CharField(
        _("quién puede verla"),
        max_length=8,
        choices=Visibility.choices,
        default=Visibility.PUBLIC,
    )
    verification = models.CharField(
        _("verificación"),
        max_length=8,
        choices=Verification.choices,
        default=Verification.CLAIMED,
    )
    verified_on = models.DateField(_("verificada el"), null=True, blank=True)
    last_confirmed_on = models.DateField(_("confirmada el"), null=True, blank=True)
    source = models.CharField(_("fuente"), max_length=40, blank=True)
    source_ref = models.CharField(_("referencia en la fuente"), max_length=120, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)
    search_legal_name = BareName.column("legal_name")
    search_trade_name = BareName.column("trade_name")
    activities = models.ManyToManyField(
        Classification, through="OrganizationActivity", related_name="organizations"
    )

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organización")
        verbose_name_plural = _("organizaciones")
        ordering: ClassVar = ["legal_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(legal_name=""),
                name="organization_has_a_name",
                violation_error_message=_("Escriba la razón social."),
            ),
            models.CheckConstraint(
                condition=Q(status=OrganizationStatus.CLOSED, closed_on__isnull=False)
                | (~Q(status=OrganizationStatus.CLOSED) & Q(closed_on__isnull=True)),
                name="organization_closed_has_date",
                violation_error_message=_("Una organización cerrada lleva su fecha de cierre."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | Q(founded_on__isnull=True)
                | Q(closed_on__gte=F("founded_on")),
                name="organization_closes_after_founding",
                violation_error_message=_("El cierre no puede ser anterior a la constitución."),
            ),
            models.CheckConstraint(
                condition=~Q(verification=Verification.VERIFIED) | Q(verified_on__isnull=False),
                name="organization_verified_has_date",
                violation_error_message=_("Una verificación lleva fecha."),
            ),
            models.CheckConstraint(
                condition=~Q(verification=Verification.LISTED) | ~Q(source=""),
                name="organization_listed_has_source",
                violation_error_message=_("Un registro importado nombra su fuente."),
            ),
            models.UniqueConstraint(
                fields=["logo"],
                condition=~Q(logo=""),
                name="organization_logo_of_one",
                violation_error_message=_("Ese logo es de otra organización."),
            ),
            models.UniqueConstraint(
                fields=["source", "source_ref"],
                condition=~Q(source_ref=""),
                name="organization_unique_in_source",
                violation_error_message=_("Esa referencia de la fuente ya está registrada."),
            ),
        ]
        indexes = [
            GinIndex(
                OpClass(
                    Fold("legal_name", "trade_name", "acronym", "one_line"), name="gin_trgm_ops"
                ),
                name="organization_words",
            ),
            GinIndex(
                OpClass("search_legal_name", name="gin_trgm_ops"),
                name="organization_bare_legal",
            ),
            GinIndex(
                OpClass("search_trade_name", name="gin_trgm_ops"),
                name="organization_bare_trade",
            ),
            models.Index(
                Coalesce(NullIf("trade_name", Value("")), "legal_name"),
                "id",
                name="organization_by_shown_name",
            ),
            models.Index(Host("website"), name="organization_by_host"),
            models.Index(Host("role_email"), name="organization_by_mail_host"),
            models.Index(fields=["-created_at", "-id"], name="organization_by_age"),
            models.Index(fields=["country", "kind", "status"], name="organization_by_place_kind"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name people use: the trade name when there is one."""
        return self.trade_name or self.legal_name


@tracked("organization", key="organization_id")
class OrganizationActivity(models.Model):
    """An economic activity that an organization carries out, and since when."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="activity_records")
    classification = models.ForeignKey(Classification, models.PROTECT, related_name="+")
    is_main = models.BooleanField(_("principal"), default=False)
    since = models.DateField(_("desde"), null=True, blank=True)

    class Meta:
        verbose_name = _("actividad")
        verbose_name_plural = _("actividades")
        ordering: ClassVar = ["-is_main", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "classification"],
                name="activity_unique",
                violation_error_message=_("Esa actividad ya está en la lista."),
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(is_main=True),
                name="activity_one_main",
                violation_error_message=_("Solo una actividad puede ser la principal."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.classification)
