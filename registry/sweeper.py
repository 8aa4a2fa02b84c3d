"""The sweeper: rings for what waits, lends a hand when nobody hears, restarts deaf workers.

It is what makes Redis expendable. Any number may run, and none keeps state that matters: a sweeper
that is killed each second still gets its work done.
"""

import logging
import time

from django.conf import settings
from django.db import Error, close_old_connections, connection

from common.jobs import sweep
from common.jobs.doorbell import ring
from common.jobs.effects import QUEUE as MAIL
from common.jobs.models import Queue
from registry.helper import Helper
from registry.queues import QUEUES, WORKERS
from registry.schedule import run_due
from registry.workers import deaf_after_s, kill

logger = logging.getLogger(__name__)

RINGS = 4  # enough to wake every process of a small installation
# Where somebody works, bells pile up behind the work: a worker rings for itself when it goes on.
ATTENDED_EVERY_S = 10.0
IMPATIENCE_S = 5.0  # after this the sweeper helps with the work that a person waits for
HELP_SHARE = 1 / 2  # of the time that a job may take
CANARY_EVERY_S = 15.0
SCHEDULE_EVERY_S = 60.0
PEOPLE_WAIT = (Queue.FAST, MAIL)
ORDER = (*PEOPLE_WAIT, Queue.PARSE, Queue.BULK)


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
        self._attended = {queue: Every(ATTENDED_EVERY_S) for queue in QUEUES}
        self._helper = Helper(
            budget_s=settings.JOB_SOFT_LIMIT_S * HELP_SHARE, limit_s=settings.JOB_HARD_LIMIT_S
        )
        self._is_excused = False

    def turn(self) -> None:
        """Look once at everything; without PostgreSQL there is nothing to look at."""
        try:
            close_old_connections()
            self._look()
        except Error as error:
            logger.warning("PostgreSQL does not answer: %s", error)
            connection.close()
            self._is_excused = True

    def _look(self) -> None:
        sweep.free_abandoned()
        sweep.park_crash_loopers()
        sweep.mark_unknown()
        self._watch_workers()
        if self._schedule.is_due():
            run_due()
        unheard = self._ring_for(sweep.waiting())
        if unheard:
            self._helper.start(min(unheard, key=ORDER.index))

    def _ring_for(self, waiting: dict[str, sweep.Backlog]) -> list[str]:
        """Ring for what waits; return the queues that need a hand."""
        unheard = []
        for queue, backlog in waiting.items():
            heard = all(ring(queue) for _ in range(self._rings(queue, backlog)))
            is_late = queue in PEOPLE_WAIT and backlog.oldest_s > IMPATIENCE_S
            if not heard or is_late:
                unheard.append(queue)
        return unheard

    def _rings(self, queue: str, backlog: sweep.Backlog) -> int:
        if backlog.is_attended:
            return int(self._attended[queue].is_due())
        return min(RINGS, backlog.count)

    def _watch_workers(self) -> None:
        """Release canaries, and end each worker that left one unanswered for too long."""
        is_time = self._canaries.is_due()
        for name, queues in WORKERS.items():
            if is_time:
                sweep.release_canary(queues[0])
            silent_s = sweep.canary_unanswered_s(queues[0])
            if silent_s and not ring(queues[0]):
                self._is_excused = True
            elif silent_s > deaf_after_s(name) and not self._is_excused:
                logger.error("Worker %s has been deaf for %.0f s; restarting it", name, silent_s)
                kill(name)
                self._is_excused = True
        if self._is_excused:
            sweep.excuse_canaries()
            self._is_excused = False
