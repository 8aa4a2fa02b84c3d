"""What came of an introduction: when it is asked, what can be said, and what counts as true."""

import datetime as dt
from enum import StrEnum

ASKED_ON_DAYS = (30, 90, 180, 365)  # after contact data were shared
ANSWER_DAYS = 28  # how long one question is open


class Kind(StrEnum):
    """What came of it."""

    MEETING = "meeting"
    QUOTE = "quote"
    TRIAL = "trial"
    PURCHASE = "purchase"
    CONTRACT = "contract"
    LICENSE = "license"
    RESEARCH = "research"
    APPLICATION = "application"
    AWARD = "award"
    HIRE = "hire"
    NONE = "none"


class Band(StrEnum):
    """What it is worth, in United States dollars."""

    UNDER_1K = "under_1k"
    TO_5K = "to_5k"
    TO_20K = "to_20k"
    TO_100K = "to_100k"
    TO_500K = "to_500k"
    OVER_500K = "over_500k"


def day_asked(shared_on: dt.date, today: dt.date) -> int | None:
    """Return which question is open today: 30, 90, 180 or 365 days; None between them."""
    age = (today - shared_on).days
    open_ones = [day for day in ASKED_ON_DAYS if day <= age < day + ANSWER_DAYS]
    return open_ones[-1] if open_ones else None
