"""Doing the waiting work of one queue, for a while."""

import time

from common.jobs.effects import QUEUE as MAIL
from common.jobs.effects import deliver_next
from common.jobs.models import Queue
from common.jobs.run import run_next


def drain(queue: str, *, budget_s: float, besides: tuple[str, ...] = ()) -> bool:
    """Work until the queue is empty or the budget is spent; answer whether work may be left.

    Mail shares its worker with the long queues and goes first, between two of their jobs.
    """
    until = time.monotonic() + budget_s
    while time.monotonic() < until:
        if not _step(queue, besides):
            return False
    return True


def _step(queue: str, besides: tuple[str, ...]) -> bool:
    if queue == MAIL:
        return deliver_next()
    if queue == Queue.FAST:
        return run_next(queue, besides=besides)
    return deliver_next() or run_next(queue, besides=besides)
