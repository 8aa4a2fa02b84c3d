"""What the sweeper looks after: bells that were lost, workers that died, jobs that kill.

Every function is one short transaction and harmless to run twice or in two sweepers at once.
"""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction

from common.jobs import sql
from common.jobs.effects import QUEUE as MAIL
from common.jobs.models import Job, Queue
from common.jobs.queue import enqueue
from common.jobs.run import CANARY, SUBJECT
from common.jobs.state import MAX_ATTEMPTS

logger = logging.getLogger(__name__)

GRACE_S = 3  # a worker that claimed a job has locked its subject by then, or is dead
KEEP_JOBS_DAYS = 7
KEEP_EFFECTS_DAYS = 30

WAITING = """
    SELECT queue, count(*) FILTER (WHERE is_due AND NOT is_held), bool_or(is_held),
           extract(epoch FROM clock_timestamp() - min(run_after) FILTER (WHERE NOT is_held))
    FROM (
        SELECT queue, run_after, run_after <= clock_timestamp() AS is_due,
               coalesce(lease_until > clock_timestamp(), false) AS is_held
        FROM common_job
        WHERE done_at IS NULL AND dead_at IS NULL
          AND attempts < %(max_attempts)s AND kind <> %(canary)s
        UNION ALL
        SELECT %(mail)s, run_after, run_after <= clock_timestamp(),
               coalesce(lease_until > clock_timestamp() OR NOT resend_safe, false)
                   AND lease_until IS NOT NULL
        FROM common_effect
        WHERE sent_at IS NULL AND unknown_at IS NULL AND dead_at IS NULL
    ) open
    GROUP BY queue
    HAVING bool_or(is_due AND NOT is_held)
"""
# A living worker holds the lock of its subject while it works: where the lock is free after the
# grace, the worker was killed or the database restarted, and nobody needs to wait for the lease.
FREE = f"""
    WITH held AS MATERIALIZED (
        SELECT id, kind, key FROM common_job
        WHERE done_at IS NULL AND dead_at IS NULL AND lease_until > clock_timestamp()
          AND lease_until < clock_timestamp() + make_interval(secs => %(lease)s - %(grace)s)
    )
    UPDATE common_job SET lease_token = NULL, lease_until = NULL,
        last_error = 'The worker died while it was doing this.'
    WHERE id IN (SELECT id FROM held WHERE pg_try_advisory_xact_lock({SUBJECT}))
      AND lease_until > clock_timestamp()
      AND lease_until < clock_timestamp() + make_interval(secs => %(lease)s - %(grace)s)
    RETURNING id, kind, key, attempts
"""  # noqa: S608 -- constants of this module
PARK = """
    UPDATE common_job SET dead_at = clock_timestamp(), lease_token = NULL, lease_until = NULL,
        last_error = CASE WHEN last_error = '' THEN 'The worker died while it was doing this.'
                          ELSE last_error END
    WHERE done_at IS NULL AND dead_at IS NULL AND attempts >= %(max_attempts)s
      AND (lease_until IS NULL OR lease_until <= clock_timestamp())
    RETURNING id, kind, key, attempts
"""
MARK_UNKNOWN = """
    UPDATE common_effect SET unknown_at = clock_timestamp(), lease_token = NULL, lease_until = NULL,
        last_error = 'The worker died while it was sending this.'
    WHERE sent_at IS NULL AND unknown_at IS NULL AND dead_at IS NULL
      AND NOT resend_safe AND lease_until <= clock_timestamp()
"""
TAKE_PERIOD = """
    INSERT INTO common_schedulerun (name, period_start)
    SELECT %(name)s, to_timestamp(
        floor(extract(epoch FROM clock_timestamp()) / %(every)s) * %(every)s)
    ON CONFLICT DO NOTHING
    RETURNING clock_timestamp()
"""
CANARY_AGE = """
    SELECT extract(epoch FROM clock_timestamp() - coalesce(max(done_at), min(created_at)))
    FROM common_job WHERE kind = %(canary)s AND queue = %(queue)s
"""
CANARY_UNANSWERED = """
    SELECT extract(epoch FROM clock_timestamp() - min(created_at))
    FROM common_job
    WHERE kind = %(canary)s AND queue = %(queue)s AND done_at IS NULL AND dead_at IS NULL
"""
EXCUSE_CANARIES = """
    UPDATE common_job SET created_at = clock_timestamp()
    WHERE kind = %(canary)s AND done_at IS NULL AND dead_at IS NULL
"""
PRUNE = (
    "DELETE FROM common_job WHERE done_at < now() - make_interval(days => %(job_days)s)",
    "DELETE FROM common_job WHERE kind = %(canary)s AND done_at < now() - interval '1 hour'",
    "DELETE FROM common_effect WHERE sent_at < now() - make_interval(days => %(effect_days)s)",
    "DELETE FROM common_schedulerun WHERE created_at < now() - make_interval(days => %(job_days)s)",
)


