"""What a Celery message may ask for: to look at the rows. It has no argument to be trusted."""

import logging
from typing import Any

from django.conf import settings
from django.db import Error

from common.jobs.doorbell import ring
from common.jobs.drain import drain as drain_rows
from registry.celery import app
from registry.doorbell import TASK
from registry.queues import QUEUES

logger = logging.getLogger(__name__)

# The limit is on the whole visit: the last job that is begun keeps five sixths of it for itself.
BUDGET_SHARE = 1 / 6


@app.task(bind=True, name=TASK)  # type: ignore[untyped-decorator]  # Celery has no types
def drain(self: Any) -> None:
    """Do the waiting work of the queue that the bell was rung on."""
    queue = self.request.delivery_info.get("routing_key")
    if queue not in QUEUES:
        logger.warning("A bell was rung on a queue that does not exist")
        return
    try:
        if drain_rows(queue, budget_s=settings.JOB_SOFT_LIMIT_S * BUDGET_SHARE):
            ring(queue)
    except Error as error:
        logger.warning("PostgreSQL does not answer (%s); the sweeper rings again", error)
