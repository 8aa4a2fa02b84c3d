"""What a handler is given, and what it may answer."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Work:
    """One job as its handler sees it; ``now`` is the database's clock at the start."""

    kind: str
    key: int
    revision: int
    payload: Mapping[str, Any]
    actor_id: int | None
    now: dt.datetime
    attempt: int = 1


@dataclass(frozen=True)
class Continue:
    """Run on as the next chunk: commit this one, keep the payload, count what is done."""

    payload: Mapping[str, Any] = field(default_factory=dict)
    done: int = 0
    total: int | None = None


Handler = Callable[[Work], Continue | None]
