"""Periodic work: whoever takes the period's row does it, however many sweepers there are."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from accounts.services.purge import purge_accounts
from common.jobs import enqueue
from common.jobs.sweep import prune, take_period
from firms.services.duplicates.merging import forget_journals


@dataclass(frozen=True)
class Periodic:
    """Work of each period; it does little itself and enqueues what takes long."""

    name: str
    every: dt.timedelta
    work: Callable[[dt.datetime], object]


SCHEDULE: tuple[Periodic, ...] = (
    Periodic("jobs.prune", dt.timedelta(hours=1), lambda now: prune()),
    Periodic("accounts.purge", dt.timedelta(days=1), lambda now: purge_accounts(now=now)),
    Periodic(
        "people.ask_review",
        dt.timedelta(days=1),
        lambda now: enqueue("people.ask_review", 0, queue="bulk"),
    ),
    # Days begin at different hours, and calls close at any: what a date changes is looked up often.
    Periodic(
        "verdicts.roll_over",
        dt.timedelta(hours=1),
        lambda now: enqueue("verdicts.roll_over", 0, queue="bulk"),
    ),
    # Listings expire and grow old, and a match that fell out leaves its place to the next.
    Periodic(
        "privacy.daily",
        dt.timedelta(days=1),
        lambda now: enqueue("privacy.daily", 0, queue="bulk"),
    ),
    Periodic(
        "listings.rebuild",
        dt.timedelta(days=1),
        lambda now: enqueue("listings.rebuild", 0, queue="bulk"),
    ),
    Periodic(
        "organizations.remind",
        dt.timedelta(days=1),
        lambda now: enqueue("organizations.remind", 0, queue="bulk"),
    ),
    Periodic("merges.forget", dt.timedelta(days=1), lambda now: forget_journals(now=now)),
    # Imports write without announcing each record, and a name grows common with time.
    Periodic(
        "duplicates.scan",
        dt.timedelta(days=1),
        lambda now: enqueue("duplicates.scan", 0, queue="bulk"),
    ),
    Periodic(
        "directory.fold",
        dt.timedelta(minutes=1),
        lambda now: enqueue("directory.fold", 0, queue="fast"),
    ),
    Periodic(
        "directory.roll_over",
        dt.timedelta(hours=1),
        lambda now: enqueue("directory.roll_over", 0, queue="bulk"),
    ),
    Periodic(
        "directory.rebuild",
        dt.timedelta(days=7),
        lambda now: enqueue("directory.rebuild", 0, queue="bulk"),
    ),
)


def run_due() -> None:
    """Do the periodic work whose period nobody has taken."""
    for item in SCHEDULE:
        take_period(item.name, item.every, item.work)
