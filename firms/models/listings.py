"""What offers and needs have in common."""

import datetime as dt
from typing import ClassVar, Self, TypeVar

from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusters.models import AdminUnit, Classification, Cluster, Fold
from common.models import Language, Public
from firms.freshness import oldest_listed
from firms.models.listing_choices import (
    CloseReason,
    ListingStatus,
    ListingVisibility,
    Partnership,
    Reach,
    Source,
)
from firms.models.organizations import (
    Organization,
    OrganizationKind,
    OrganizationStatus,
    Verification,
)
from firms.models.words import Words

MAX_REACH_KM = 2_000
SDGS = range(1, 18)  # the Sustainable Development Goals
# In these, nobody but its organization and the team sees a listing.
UNSHOWN = (
    ListingStatus.DRAFT,
    ListingStatus.IN_CHECK,
    ListingStatus.RETURNED,
    ListingStatus.ARCHIVED,
    ListingStatus.REMOVED,
)


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

    def signed(self) -> Self:
        """Keep those that say who wrote them: whatever leads from a name leads to these only."""
        return self.filter(is_anonymous=False)


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
    is_remote = models.BooleanField(_("también a distancia"), default=False)
    wanted_kinds = ArrayField(
        models.CharField(max_length=20, choices=OrganizationKind.choices),
        verbose_name=_("qué socio busca"),
        default=list,
        blank=True,
    )
    wanted_role = models.TextField(_("papel del socio"), max_length=1_000, blank=True)
    sdgs = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name=_("Objetivos de Desarrollo Sostenible"),
        default=list,
        blank=True,
    )
    broker = models.ForeignKey(
        Cluster,
        models.SET_NULL,
        verbose_name=_("clúster que acompaña"),
        related_name="%(class)ss_accompanied",
        null=True,
        blank=True,
    )
    visibility = models.CharField(
        _("quién puede verla"),
        max_length=8,
        choices=ListingVisibility.choices,
        default=ListingVisibility.PUBLIC,
    )
    guests = models.ManyToManyField(
        Organization,
        verbose_name=_("organizaciones invitadas"),
        related_name="%(class)ss_shown",
        blank=True,
    )
    is_anonymous = models.BooleanField(_("sin decir quién la publica"), default=False)
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
                condition=Q(status__in=UNSHOWN) | Q(published_at__isnull=False),
                name="%(class)s_published_has_time",
                violation_error_message=_("Lo publicado lleva fecha de publicación."),
            ),
            models.CheckConstraint(
                condition=~Q(status=ListingStatus.FULFILLED)
                | (~Q(close_reason="") & Q(closed_on__isnull=False)),
                name="%(class)s_fulfilled_says_why",
                violation_error_message=_("Al cerrarla, indique el motivo."),
            ),
            models.CheckConstraint(
                condition=Q(sdgs__contained_by=list(SDGS)),
                name="%(class)s_sdgs_exist",
                violation_error_message=_("Los objetivos van del 1 al 17."),
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
    def shown_place(self) -> str:
        """Where it is, as anyone may know: of an anonymous one, the region alone."""
        region = str(self.admin_unit.label)
        if self.is_anonymous or self.place_name in ("", region):
            return region
        return f"{self.place_name}, {region}"

    @property
    def wanted_kind_labels(self) -> list[str]:
        """The kinds of partner sought in the reader's words."""
        return [str(OrganizationKind(code).label) for code in self.wanted_kinds]

    @property
    def partnership_labels(self) -> list[str]:
        """The kinds of deal in the reader's words."""
        return [str(Partnership(code).label) for code in self.partnerships]
