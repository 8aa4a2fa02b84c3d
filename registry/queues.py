"""Which worker serves which queues; read by Celery before Django is set up."""

# The first queue of a worker carries its canary. What people wait for shares a worker with nothing.
WORKERS: dict[str, tuple[str, ...]] = {
    "fast": ("fast",),
    "bulk": ("bulk", "parse", "mail"),
}
QUEUES = frozenset(queue for queues in WORKERS.values() for queue in queues)
