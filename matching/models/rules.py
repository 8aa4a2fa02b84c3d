"""Versioned weights."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Purpose(models.TextChoices):
    """A purpose that offers are ranked for."""

    PARTNERS = "partners"
    TRANSFER = "transfer"
    PEERS = "peers"


class RuleSet(models.Model):
    """Weights and thresholds of one version; written once, never edited."""

    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    version = models.PositiveSmallIntegerField()
    rules = models.JSONField()
    is_current = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["purpose", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["purpose", "version"], name="rule_set_unique"),
            models.UniqueConstraint(
                fields=["purpose"], condition=Q(is_current=True), name="rule_set_one_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} v{self.version}"
