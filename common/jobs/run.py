"""Claiming and doing jobs.

Claim: in a commit of its own, so that an attempt that kills its worker still counts.
Work: one transaction for everything the handler writes and for the end of the job, fenced by the
lease token: a worker that was frozen past its lease commits nothing. An advisory lock on the job's
subject lets one job of a kind and key run at a time, and shows the sweeper who is still alive.
All times are the database's.
"""

import json
import logging
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils.module_loading import import_string
from psycopg.types.json import Jsonb

from common.history import Actor, acting
from common.jobs import sql
from common.jobs.state import MAX_ATTEMPTS, Fate, fate_of_job, reason_of, wait_s
from common.jobs.work import Continue, Handler, Work

logger = logging.getLogger(__name__)

CANARY = "canary"

CLAIM = """
    UPDATE common_job SET
        attempts = attempts + 1,
        lease_token = gen_random_uuid(),
        lease_until = clock_timestamp() + make_interval(secs => %(lease)s),
        started_at = coalesce(started_at, clock_timestamp()),
        run_after = clock_timestamp() + make_interval(secs => least(2 ^ attempts, %(longest)s))
    WHERE id = (
        SELECT id FROM common_job
        WHERE done_at IS NULL AND dead_at IS NULL AND queue = %(queue)s
          AND run_after <= clock_timestamp()
          AND (lease_until IS NULL OR lease_until <= clock_timestamp())
          AND attempts < %(max_attempts)s AND kind <> ALL(%(besides)s)
        ORDER BY priority, run_after, id
        LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING id, lease_token, kind, key, revision, payload, actor_id, attempts, clock_timestamp()
"""
SUBJECT = "hashtextextended(kind || ':' || key, 0)"
BEGIN_WORK = f"""
    SELECT pg_try_advisory_xact_lock({SUBJECT}),
           set_config('statement_timeout', %(statement_ms)s, true),
           set_config('lock_timeout', '5000', true)
    FROM common_job WHERE id = %(id)s AND lease_token = %(token)s
"""  # noqa: S608 -- a constant of this module
# The ways an attempt ends: each gives the lease back, and only while it is still ours.
FINISH = "done_at = clock_timestamp(), last_error = ''"
CONTINUE = """
    payload = %(payload)s, progress_done = %(done)s, progress_total = %(total)s, attempts = 0,
    run_after = clock_timestamp(), last_error = ''
"""
POSTPONE = "attempts = attempts - 1, run_after = clock_timestamp() + interval '200 ms'"
RETRY = "last_error = %(error)s, run_after = clock_timestamp() + make_interval(secs => %(wait)s)"
PARK = "last_error = %(error)s, dead_at = clock_timestamp()"


class LeaseLostError(Exception):
    """Another worker has the job by now: nothing of this attempt may be committed."""


class NoProgressError(Exception):
    """A handler asked to go on with the payload it was given: it would never end."""


@dataclass(frozen=True)
class Claim:
    """A job that this process holds."""

    id: int
    token: UUID
    work: Work


def run_next(queue: str, *, besides: tuple[str, ...] = ()) -> bool:
    """Claim and do one job; answer whether there was one."""
    held = claim(queue, besides=besides)
    if held is None:
        return False
    perform(held)
    return True


def claim(queue: str, *, besides: tuple[str, ...] = ()) -> Claim | None:
    """Take the next waiting job of a queue, counting the attempt, or return None."""
    with transaction.atomic(durable=True):
        row = sql.row(
            CLAIM,
            queue=queue,
            besides=list(besides),
            lease=settings.JOB_LEASE_S,
            longest=settings.JOB_LONGEST_WAIT_S,
            max_attempts=MAX_ATTEMPTS,
        )
    if row is None:
        return None
    job_id, token, kind, key, revision, payload, actor_id, attempt, now = row
    work = Work(kind, key, revision, json.loads(payload), actor_id, now, attempt)
    return Claim(job_id, token, work)


def perform(held: Claim) -> None:
    """Do a claimed job and record how it ended."""
    try:
        with acting(_actor(held.work)), transaction.atomic(durable=True):
            if not _begin(held):
                return
            answer = _handler(held.work.kind)(held.work)
            _end(held, answer)
    except LeaseLostError:
        logger.warning("Lost the lease of job %s (%s); rolled back", held.id, held.work.kind)
    except Exception as error:  # noqa: BLE001 -- whatever a handler does, the worker goes on
        _fail(held, error)


def _actor(work: Work) -> Actor:
    """Name whoever asked for the work as the one who does it, by way of this kind of job."""
    return Actor(origin=f"job:{work.kind}"[:60], person=lambda: work.actor_id)


def _begin(held: Claim) -> bool:
    """Lock the job's subject; while another worker has it, put the job back uncounted."""
    limit = str(settings.JOB_STATEMENT_MS)
    row = sql.row(BEGIN_WORK, id=held.id, token=held.token, statement_ms=limit)
    if row is None:
        raise LeaseLostError
    if not row[0]:
        _fenced(POSTPONE, held)
    return bool(row[0])


def _end(held: Claim, answer: Continue | None) -> None:
    if answer is None:
        ended = _fenced(FINISH, held)
    elif dict(answer.payload) == held.work.payload:
        raise NoProgressError("The handler asked to go on with an unchanged payload.")
    else:
        payload = Jsonb(dict(answer.payload))
        ended = _fenced(CONTINUE, held, payload=payload, done=answer.done, total=answer.total)
    if not ended:
        raise LeaseLostError


def _fail(held: Claim, error: Exception) -> None:
    """Record a failed attempt; if even that fails, the sweeper frees the job."""
    work = held.work
    logger.warning("Attempt %s of %s %s failed", work.attempt, work.kind, work.key, exc_info=error)
    is_last = fate_of_job(work.attempt) == Fate.PARK
    try:
        if not connection.is_usable():
            connection.close()
        with transaction.atomic(durable=True):
            _fenced(
                PARK if is_last else RETRY,
                held,
                error=reason_of(error),
                wait=wait_s(work.attempt, longest=settings.JOB_LONGEST_WAIT_S),
            )
    except DatabaseError:
        logger.warning("Could not record the failure of job %s", held.id, exc_info=True)


def _fenced(change: str, held: Claim, **values: Any) -> bool:
    statement = f"""
        UPDATE common_job SET {change}, lease_token = NULL, lease_until = NULL
        WHERE id = %(id)s AND lease_token = %(token)s AND done_at IS NULL AND dead_at IS NULL
    """  # noqa: S608 -- a constant of this module
    return sql.count(statement, id=held.id, token=held.token, **values) == 1


def _handler(kind: str) -> Handler:
    handlers: dict[str, Handler] = import_string(settings.JOB_HANDLERS)
    if kind not in handlers:
        raise LookupError(f"No handler for {kind!r}: a newer version may have it.")
    return handlers[kind]
