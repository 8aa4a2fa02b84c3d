"""The sweeper's own pair of hands: a child process, because a job may kill whoever does it."""

import multiprocessing
import os
import signal
import time
from contextlib import suppress
from multiprocessing.process import BaseProcess

from django.db import Error, connections

from common.jobs.drain import drain
from common.jobs.run import CANARY


class Helper:
    """Works in a forked child, one at a time; one that takes too long is ended."""

    def __init__(self, *, budget_s: float, limit_s: float) -> None:
        self._budget_s, self._limit_s = budget_s, limit_s
        self._child: BaseProcess | None = None
        self._until = 0.0

    def start(self, queue: str) -> None:
        """Work on a queue for a while, unless the last call still does; canaries are left."""
        if self.is_busy():
            return
        connections.close_all()  # a connection must not be shared with the child
        self._child = multiprocessing.get_context("fork").Process(
            target=_work, args=(queue, self._budget_s), daemon=True
        )
        self._child.start()
        self._until = time.monotonic() + self._limit_s

    def is_busy(self) -> bool:
        """Say whether the child is at work, ending it first when its time is over."""
        if self._child is None:
            return False
        if self._child.is_alive() and time.monotonic() > self._until:
            self._child.kill()
        self._child.join(0)
        if self._child.is_alive():
            return True
        self._child = None
        return False


def _work(queue: str, budget_s: float) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(Error):  # the parent will see for itself that PostgreSQL is away
        drain(queue, budget_s=budget_s, besides=(CANARY,))
    connections.close_all()
    os._exit(0)  # skip what the parent registered for its own end
