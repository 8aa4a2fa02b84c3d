"""What a Celery message may ask for: to look at the rows. It has no argument to be trusted."""

import logging
from typing import Any

from django.db import Error

from common.jobs.doorbell import ring
from common.jobs.drain import drain as drain_rows
from registry.celery import app
from registry.doorbell import TASK
from registry.workers import QUEUES

logger = logging.getLogger(__name__)

BUDGET_S = 10.0


@app.task(bind=True, name=TASK)  # type: ignore[untyped-decorator]  # Celery has no types
def drain(self: Any) -> None:
    """Do the waiting work of the queue that the bell was rung on."""
    queue = self.request.delivery_info.get("routing_key")
    if queue not in QUEUES:
        logger.warning("A bell was rung on a queue that does not exist")
        return
    try:
        if drain_rows(queue, budget_s=BUDGET_S):
            ring(queue)
    except Error as error:
        logger.warning("PostgreSQL does not answer (%s); the sweeper rings again", error)
