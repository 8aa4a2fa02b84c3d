"""Effects outside the database: the attempt is committed, then made, then marked.

No protocol makes them exactly once. A worker that dies between making and marking leaves a lease
that lapses: what is safe to repeat is sent again under the same message id; what is not is marked
unknown, counted on the operations page, and left alone.
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from psycopg.types.json import Jsonb

from common.jobs import sql
from common.jobs.doorbell import ring_on_commit
from common.jobs.state import (
    EFFECT_LONGEST_WAIT_S,
    Fate,
    Sending,
    fate_of_effect,
    is_unknown,
    reason_of,
    wait_s,
)

logger = logging.getLogger(__name__)

QUEUE = "mail"
LEASE_S = 60  # longer than the timeouts of any transport

INSERT = """
    INSERT INTO common_effect (kind, dedup, message_id, recipient, payload, resend_safe)
    VALUES (%(kind)s, %(dedup)s, %(message_id)s, %(recipient)s, %(payload)s, %(resend_safe)s)
    ON CONFLICT (dedup) DO NOTHING
"""
OPEN = "sent_at IS NULL AND unknown_at IS NULL AND dead_at IS NULL"
CLAIM = f"""
    UPDATE common_effect SET
        attempts = attempts + 1,
        lease_token = gen_random_uuid(),
        lease_until = clock_timestamp() + make_interval(secs => %(lease)s)
    WHERE id = (
        SELECT id FROM common_effect
        WHERE {OPEN} AND run_after <= clock_timestamp()
          AND (lease_until IS NULL OR (resend_safe AND lease_until <= clock_timestamp()))
        ORDER BY run_after, id
        LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING id, lease_token, kind, message_id, payload, resend_safe, attempts
"""  # noqa: S608 -- constants of this module
# The ways an attempt ends. What was sent is forgotten: codes and texts do not stay here.
SENT = "sent_at = clock_timestamp(), payload = '{}', last_error = ''"
UNKNOWN = "unknown_at = clock_timestamp(), last_error = %(error)s"
PARK = "dead_at = clock_timestamp(), last_error = %(error)s"
RETRY = "last_error = %(error)s, run_after = clock_timestamp() + make_interval(secs => %(wait)s)"
# A transport that is down is asked by one effect at a time, not by each in turn.
HOLD_BACK = f"""
    UPDATE common_effect SET run_after = clock_timestamp() + make_interval(secs => %(wait)s)
    WHERE kind = %(kind)s AND {OPEN} AND lease_until IS NULL
      AND run_after < clock_timestamp() + make_interval(secs => %(wait)s)
"""  # noqa: S608 -- a constant of this module
HOLD_BACK_S = 30


class NotSentError(Exception):
    """This one was certainly not made; asking again later may help."""


class TransportDownError(NotSentError):
    """Nothing was made, and nothing of this kind can be for now."""


class RefusedError(Exception):
    """It was refused for good: asking again would not help."""


@dataclass(frozen=True)
class Outgoing:
    """One effect as its sender sees it."""

    id: int
    token: UUID
    kind: str
    message_id: str
    payload: Mapping[str, Any]
    resend_safe: bool
    attempt: int


Sender = Callable[[Outgoing], None]


@dataclass(frozen=True)
class NewEffect:
    """An effect to be written: ``dedup`` says which request it answers, once for ever."""

    kind: str
    dedup: str
    message_id: str
    payload: Mapping[str, Any]
    recipient: str = ""
    resend_safe: bool = True


def record(new: NewEffect) -> bool:
    """Write an effect in the caller's transaction; answer whether it is new."""
    row = {**vars(new), "payload": Jsonb(dict(new.payload))}
    with transaction.atomic():
        ring_on_commit(QUEUE)
        return sql.count(INSERT, **row) == 1


def deliver_next() -> bool:
    """Claim and make one effect; answer whether there was one."""
    with transaction.atomic(durable=True):
        row = sql.row(CLAIM, lease=LEASE_S)
    if row is None:
        return False
    effect_id, token, kind, message_id, payload, resend_safe, attempt = row
    _send(Outgoing(effect_id, token, kind, message_id, json.loads(payload), resend_safe, attempt))
    return True


def _send(effect: Outgoing) -> None:
    try:
        _sender(effect.kind)(effect)
    except Exception as error:
        logger.warning("Attempt %s of %s failed", effect.attempt, effect.message_id, exc_info=error)
        _fail(effect, error)
    else:
        _mark(SENT, effect)


def _fail(effect: Outgoing, error: Exception) -> None:
    sending = _sending(error)
    statement = PARK if fate_of_effect(sending, effect.attempt) == Fate.PARK else RETRY
    if is_unknown(sending, resend_safe=effect.resend_safe):
        statement = UNKNOWN
    wait = wait_s(effect.attempt, longest=EFFECT_LONGEST_WAIT_S)
    with transaction.atomic(durable=True):
        _mark(statement, effect, error=reason_of(error), wait=wait)
        if isinstance(error, TransportDownError):
            sql.count(HOLD_BACK, kind=effect.kind, wait=HOLD_BACK_S)


def _sending(error: Exception) -> Sending:
    match error:
        case RefusedError():
            return Sending.REFUSED
        case NotSentError() | LookupError():
            return Sending.NOT_SENT
        case _:
            return Sending.MAYBE_SENT


def _mark(change: str, effect: Outgoing, **values: Any) -> None:
    statement = f"""
        UPDATE common_effect SET {change}, lease_token = NULL, lease_until = NULL
        WHERE id = %(id)s AND lease_token = %(token)s AND {OPEN}
    """  # noqa: S608 -- a constant of this module
    sql.count(statement, id=effect.id, token=effect.token, **values)


def _sender(kind: str) -> Sender:
    senders: dict[str, Sender] = import_string(settings.EFFECT_SENDERS)
    if kind not in senders:
        raise LookupError(f"No sender for {kind!r}: a newer version may have it.")
    return senders[kind]
