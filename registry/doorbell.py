"""The doorbell of common.jobs, rung through Celery without ever holding a request up."""

import time
from functools import cached_property

from kombu.connection import Connection
from kombu.pools import producers

from registry.celery import app

TASK = "racimo.drain"
SILENCE_S = 3.0  # after a bell that was not heard; the sweeper rings every second anyway
EXPIRES_S = 30  # a bell that nobody answered by then has been rung again
TIMEOUTS = {"socket_timeout": 0.15, "socket_connect_timeout": 0.15, "max_retries": 0}


class Doorbell:
    """One per process: it keeps a connection, and silence for a while when Redis does not hear."""

    def __init__(self) -> None:
        self._silent_until = 0.0

    def ring(self, queue: str) -> bool:
        """Ring a queue's bell; answer whether it was tried, and raise when it was not heard."""
        if time.monotonic() < self._silent_until:
            return False
        try:
            with producers[self._connection].acquire(block=True, timeout=0.1) as producer:
                app.send_task(TASK, queue=queue, producer=producer, retry=False, expires=EXPIRES_S)
        except Exception:
            self._silent_until = time.monotonic() + SILENCE_S
            raise
        return True

    def warm(self) -> None:
        """Load what ringing needs, so that the first person who publishes does not wait for it."""
        self._connection.get_transport_cls()  # type: ignore[no-untyped-call]  # kombu is untyped

    @cached_property
    def _connection(self) -> Connection:
        connection: Connection = app.connection_for_write(transport_options=TIMEOUTS)
        return connection


doorbell = Doorbell()
ring = doorbell.ring
