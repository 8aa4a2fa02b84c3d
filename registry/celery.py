"""Celery keeps processes, queues and time limits; the record of work is a row (common.jobs).

Redis is not trusted: messages are JSON, name one task, carry no argument, and may all be lost.
"""

import os

from celery import Celery
from django.conf import settings
from kombu.entity import Queue

from registry.queues import QUEUES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")


def broker_url(redis_url: str) -> str:
    """Return a Redis address in the form that Celery wants: it spells unix sockets its own way."""
    return redis_url.replace("unix://", "redis+socket://", 1)


def _bells(name: str) -> Queue:
    return Queue(name, routing_key=name, no_ack=True)  # type: ignore[no-untyped-call]  # kombu


app = Celery("racimo", include=["registry.tasks"])
app.conf.update(
    broker_url=broker_url(settings.REDIS_URL),
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_transport_options={
        "global_keyprefix": "racimo:",
        "socket_timeout": 2,
        "socket_connect_timeout": 0.5,
        "retry_on_timeout": False,
    },
    accept_content=["json"],
    task_serializer="json",
    task_ignore_result=True,
    task_store_errors_even_if_ignored=False,
    # No acknowledgements: the row is the truth, and a worker whose acknowledgement fails because
    # Redis has just died stays connected to nothing (Celery 5.7, "Couldn't ack"), deaf for good.
    task_queues=[_bells(name) for name in sorted(QUEUES)],
    task_create_missing_queues=False,
    task_default_queue="fast",
    task_publish_retry=False,
    task_soft_time_limit=settings.JOB_SOFT_LIMIT_S,
    task_time_limit=settings.JOB_HARD_LIMIT_S,
    worker_prefetch_multiplier=1,
    worker_max_tasks_per_child=500,
    worker_max_memory_per_child=400_000,
    worker_soft_shutdown_timeout=20,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    worker_enable_remote_control=False,
    worker_send_task_events=False,
    worker_hijack_root_logger=True,
    enable_utc=True,
)
