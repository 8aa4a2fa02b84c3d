"""Pairs of records that may be one organization, what people say of them, and unions."""

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from common.models import Public, Timestamped
from firms.models.organizations import Organization


class DuplicateAnswer(models.TextChoices):
    """What a person says of a pair."""

    SAME = "same", _("Es la misma")
    DIFFERENT = "different", _("No es la misma")
    LATER = "later", _("Más tarde")


class DuplicatePairQuerySet(models.QuerySet["DuplicatePair"]):
    """Named sets of pairs."""

    def unanswered(self) -> Self:
        """Keep those that nobody has called different as long as the same facts identify them."""
        return self.exclude(Exists(_answers().filter(answer=DuplicateAnswer.DIFFERENT)))

    def answered(self) -> Self:
        """Keep those that somebody has called different, by the facts as they are."""
        return self.filter(Exists(_answers().filter(answer=DuplicateAnswer.DIFFERENT)))

    def not_left_by(self, user_id: int, *, today: dt.date) -> Self:
        """Drop those that a person has left for a later day."""
        left = _answers().filter(answer=DuplicateAnswer.LATER, later_until__gt=today)
        return self.exclude(Exists(left.filter(decided_by=user_id)))


def _answers() -> "models.QuerySet[DuplicateDecision]":
    return DuplicateDecision.objects.filter(pair=OuterRef("pk"), facts=OuterRef("facts"))


class DuplicatePair(Public):
    """Two organizations that look like one: computed state, written anew by each search.

    ``facts`` is a digest of what identifies both; an answer stands while it stays the same.
    """

    first = models.ForeignKey(Organization, models.CASCADE, related_name="pairs_as_first")
    second = models.ForeignKey(Organization, models.CASCADE, related_name="pairs_as_second")
    score = models.FloatField(_("parecido"))
    reasons = models.JSONField(_("motivos"), default=list, blank=True)
    facts = models.CharField(max_length=64)

    objects = DuplicatePairQuerySet.as_manager()

    class Meta:
        verbose_name = _("posible duplicado")
        verbose_name_plural = _("posibles duplicados")
        ordering: ClassVar = ["-score", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_pair_unique"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="duplicate_pair_in_order"
            ),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=1), name="duplicate_score_in_range"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-score", "id"], name="duplicate_by_score")]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}: {self.score:.2f}"


class DuplicateDecision(Timestamped):
    """A person's answer about a pair, for ever; it holds for the facts that were seen.

    ``choices`` are the values that an administrator proposes to keep, for the other to agree.
    """

    pair = models.ForeignKey(DuplicatePair, models.CASCADE, related_name="decisions")
    answer = models.CharField(_("respuesta"), max_length=9, choices=DuplicateAnswer.choices)
    facts = models.CharField(max_length=64)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("respondida"))
    later_until = models.DateField(_("dejada para el"), null=True, blank=True)
    choices = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("respuesta sobre un posible duplicado")
        verbose_name_plural = _("respuestas sobre posibles duplicados")
        ordering: ClassVar = ["-decided_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answer=DuplicateAnswer.LATER, later_until__isnull=False)
                | (~Q(answer=DuplicateAnswer.LATER) & Q(later_until__isnull=True)),
                name="duplicate_decision_later_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pair_id}: {self.answer}"


class OrganizationMerge(Public):
    """Two records made one; ``journal`` holds each row it touched, before and after, as data."""

    kept = models.ForeignKey(Organization, models.CASCADE, related_name="merges")
    removed_id = models.BigIntegerField(editable=False)
    removed_public_id = models.UUIDField(editable=False)
    removed_name = models.CharField(_("registro unido"), max_length=250)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    merged_at = models.DateTimeField(_("unidas"))
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(_("deshecha"), null=True, blank=True)
    journal = models.JSONField(default=list, blank=True, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("unión de registros")
        verbose_name_plural = _("uniones de registros")
        ordering: ClassVar = ["-merged_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(undone_at__gte=F("merged_at")),
                name="organization_merge_undone_after",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.removed_name} > {self.kept_id}"


class OrganizationAlias(models.Model):
    """An address, or a reference in a source, of a record that was united with another."""

    public_id = models.UUIDField(unique=True, editable=False)
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="aliases")
    merge = models.OneToOneField(OrganizationMerge, models.CASCADE, related_name="alias")
    source = models.CharField(max_length=40, blank=True)
    source_ref = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("dirección anterior")
        verbose_name_plural = _("direcciones anteriores")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "source_ref"],
                condition=~Q(source_ref=""),
                name="organization_alias_unique_in_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} > {self.organization_id}"
