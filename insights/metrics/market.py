"""The matching market: how far needs get, and whether invitations are answered."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

MATURE_DAYS = 30
REPLY_DAYS = 14


@dataclass(frozen=True)
class Funnel:
    """Needs that are mature, and how many got a match, a reply, a meeting, a success of both."""

    needs: int
    matched: int
    replied: int
    met: int
    succeeded: int


@dataclass(frozen=True)
class Steps:
    """Each step over the one before, and over all needs; None where a step had nobody."""

    coverage: float | None
    fill_rate: float | None
    reply: float | None
    meeting: float | None
    success: float | None


@dataclass(frozen=True)
class Replies:
    """Invitations old enough to judge, and those answered within the window."""

    mature: int
    replied: int

    @property
    def rate(self) -> float | None:
        """Return the share answered in time."""
        return self.replied / self.mature if self.mature else None


def steps(funnel: Funnel) -> Steps:
    """Return the shares of a funnel; show each with its n."""
    return Steps(
        coverage=_share(funnel.matched, funnel.needs),
        fill_rate=_share(funnel.succeeded, funnel.needs),
        reply=_share(funnel.replied, funnel.matched),
        meeting=_share(funnel.met, funnel.replied),
        success=_share(funnel.succeeded, funnel.met),
    )


def replies(
    invitations: Iterable[tuple[dt.date, dt.date | None]],
    as_of: dt.date,
    window_days: int = REPLY_DAYS,
) -> Replies:
    """Count invitations (sent, answered) that are at least `window_days` old; younger ones wait."""
    window = dt.timedelta(days=window_days)
    mature = [(sent, answered) for sent, answered in invitations if as_of - sent >= window]
    in_time = sum(a is not None and a - sent <= window and a <= as_of for sent, a in mature)
    return Replies(len(mature), in_time)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
