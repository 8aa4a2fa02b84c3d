"""Answers kept for a day, so that a request sent again gets the one that it had (ADR 0005)."""

import datetime as dt
from typing import ClassVar

from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Now

KEPT = dt.timedelta(hours=24)
# Two requests under one key: the second learns at once that the first is at work.
TRY_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"


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


def lock_key(*, name: str) -> bool:
    """Hold a key until the transaction ends; say no when another request holds it."""
    with connection.cursor() as cursor:
        cursor.execute(TRY_LOCK, [name])
        (is_first,) = cursor.fetchone()
    return bool(is_first)


def kept_answer(*, key: str, actor_id: int, since: dt.datetime) -> KeptAnswer | None:
    """Return the answer that a key had; an older one is over."""
    row = KeptAnswer.objects.filter(actor_id=actor_id, key=key).first()
    if row is not None and row.created_at < since:
        row.delete()
        return None
    return row


def keep_answer(answer: KeptAnswer) -> None:
    """Store an answer."""
    answer.save(force_insert=True)


def forget_answers(*, now: dt.datetime) -> int:
    """Delete what was answered more than a day ago; return how much."""
    return KeptAnswer.objects.filter(created_at__lt=now - KEPT).delete()[0]


def forget_answers_to(*, actor_id: int) -> int:
    """Delete what a person was answered, who asked to be forgotten."""
    return KeptAnswer.objects.filter(actor_id=actor_id).delete()[0]
