"""How fast one may read. Counted in this process: it neither fails open nor waits on a server."""

from __future__ import annotations

import time
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.permissions import SAFE_METHODS
from rest_framework.throttling import BaseThrottle

if TYPE_CHECKING:  # the framework's views read the settings that name this module
    from rest_framework.request import Request
    from rest_framework.views import APIView

MAX_ACTORS = 50_000


class MemoryBuckets:
    """Token buckets by actor; the one not heard of for longest is dropped when there are many."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, actor: str, *, per_minute: int, now: float) -> float:
        """Take one token; return 0 when there was one, else the seconds until there is."""
        with self._lock:
            level, since = self._buckets.pop(actor, (float(per_minute), now))
            level = min(per_minute, level + (now - since) * per_minute / 60)
            allowed = level >= 1
            self._buckets[actor] = (level - 1 if allowed else level, now)
            if len(self._buckets) > MAX_ACTORS:
                self._buckets.popitem(last=False)
        return 0.0 if allowed else (1 - level) * 60 / per_minute

    def clear(self) -> None:
        """Forget everyone."""
        with self._lock:
            self._buckets.clear()


READS = MemoryBuckets()


class ReadRate(BaseThrottle):
    """Limit reading: by person when known, else by address."""

    wait_seconds = 0.0

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Count a reading request; what writes is counted elsewhere."""
        if request.method not in SAFE_METHODS:
            return True
        known = request.user.is_authenticated
        actor = f"user:{request.user.pk}" if known else f"address:{self.get_ident(request)}"
        rate = settings.API_RATES["read" if known else "anonymous-read"]
        self.wait_seconds = READS.take(actor, per_minute=rate, now=time.monotonic())
        return not self.wait_seconds

    def wait(self) -> float:
        """Return the seconds until the next one is allowed."""
        return self.wait_seconds
