"""The bell that tells workers to look: it carries nothing, and losing it costs a second."""

import logging
from collections.abc import Callable
from functools import cache, partial

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)


def ring(queue: str) -> bool:
    """Ring a queue's bell once, now; answer whether it was heard. Never raises."""
    try:
        bell: Callable[[str], bool] = import_string(settings.JOB_DOORBELL)
        return bell(queue)
    except Exception as error:  # noqa: BLE001 -- the row is committed; the sweeper rings again
        logger.warning("The doorbell of %s was not heard: %s", queue, error)
        return False


def ring_on_commit(queue: str) -> None:
    """Ring once this transaction has committed, however many jobs it asks for."""
    bell = _bell(queue)
    if not any(waiting[1] is bell for waiting in connection.run_on_commit):
        transaction.on_commit(bell)


@cache
def _bell(queue: str) -> Callable[[], object]:
    return partial(ring, queue)
