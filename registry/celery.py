"""Celery keeps processes, queues and time limits; the record of work is a row (common.jobs).

Redis is not trusted: messages are JSON, name one task, carry no argument, and may all be lost.
"""

import os

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")


def broker_url(redis_url: str) -> str:
    """Return a Redis address in the form that Celery wants: it spells unix sockets its own way."""
    return redis_url.replace("unix://", "redis+socket://", 1)


app = Celery("racimo", include=["registry.tasks"])
app.conf.update(
    broker_url=broker_url(settings.REDIS_URL),
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_transport_options={
        "global_keyprefix": "racimo:",
        "visibility_timeout": 300,
        "socket_timeout": 2,
        "socket_connect_timeout": 0.5,
        "retry_on_timeout": False,
    },
    accept_content=["json"],
    task_serializer="json",
    task_ignore_result=True,
    task_store_errors_even_if_ignored=False,
    task_acks_late=False,  # the row is the truth; a late acknowledgement only rings twice
    task_create_missing_queues=True,
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
