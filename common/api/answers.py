"""Answers kept for a day, so that a request sent twice is carried out once."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class KeptAnswer(models.Model):
    """What a person's request under a key was answered."""

    actor_id = models.BigIntegerField()
    key = models.CharField(max_length=64, help_text="Keyed hash of what the caller sent.")
    digest = models.CharField(max_length=64, help_text="Of method, address and body.")
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        app_label = "common"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["actor_id", "key"], name="kept_answer_once"),
            models.CheckConstraint(
                condition=Q(status__range=(100, 599)),
                name="kept_answer_status_is_one",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["created_at"], name="kept_answer_by_age")]

    def __str__(self) -> str:
        return f"{self.actor_id}: {self.status}"
