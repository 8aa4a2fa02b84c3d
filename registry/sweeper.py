"""The sweeper: rings for what waits, works itself when nobody hears, restarts deaf workers.

It is what makes Redis expendable. It keeps no state that matters: any number may run.
"""

import logging
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from django.conf import settings
from django.db import Error, close_old_connections, connection

from common.jobs import sweep
from common.jobs.doorbell import ring
from common.jobs.drain import drain
from common.jobs.effects import QUEUE as MAIL
from common.jobs.models import Queue
from common.jobs.run import CANARY
from registry.schedule import run_due
from registry.workers import DEAF_AFTER_S, WORKERS, kill

logger = logging.getLogger(__name__)

RINGS = 4  # enough to wake every process of a small installation
IMPATIENCE_S = 5.0  # after this the sweeper does the work that a person waits for
OWN_BUDGET_S = 2.0
CANARY_EVERY_S = 15.0
SCHEDULE_EVERY_S = 60.0
PATIENT_QUEUES = (Queue.BULK, Queue.PARSE)


class Every:
    """Says yes once per interval."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._next = 0.0

    def is_due(self) -> bool:
        """Say whether the interval has passed, and begin the next one if so."""
        now = time.monotonic()
        if now < self._next:
            return False
        self._next = now + self._seconds
        return True


class Sweeper:
    """One sweeper; ``turn`` is called once a second."""

    def __init__(self) -> None:
        self._canaries = Every(CANARY_EVERY_S)
        self._schedule = Every(SCHEDULE_EVERY_S)
        self._silent_since: dict[str, float] = {}

    def turn(self) -> None:
        """Look once at everything; without PostgreSQL there is nothing to look at."""
        try:
            close_old_connections()
            self._look()
        except Error as error:
            logger.warning("PostgreSQL does not answer: %s", error)
            connection.close()
            self._silent_since.clear()

    def _look(self) -> None:
        sweep.free_abandoned()
        sweep.park_crash_loopers()
        sweep.mark_unknown()
        for queue, backlog in sorted(sweep.waiting().items(), key=_people_first):
            heard = all(ring(queue) for _ in range(min(RINGS, backlog.count)))
            is_late = queue not in PATIENT_QUEUES and backlog.oldest_s > IMPATIENCE_S
            if not heard or is_late:
                with time_limit(settings.JOB_SOFT_LIMIT_S):
                    drain(queue, budget_s=OWN_BUDGET_S, besides=(CANARY,))
        self._watch_workers()
        if self._schedule.is_due():
            run_due()

    def _watch_workers(self) -> None:
        """Release canaries, and end each worker that left one unanswered for too long."""
        is_time = self._canaries.is_due()
        for name, queues in WORKERS.items():
            if is_time:
                sweep.release_canary(queues[0])
            heard = sweep.canary_waits(queues[0]) is False or not ring(queues[0])
            if heard:
                self._silent_since.pop(name, None)
            elif self._is_deaf(name):
                logger.error("Worker %s is deaf; restarting it", name)
                self._silent_since.pop(name)
                kill(name)

    def _is_deaf(self, name: str) -> bool:
        now = time.monotonic()
        return now - self._silent_since.setdefault(name, now) > DEAF_AFTER_S[name]


def _people_first(item: tuple[str, sweep.Backlog]) -> int:
    return (Queue.FAST, MAIL, Queue.PARSE, Queue.BULK).index(item[0])


@contextmanager
def time_limit(seconds: int) -> Iterator[None]:
    """Raise TimeoutError in the main thread when the block takes longer."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"Took longer than {seconds} seconds.")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
