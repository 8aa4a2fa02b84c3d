"""Periodic work: whoever takes the period's row does it, however many sweepers there are."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from accounts.services.purge import purge_accounts
from common.jobs import enqueue
from common.jobs.sweep import prune, take_period
from common.kept_answers import forget_answers
from firms.services.duplicates.merging import forget_journals


@dataclass(frozen=True)
class Periodic:
    """Work of each period; it does little itself and enqueues what takes long."""

    name: str
    every: dt.timedelta
    work: Callable[[dt.datetime], object]


HOUR, DAY, WEEK = dt.timedelta(hours=1), dt.timedelta(days=1), dt.timedelta(weeks=1)


def _queued(kind: str, every: dt.timedelta, queue: str = "bulk") -> Periodic:
    """Enqueue a job about everything (key 0), named as the period is."""
    return Periodic(kind, every, lambda now: enqueue(kind, 0, queue=queue))


SCHEDULE: tuple[Periodic, ...] = (
    Periodic("jobs.prune", HOUR, lambda now: prune()),
    Periodic("answers.forget", HOUR, lambda now: forget_answers(now=now)),
    Periodic("accounts.purge", DAY, lambda now: purge_accounts(now=now)),
    Periodic("merges.forget", DAY, lambda now: forget_journals(now=now)),
    _queued("people.ask_review", DAY),
    _queued("organizations.remind", DAY),
    _queued("listings.remind", DAY),
    _queued("organizations.settle", DAY),
    _queued("privacy.daily", DAY),
    _queued("introductions.clock", HOUR, "fast"),
    _queued("introductions.ask_outcomes", DAY),
    # Days begin at different hours, and calls close at any: what a date changes is looked up often.
    _queued("verdicts.roll_over", HOUR),
    _queued("directory.roll_over", HOUR),
    # Listings expire and grow old, and a match that fell out leaves its place to the next.
    _queued("listings.rebuild", DAY),
    # Each reader's hour comes by their own clock, some on the half hour.
    _queued("digest.due", dt.timedelta(minutes=15)),
    _queued("matches.widen", HOUR),
    # Imports write without announcing each record, and a name grows common with time.
    _queued("duplicates.scan", DAY),
    _queued("directory.fold", dt.timedelta(minutes=1), "fast"),
    _queued("directory.rebuild", WEEK),
)


def run_due() -> None:
    """Do the periodic work whose period nobody has taken."""
    for item in SCHEDULE:
        take_period(item.name, item.every, item.work)
