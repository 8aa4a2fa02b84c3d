"""What the people who run an installation see of the work, and what they may do about it."""

import datetime as dt
import logging
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Now

from common.jobs.doorbell import ring_on_commit
from common.jobs.effects import QUEUE as MAIL
from common.jobs.models import Effect, Job, Queue
from common.jobs.run import CANARY

logger = logging.getLogger(__name__)

OPEN_JOBS = Q(done_at=None, dead_at=None)
OPEN_EFFECTS = Q(sent_at=None, unknown_at=None, dead_at=None)
HELD = Q(lease_until__gt=Now())
DUE = Q(run_after__lte=Now())


@dataclass(frozen=True)
class Load:
    """A queue at this moment; ``oldest`` is since when its oldest due work waits."""

    queue: str
    label: str
    waiting: int
    running: int
    oldest: dt.datetime | None


@dataclass(frozen=True)
class MailLoad:
    """Mail at this moment: on its way, set aside, and of unknown fate."""

    waiting: int
    oldest: dt.datetime | None
    parked: int
    unknown: int


def loads() -> list[Load]:
    """Return every queue, busy or not, in the order in which people care; canaries do not count."""
    found: dict[str, dict[str, Any]] = {
        row["queue"]: dict(row)
        for row in Job.objects.filter(OPEN_JOBS)
        .exclude(kind=CANARY)
        .order_by("queue")
        .values("queue")
        .annotate(
            running=Count("pk", filter=HELD),
            waiting=Count("pk", filter=~HELD | Q(lease_until=None)),
            oldest=Min("run_after", filter=DUE & Q(lease_until=None)),
        )
    }
    nothing = {"waiting": 0, "running": 0, "oldest": None}
    return [
        Load(label=str(queue.label), **(found.get(queue) or {"queue": queue.value, **nothing}))
        for queue in Queue
    ]


def mail_load() -> MailLoad:
    """Return the state of mail."""
    counts = Effect.objects.aggregate(
        waiting=Count("pk", filter=OPEN_EFFECTS),
        oldest=Min("created_at", filter=OPEN_EFFECTS),
        parked=Count("pk", filter=Q(dead_at__isnull=False)),
        unknown=Count("pk", filter=Q(unknown_at__isnull=False)),
    )
    return MailLoad(**counts)


def running_jobs() -> QuerySet[Job]:
    """Return the long jobs under way, oldest first."""
    long = Job.objects.filter(OPEN_JOBS, started_at__isnull=False, progress_total__isnull=False)
    return long.order_by("pk")


def parked_jobs() -> QuerySet[Job]:
    """Return the jobs that wait for a person, the newest first."""
    return Job.objects.filter(dead_at__isnull=False).order_by("-dead_at", "-pk")


def parked_effects() -> QuerySet[Effect]:
    """Return the mails that were given up, the newest first."""
    return Effect.objects.filter(dead_at__isnull=False).order_by("-dead_at", "-pk")


def retry_job(job_id: int, *, by: int) -> bool:
    """Let a parked job run again from its first attempt; answer whether it was parked."""
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=job_id, dead_at__isnull=False).first()
        if job is None:
            return False
        Job.objects.filter(pk=job_id).update(dead_at=None, attempts=0, run_after=Now())
        ring_on_commit(job.queue)
    logger.info("Person %s lets job %s (%s) run again", by, job_id, job.kind)
    return True


def discard_job(job_id: int, *, by: int) -> bool:
    """Close a parked job undone; answer whether it was parked."""
    count = Job.objects.filter(pk=job_id, dead_at__isnull=False).update(dead_at=None, done_at=Now())
    if count:
        logger.info("Person %s discarded job %s", by, job_id)
    return bool(count)


def retry_effect(effect_id: int, *, by: int) -> bool:
    """Let a mail that was given up be sent again; answer whether it was given up."""
    with transaction.atomic():
        count = Effect.objects.filter(pk=effect_id, dead_at__isnull=False).update(
            dead_at=None, attempts=0, run_after=Now()
        )
        ring_on_commit(MAIL)
    if count:
        logger.info("Person %s lets mail %s be sent again", by, effect_id)
    return bool(count)


def discard_effect(effect_id: int, *, by: int) -> bool:
    """Forget a mail that was given up; answer whether it was given up."""
    count, _ = Effect.objects.filter(pk=effect_id, dead_at__isnull=False).delete()
    if count:
        logger.info("Person %s discarded mail %s", by, effect_id)
    return bool(count)
