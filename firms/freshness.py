"""Until when what an organization said of itself counts; derived from its date, never flipped."""

import datetime as dt
from dataclasses import dataclass

REVIEW_DAYS = 365
GRACE_DAYS = 90
REMINDER_DAYS = 60  # after the first letter, a month before it leaves the lists


@dataclass(frozen=True)
class Freshness:
    """When a record was last confirmed, when it is due again, and since when it is left out."""

    confirmed_on: dt.date
    due_on: dt.date
    hidden_from: dt.date
    is_due: bool
    is_hidden: bool


def freshness_of(confirmed_on: dt.date, today: dt.date) -> Freshness:
    """Return how a record that its own people look after stands on a day."""
    due_on = confirmed_on + dt.timedelta(days=REVIEW_DAYS)
    hidden_from = due_on + dt.timedelta(days=GRACE_DAYS + 1)
    return Freshness(confirmed_on, due_on, hidden_from, due_on <= today, hidden_from <= today)


def oldest_listed(day: dt.date) -> dt.date:
    """Return the oldest day of confirmation that still counts on a day."""
    return day - dt.timedelta(days=REVIEW_DAYS + GRACE_DAYS)