@dataclass(frozen=True)
class Backlog:
    """What may be claimed now in a queue, whether somebody works there, and the longest wait."""

    count: int
    is_attended: bool
    oldest_s: float


def waiting() -> dict[str, Backlog]:
    """Return the claimable jobs and effects of each queue that has any; canaries do not count."""
    found = sql.rows(WAITING, max_attempts=MAX_ATTEMPTS, canary=CANARY, mail=MAIL)
    return {queue: Backlog(count, held, float(age)) for queue, count, held, age in found}


def free_abandoned() -> int:
    """Take jobs back from workers that are gone; return how many."""
    with transaction.atomic():
        return _tell("Freed", sql.rows(FREE, lease=settings.JOB_LEASE_S, grace=GRACE_S))


def park_crash_loopers() -> int:
    """Set aside the jobs that killed every worker that tried them; return how many."""
    return _tell("Parked", sql.rows(PARK, max_attempts=MAX_ATTEMPTS))


def mark_unknown() -> int:
    """Mark what may have left and must not leave twice; return how many."""
    return sql.count(MARK_UNKNOWN)


def take_period(name: str, every: dt.timedelta, work: Callable[[dt.datetime], object]) -> bool:
    """Do periodic work in the transaction that takes its period; answer whether it was ours."""
    with transaction.atomic():
        taken = sql.row(TAKE_PERIOD, name=name, every=every.total_seconds())
        if taken:
            work(taken[0])
        return taken is not None


def canary_age_s(queue: str) -> float | None:
    """Return the seconds since a worker of the queue last answered; None if never asked."""
    age = sql.rows(CANARY_AGE, canary=CANARY, queue=queue)[0][0]
    return None if age is None else float(age)


def release_canary(queue: str) -> None:
    """Ask the workers of a queue for a sign of life, ahead of everything that waits there."""
    with transaction.atomic():
        job_id = enqueue(CANARY, list(Queue.values).index(queue), queue=queue)
        Job.objects.filter(pk=job_id).update(priority=0)


def canary_unanswered_s(queue: str) -> float:
    """Return for how many seconds the workers of a queue owe a sign of life; 0 if they do not."""
    return float(sql.rows(CANARY_UNANSWERED, canary=CANARY, queue=queue)[0][0] or 0)


def excuse_canaries() -> None:
    """Count from now on: until now PostgreSQL or the bell was away, and nobody could answer."""
    sql.count(EXCUSE_CANARIES, canary=CANARY)


def prune() -> int:
    """Forget what is long done; return how many rows."""
    kept = {"job_days": KEEP_JOBS_DAYS, "effect_days": KEEP_EFFECTS_DAYS, "canary": CANARY}
    return sum(sql.count(statement, **kept) for statement in PRUNE)


def _tell(verb: str, freed: list[tuple[Any, ...]]) -> int:
    for job_id, kind, key, attempts in freed:
        logger.warning("%s job %s (%s %s) after attempt %s", verb, job_id, kind, key, attempts)
    return len(freed)
