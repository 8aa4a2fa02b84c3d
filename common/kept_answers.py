"""Answers kept for a day, so that a request sent again gets the one that it had (ADR 0005)."""

import datetime as dt

from django.db import connection

from common.api.answers import KeptAnswer

KEPT = dt.timedelta(hours=24)
# Two requests under one key: the second learns at once that the first is at work.
TRY_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"


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
