"""Stored answers to: does this organization qualify for this call?"""

import datetime as dt
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firms.models import Organization
from programs.models.calls import Call


class Standing(models.TextChoices):
    """Where an organization stands before the criteria of a call, dates of the call apart."""

    MEETS = "meets", _("Cumple")
    MAY_MEET = "may_meet", _("Podría cumplir")
    CANNOT = "cannot", _("No cumple")


class VerdictQuerySet(models.QuerySet["Verdict"]):
    """Named sets of verdicts."""

    def right_on(self, day: dt.date) -> Self:
        """Keep those that hold on a day: same rules, and no condition changed by time alone."""
        return self.filter(
            Q(next_change_on__isnull=True) | Q(next_change_on__gt=day),
            evaluated_on__lte=day,
            rules_revision=F("call__rules_revision"),
        )


class Verdict(models.Model):
    """The answer for one organization and one call: what was found, from which facts and rules.

    It holds until ``next_change_on``, while the facts and rules that it names stay the same.
    """

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="verdicts")
    call = models.ForeignKey(Call, models.CASCADE, related_name="verdicts")
    standing = models.CharField(_("resultado"), max_length=8, choices=Standing.choices)
    unmet = models.PositiveSmallIntegerField(
        _("condiciones que no cumple o no se saben"), default=0
    )
    blockers = ArrayField(
        models.CharField(max_length=40),
        verbose_name=_("hechos que lo impiden"),
        default=list,
        blank=True,
    )
    results = models.JSONField(_("por condición"), default=list, blank=True)
    facts_hash = models.CharField(max_length=64)
    rules_revision = models.PositiveIntegerField()
    evaluated_on = models.DateField(_("evaluado el"))
    next_change_on = models.DateField(_("cambia el"), null=True, blank=True)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        verbose_name = _("veredicto")
        verbose_name_plural = _("veredictos")
        ordering: ClassVar = ["organization", "call", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "call"],
                name="verdict_once",
                violation_error_message=_("Ya hay un veredicto para esa convocatoria."),
            ),
            models.CheckConstraint(
                condition=Q(next_change_on__isnull=True) | Q(next_change_on__gt=F("evaluated_on")),
                name="verdict_changes_later",
                violation_error_message=_("Un veredicto cambia después del día en que se da."),
            ),
        ]
        indexes = [
            models.Index(fields=["call", "standing"], name="verdict_by_call"),
            models.Index(
                fields=["next_change_on"],
                condition=Q(next_change_on__isnull=False),
                name="verdict_by_change",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} · {self.call_id}: {self.standing}"
