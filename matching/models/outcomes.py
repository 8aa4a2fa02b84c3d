"""What came of introductions, as each side says it, and how an organization receives them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.models import Public, Timestamped
from firms.models import Organization
from matching.introductions.outcomes import ASKED_ON_DAYS
from matching.models.introduction_words import (
    Additionality,
    IntroductionSide,
    OutcomeKind,
    ValueBand,
)
from matching.models.introductions import Introduction

PARTIES = (IntroductionSide.AUTHOR, IntroductionSide.RECEIVER)


class OutcomeReport(Public):
    """What one side says at one of the days on which it is asked."""

    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="reports")
    side = models.CharField(max_length=8, choices=IntroductionSide.choices)
    day = models.PositiveSmallIntegerField(_("a los días"))
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="outcome_reports"
    )
    kind = models.CharField(_("qué pasó"), max_length=11, choices=OutcomeKind.choices)
    is_projected = models.BooleanField(_("todavía es un plan"), default=False)
    band = models.CharField(_("valor"), max_length=9, choices=ValueBand.choices, blank=True)
    is_repeat = models.BooleanField(_("ya se repitió"), default=False)
    jobs = models.PositiveSmallIntegerField(_("empleos nuevos"), null=True, blank=True)
    export_market = models.CharField(_("mercado de exportación"), max_length=80, blank=True)
    is_confidential = models.BooleanField(_("no usarlo ni en totales"), default=False)
    satisfaction = models.PositiveSmallIntegerField(_("satisfacción"), null=True, blank=True)
    would_have_happened = models.CharField(
        _("habría pasado igual"), max_length=6, choices=Additionality.choices, blank=True
    )
    note = models.TextField(_("nota"), max_length=1_000, blank=True)
    reported_at = models.DateTimeField(_("respondido"))

    class Meta:
        verbose_name = _("respuesta sobre el resultado")
        verbose_name_plural = _("respuestas sobre resultados")
        ordering: ClassVar = ["day", "side"]
        constraints = [
            models.UniqueConstraint(
                fields=["introduction", "side", "day"],
                name="outcome_report_unique",
                violation_error_message=_("Ya respondió a esta pregunta."),
            ),
            models.CheckConstraint(condition=Q(side__in=PARTIES), name="outcome_report_of_a_party"),
            models.CheckConstraint(
                condition=Q(day__in=ASKED_ON_DAYS), name="outcome_report_on_a_day"
            ),
            models.CheckConstraint(
                condition=Q(satisfaction__isnull=True) | Q(satisfaction__range=(1, 5)),
                name="outcome_report_satisfaction",
                violation_error_message=_("La satisfacción va de 1 a 5."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.introduction_id} d{self.day}: {self.kind}"


class Outcome(Timestamped):
    """One kind of result of an introduction: true once both sides have said it.

    A plan and a fact of the same kind are two rows: they are never added up.
    """

    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="outcomes")
    kind = models.CharField(_("qué pasó"), max_length=11, choices=OutcomeKind.choices)
    is_projected = models.BooleanField(_("todavía es un plan"))
    author_said_at = models.DateTimeField(null=True, blank=True)
    author_band = models.CharField(max_length=9, choices=ValueBand.choices, blank=True)
    receiver_said_at = models.DateTimeField(null=True, blank=True)
    receiver_band = models.CharField(max_length=9, choices=ValueBand.choices, blank=True)

    class Meta:
        verbose_name = _("resultado")
        verbose_name_plural = _("resultados")
        ordering: ClassVar = ["introduction", "kind", "is_projected"]
        constraints = [
            models.UniqueConstraint(
                fields=["introduction", "kind", "is_projected"], name="outcome_unique"
            ),
            models.CheckConstraint(
                condition=Q(author_said_at__isnull=False) | Q(receiver_said_at__isnull=False),
                name="outcome_said_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(kind=OutcomeKind.NONE), name="outcome_is_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.introduction_id}: {self.kind}"

    @property
    def is_confirmed(self) -> bool:
        """Whether both sides have said it."""
        return self.author_said_at is not None and self.receiver_said_at is not None


class Reception(Timestamped):
    """When an organization whose silence had closed it to introductions opened itself again.

    Introductions that ran out before are forgiven.
    """

    organization = models.OneToOneField(Organization, models.CASCADE, related_name="reception")
    returned_at = models.DateTimeField(_("volvió"))

    class Meta:
        verbose_name = _("recepción de presentaciones")
        verbose_name_plural = _("recepción de presentaciones")

    def __str__(self) -> str:
        return str(self.organization)


class OrganizationBlock(models.Model):
    """An organization that another one does not wish to hear from; the blocked one is not told."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="blocks_made")
    blocked = models.ForeignKey(Organization, models.CASCADE, related_name="blocks_received")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="organization_blocks"
    )
    made_at = models.DateTimeField(_("bloqueada"))

    class Meta:
        verbose_name = _("organización bloqueada")
        verbose_name_plural = _("organizaciones bloqueadas")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "blocked"], name="organization_block_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} ✕ {self.blocked_id}"
