"""The clock of an introduction: two reminders, a call for help, and an end, in working hours.

Each step waits for a time after the one before, so that a pause delays and never skips any.
"""

import datetime as dt
from enum import IntEnum
from zoneinfo import ZoneInfo


class Step(IntEnum):
    """How far the clock has gone since somebody last answered."""

    STARTED = 0
    NUDGED = 1
    NUDGED_TWICE = 2
    ESCALATED = 3
    EXPIRED = 4


# Days since the ball was handed over, per step.
DAY_OF = {Step.NUDGED: 3, Step.NUDGED_TWICE: 7, Step.ESCALATED: 10, Step.EXPIRED: 21}
OPENS, CLOSES = dt.time(9), dt.time(18)
SATURDAY = 5
ONE_DAY = dt.timedelta(days=1)


def next_step(done: Step) -> Step:
    """Return the step that follows."""
    return Step(min(done + 1, Step.EXPIRED))


def gap_after(done: Step) -> dt.timedelta:
    """Return how long after one step the next one is due."""
    return dt.timedelta(days=DAY_OF[next_step(done)] - DAY_OF.get(done, 0))


def due_after(done: Step, at: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return when the next step is due, within working hours of who waits for it."""
    return working_moment(at + gap_after(done), zone)


def working_moment(moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return the moment itself when people work there, else the next opening; in UTC."""
    local = moment.astimezone(zone)
    if local.time() >= CLOSES:
        local = _opening(local + ONE_DAY, zone)
    elif local.time() < OPENS:
        local = _opening(local, zone)
    while local.weekday() >= SATURDAY:
        local = _opening(local + ONE_DAY, zone)
    return local.astimezone(dt.UTC)


def _opening(day: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day.date(), OPENS, zone)
