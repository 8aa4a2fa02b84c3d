"""The workers: how each starts, and how a deaf one is ended."""

import logging
import os
import signal
from pathlib import Path

from django.conf import settings

from registry.queues import WORKERS

logger = logging.getLogger(__name__)


def deaf_after_s(name: str) -> int:
    """Return the silence after which a worker is deaf: longer than a job keeps it busy."""
    return int(settings.WORKER_DEAF_AFTER_S) * (1 if name == "fast" else 2)


def arguments(name: str, concurrency: int) -> list[str]:
    """Return the command line of Celery for a worker."""
    queues = ",".join(WORKERS[name])
    return [
        *("worker", "--queues", queues, "--concurrency", str(concurrency)),
        *("--hostname", f"{name}@%h", "--pool", "prefork", "--loglevel", "WARNING"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    ]


def pid_file(name: str) -> Path:
    """Return where a worker of this installation writes its process id."""
    return Path(settings.VAR_DIR) / f"worker-{name}.pid"


def kill(name: str) -> bool:
    """End a worker of this machine and its children at once; its supervisor starts it again."""
    try:
        pid = int(pid_file(name).read_text())
        if b"work" not in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0"):
            return False
        if os.getpgid(pid) == pid:
            os.killpg(pid, signal.SIGKILL)
        else:
            os.kill(pid, signal.SIGKILL)
    except (OSError, ValueError):
        logger.warning("No worker %s on this machine to restart", name)
        return False
    return True
