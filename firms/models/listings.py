"""What offers and needs have in common."""

import datetime as dt
from typing import ClassVar, Self, TypeVar

from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusters.models import AdminUnit, Classification, Fold
from common.models import Language, Public
from firms.freshness import oldest_listed
from firms.models.organizations import (
    Organization,
    OrganizationStatus,
    Verification,
    Visibility,
)
from firms.models.words import Words

MAX_REACH_KM = 2_000


class ListingStatus(models.TextChoices):
    """What its author decided; whether it is open also depends on the date."""

    DRAFT = "draft", _("Borrador")
    PUBLISHED = "published", _("Publicada")
    ON_HOLD = "on_hold", _("En pausa")
    FULFILLED = "fulfilled", _("Resuelta")
    ARCHIVED = "archived", _("Archivada")


class Reach(models.TextChoices):
    """How far an offer serves, or how far a need looks."""

    RADIUS = "radius", _("Hasta cierta distancia")
    TERRITORIES = "territories", _("En ciertas regiones o países")
    NATIONAL = "national", _("En todo el país")
    WORLDWIDE = "worldwide", _("En cualquier país")


class Partnership(models.TextChoices):
    """The kind of deal that is offered or sought."""

    SUPPLY = "supply", _("Suministro")
    SUBCONTRACTING = "subcontracting", _("Subcontratación")
    DISTRIBUTION = "distribution", _("Distribución comercial")
    LICENSE = "license", _("Licencia o asistencia técnica")
    RESEARCH = "research", _("Investigación y desarrollo")
    INVESTMENT = "investment", _("Inversión o empresa conjunta")
    JOINT_PURCHASE = "joint_purchase", _("Compra conjunta")
    SERVICE = "service", _("Servicio o capacitación")


class Source(models.TextChoices):
    """Who wrote a listing."""

    SELF = "self", _("La propia organización")
    IMPORT = "import", _("Una fuente pública")
    ADVISER = "adviser", _("Una entrevista")


class CloseReason(models.TextChoices):
    """How a listing ended, as its author says."""

    SOLVED_HERE = "solved_here", _("Se resolvió por Racimo")
    SOLVED_ELSEWHERE = "solved_elsewhere", _("Se resolvió por otra vía")
    CANCELLED = "cancelled", _("Ya no hace falta")
    NO_ANSWER = "no_answer", _("Nadie respondió")


ListingT = TypeVar("ListingT", bound="Listing")


class ListingQuerySet(models.QuerySet[ListingT]):
    """Named sets of listings."""

    def open_on(self, day: dt.date) -> Self:
        """Keep those published and within their dates on a day, of organizations that are fresh."""
        return self.filter(
            status=ListingStatus.PUBLISHED,
            valid_from__lte=day,
            valid_until__gte=day,
            organization__status=OrganizationStatus.ACTIVE,
        ).exclude(
            organization__verification__in=(Verification.CLAIMED, Verification.VERIFIED),
            organization__last_confirmed_on__lt=oldest_listed(day),
        )


