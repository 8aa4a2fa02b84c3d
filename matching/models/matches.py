"""Runs of the matcher and the pairs they ranked: computed state, replaced when computed anew."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from firms.models import Need, Offer
from matching.models.rules import RuleSet


class MatchRun(models.Model):
    """One revision of a need matched with one version of the rules and the engine."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="match_runs")
    revision = models.PositiveIntegerField()
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="+")
    engine_version = models.PositiveSmallIntegerField()
    candidates = models.PositiveIntegerField(default=0)
    matched = models.PositiveIntegerField(default=0)
    computed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-computed_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["need", "revision", "rule_set", "engine_version"], name="match_run_unique"
            )
        ]

    def __str__(self) -> str:
        return f"need {self.need_id} r{self.revision}"


class Match(models.Model):
    """One offer ranked for one need: feature values (hundredths; null is unknown) and reasons."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="matches")
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="matches")
    run = models.ForeignKey(MatchRun, models.CASCADE, related_name="matches", db_index=False)
    score = models.FloatField()
    features = ArrayField(models.SmallIntegerField(null=True))
    reasons = models.JSONField(default=list)
    updated_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["need", "-score", "offer"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["need", "offer"], name="match_unique"),
            models.CheckConstraint(
                condition=models.Q(score__gte=0, score__lte=1), name="match_score_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} ~ {self.offer_id}: {self.score:.2f}"
