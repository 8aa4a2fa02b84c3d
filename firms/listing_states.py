"""What may become of an offer or a need: one table; whoever is not in it is refused.

That a listing has expired is no state: it follows from its dates on the day somebody looks.
"""

import datetime as dt
from enum import StrEnum

from firms.models.listing_choices import ListingStatus as Status

REOPEN_DAYS = 30


class Move(StrEnum):
    """What somebody does with a listing."""

    SUBMIT = "submit"
    PUBLISH = "publish"
    APPROVE = "approve"
    RETURN = "return"
    WITHDRAW = "withdraw"
    HOLD = "hold"
    RESUME = "resume"
    RENEW = "renew"
    FULFILL = "fulfill"
    REOPEN = "reopen"
    ARCHIVE = "archive"
    RESTORE = "restore"
    REMOVE = "remove"
    REINSTATE = "reinstate"


TABLE: dict[tuple[Status, Move], Status] = {
    (Status.DRAFT, Move.SUBMIT): Status.IN_CHECK,
    (Status.DRAFT, Move.PUBLISH): Status.PUBLISHED,
    (Status.DRAFT, Move.ARCHIVE): Status.ARCHIVED,
    (Status.IN_CHECK, Move.APPROVE): Status.PUBLISHED,
    (Status.IN_CHECK, Move.RETURN): Status.RETURNED,
    (Status.IN_CHECK, Move.WITHDRAW): Status.DRAFT,
    (Status.IN_CHECK, Move.ARCHIVE): Status.ARCHIVED,
    (Status.RETURNED, Move.SUBMIT): Status.IN_CHECK,
    (Status.RETURNED, Move.PUBLISH): Status.PUBLISHED,
    (Status.RETURNED, Move.ARCHIVE): Status.ARCHIVED,
    (Status.PUBLISHED, Move.HOLD): Status.ON_HOLD,
    (Status.PUBLISHED, Move.RENEW): Status.PUBLISHED,
    (Status.PUBLISHED, Move.FULFILL): Status.FULFILLED,
    (Status.PUBLISHED, Move.ARCHIVE): Status.ARCHIVED,
    (Status.PUBLISHED, Move.REMOVE): Status.REMOVED,
    (Status.ON_HOLD, Move.RESUME): Status.PUBLISHED,
    (Status.ON_HOLD, Move.FULFILL): Status.FULFILLED,
    (Status.ON_HOLD, Move.ARCHIVE): Status.ARCHIVED,
    (Status.ON_HOLD, Move.REMOVE): Status.REMOVED,
    (Status.FULFILLED, Move.REOPEN): Status.PUBLISHED,
    (Status.FULFILLED, Move.ARCHIVE): Status.ARCHIVED,
    (Status.FULFILLED, Move.REMOVE): Status.REMOVED,
    (Status.ARCHIVED, Move.RESTORE): Status.DRAFT,
    (Status.REMOVED, Move.REINSTATE): Status.DRAFT,
}

# What the team does, never the author.
OF_THE_TEAM = frozenset({Move.APPROVE, Move.RETURN, Move.REMOVE, Move.REINSTATE})
# In these, what a listing says is settled.
SETTLED = frozenset({Status.IN_CHECK, Status.FULFILLED, Status.ARCHIVED, Status.REMOVED})
# Nobody has read these yet, so that even what they are may change.
UNREAD = frozenset({Status.DRAFT, Status.RETURNED})


def after(status: str, move: Move) -> Status | None:
    """Return the state that a move leads to; None when the state does not allow it."""
    return TABLE.get((Status(status), move))


def moves_of_author(status: str) -> frozenset[Move]:
    """Return what an author may do in a state."""
    possible = {move for state, move in TABLE if state == status}
    return frozenset(possible - OF_THE_TEAM)


def may_reopen_on(day: dt.date, *, closed_on: dt.date | None) -> bool:
    """Say whether closing may still be taken back: for some weeks, then it is history."""
    return closed_on is not None and day <= closed_on + dt.timedelta(days=REOPEN_DAYS)