class Listing(Public):
    """An offer or a need: one text, its classifications, its place and how far it reaches."""

    reference = models.CharField(_("referencia"), max_length=40, unique=True)
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="%(class)ss")
    title = models.CharField(_("título"), max_length=160)
    summary = models.CharField(_("resumen"), max_length=500, blank=True)
    description = models.TextField(_("descripción"), max_length=4_000, blank=True)
    language = models.CharField(
        _("idioma del texto"), max_length=2, choices=Language.choices, default=Language.ES
    )
    partnerships = ArrayField(
        models.CharField(max_length=16, choices=Partnership.choices),
        verbose_name=_("tipo de acuerdo"),
        default=list,
        blank=True,
    )
    classifications = models.ManyToManyField(
        Classification, verbose_name=_("clasificaciones"), related_name="%(class)ss", blank=True
    )
    admin_unit = models.ForeignKey(
        AdminUnit, models.PROTECT, verbose_name=_("lugar"), related_name="%(class)ss_here"
    )
    point = models.PointField(_("punto"), geography=True, srid=4326)
    place_name = models.CharField(_("lugar"), max_length=200, blank=True)
    reach = models.CharField(
        _("alcance"), max_length=12, choices=Reach.choices, default=Reach.NATIONAL
    )
    reach_km = models.PositiveSmallIntegerField(_("distancia en km"), null=True, blank=True)
    reach_units = models.ManyToManyField(
        AdminUnit, verbose_name=_("territorios"), related_name="%(class)ss_reaching", blank=True
    )
    visibility = models.CharField(
        _("quién puede verla"),
        max_length=8,
        choices=Visibility.choices,
        default=Visibility.PUBLIC,
    )
    status = models.CharField(
        _("estado"), max_length=10, choices=ListingStatus.choices, default=ListingStatus.DRAFT
    )
    open_to_contact = models.BooleanField(_("abierta a contacto"), default=True)
    valid_from = models.DateField(_("vigente desde"))
    valid_until = models.DateField(_("vigente hasta"))
    published_at = models.DateTimeField(_("publicada"), null=True, blank=True)
    source = models.CharField(
        _("origen"), max_length=8, choices=Source.choices, default=Source.SELF
    )
    source_ref = models.CharField(_("referencia en la fuente"), max_length=160, blank=True)
    close_reason = models.CharField(
        _("motivo de cierre"), max_length=16, choices=CloseReason.choices, blank=True
    )
    closed_on = models.DateField(_("cerrada el"), null=True, blank=True)
    renewals = models.PositiveSmallIntegerField(_("renovaciones"), default=0)
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
        ordering: ClassVar = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="%(class)s_has_a_title",
                violation_error_message=_("Escriba un título."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")),
                name="%(class)s_dates_in_order",
                violation_error_message=_("La vigencia termina antes de empezar."),
            ),
            models.CheckConstraint(
                # A CHECK holds when it is NULL, so the bounds alone would let an absent km through.
                condition=Q(
                    reach=Reach.RADIUS,
                    reach_km__isnull=False,
                    reach_km__gte=1,
                    reach_km__lte=MAX_REACH_KM,
                )
                | (~Q(reach=Reach.RADIUS) & Q(reach_km__isnull=True)),
                name="%(class)s_radius_has_km",
                violation_error_message=_("Indique entre 1 y 2.000 km."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=(ListingStatus.DRAFT, ListingStatus.ARCHIVED))
                | Q(published_at__isnull=False),
                name="%(class)s_published_has_time",
                violation_error_message=_("Lo publicado lleva fecha de publicación."),
            ),
            models.CheckConstraint(
                condition=~Q(status=ListingStatus.FULFILLED)
                | (~Q(close_reason="") & Q(closed_on__isnull=False)),
                name="%(class)s_fulfilled_says_why",
                violation_error_message=_("Al cerrarla, indique el motivo."),
            ),
            models.UniqueConstraint(
                fields=["organization", "source_ref"],
                condition=~Q(source_ref=""),
                name="%(class)s_unique_in_source",
                violation_error_message=_("Esa referencia de la fuente ya está registrada."),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "valid_until"], name="%(class)s_open"),
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(status=ListingStatus.PUBLISHED),
                name="%(class)s_by_age",
            ),
            GinIndex(
                OpClass(Fold("title", "summary"), name="gin_trgm_ops"), name="%(class)s_words"
            ),
            GinIndex(Words("language", "title", "summary", "description"), name="%(class)s_text"),
        ]

    max_renewals: ClassVar[int] = 1

    def __str__(self) -> str:
        return self.title

    def is_open_on(self, day: dt.date) -> bool:
        """Say whether it is published and within its dates."""
        return self.status == ListingStatus.PUBLISHED and self.valid_from <= day <= self.valid_until

    @property
    def can_be_renewed(self) -> bool:
        """Whether its term may be extended once more."""
        return self.renewals < self.max_renewals

    @property
    def partnership_labels(self) -> list[str]:
        """The kinds of deal in the reader's words."""
        return [str(Partnership(code).label) for code in self.partnerships]
