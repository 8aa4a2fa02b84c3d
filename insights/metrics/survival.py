"""Time to the first match by Kaplan and Meier: needs still waiting count as waiting."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Waiting:
    """A need in days of one clock: opened, first matched, withdrawn; None where it has not."""

    opened: float
    first: float | None
    withdrawn: float | None = None


@dataclass(frozen=True)
class Curve:
    """Share still waiting after each time with an event, and the median wait, if reached."""

    points: tuple[tuple[float, float], ...]
    median: float | None
    n: int
    events: int


def observed(needs: Sequence[Waiting], as_of: float) -> tuple[list[float], list[bool]]:
    """Return how long each need was watched and if it was matched; withdrawal ends watching."""
    durations, events = [], []
    for need in needs:
        end = min(as_of, need.withdrawn if need.withdrawn is not None else as_of)
        is_matched = need.first is not None and need.first <= end
        last = need.first if is_matched and need.first is not None else end
        durations.append(last - need.opened)
        events.append(is_matched)
    return durations, events


def kaplan_meier(durations: Sequence[float], events: Sequence[bool]) -> Curve:
    """Return the product-limit curve; at equal times events come before losses from sight.

    The median is the first time at which half or fewer wait, None while more than half do: say
    "not yet reached" and never the mean of those matched, which is too short.
    """
    points = []
    surviving = 1.0
    for time in sorted({d for d, event in zip(durations, events, strict=True) if event}):
        at_risk = sum(d >= time for d in durations)
        hits = sum(d == time and bool(e) for d, e in zip(durations, events, strict=True))
        surviving *= 1 - hits / at_risk
        points.append((time, surviving))
    median = next((time for time, share in points if share <= 0.5 + 1e-12), None)
    return Curve(tuple(points), median, len(durations), sum(bool(e) for e in events))
