"""The states of an introduction, what can happen to it, and who makes it happen."""

from enum import StrEnum


class State(StrEnum):
    """Where an introduction stands."""

    QUEUED = "queued"
    SENT = "sent"
    SEEN = "seen"
    INFO_REQUESTED = "info_requested"
    INFO_GIVEN = "info_given"
    ACCEPTED = "accepted"
    RELEASED = "released"
    PLANNED = "planned"
    MET = "met"
    NO_SHOW = "no_show"
    NEGOTIATING = "negotiating"
    AGREED = "agreed"
    NOT_AGREED = "not_agreed"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    BLOCKED = "blocked"
    SUSPENDED = "suspended"


class Event(StrEnum):
    """What can happen to an introduction after it was asked for."""

    RELEASE = "release"
    REFUSE = "refuse"
    SEE = "see"
    ASK_INFO = "ask_info"
    GIVE_INFO = "give_info"
    ACCEPT = "accept"
    DECLINE = "decline"
    CONSENT = "consent"
    PLAN = "plan"
    MEET = "meet"
    MISS = "miss"
    NEGOTIATE = "negotiate"
    AGREE = "agree"
    NOT_AGREE = "not_agree"
    WITHDRAW = "withdraw"
    BLOCK = "block"
    SUSPEND = "suspend"
    NUDGE = "nudge"
    ESCALATE = "escalate"
    EXPIRE = "expire"
    TAKE_OVER = "take_over"
    TRANSFER = "transfer"


class Actor(StrEnum):
    """In which part somebody acts; a person may have more than one."""

    AUTHOR = "author"
    RECEIVER = "receiver"
    BROKER = "broker"
    STAFF = "staff"
    CLOCK = "clock"


class DeclineReason(StrEnum):
    """Why an introduction is not taken up, in words that help its author."""

    CAPACITY = "capacity"
    FIELD = "field"
    TERRITORY = "territory"
    SIZE = "size"
    PRICE = "price"
    EARLY = "early"
    NO_ADVANTAGE = "no_advantage"
    ROUTE = "route"
    UNCLEAR = "unclear"
    SERVED = "served"
    KNOWN = "known"
    WRONG_PERSON = "wrong_person"
    SPAM = "spam"


# Not answered yet: these count against the limits, and the clock runs.
OPEN = frozenset({State.QUEUED, State.SENT, State.SEEN, State.INFO_REQUESTED, State.INFO_GIVEN})
# Contact data are shown to both from here on.
SHARED = frozenset(
    {
        State.RELEASED,
        State.PLANNED,
        State.MET,
        State.NO_SHOW,
        State.NEGOTIATING,
        State.AGREED,
        State.NOT_AGREED,
    }
)
WITH_RECEIVER = frozenset({State.SENT, State.SEEN, State.INFO_GIVEN})
TIMED = OPEN | {State.ACCEPTED}
ENDED = frozenset(
    {
        State.AGREED,
        State.NOT_AGREED,
        State.DECLINED,
        State.EXPIRED,
        State.WITHDRAWN,
        State.BLOCKED,
        State.SUSPENDED,
    }
)
LIVE = frozenset(State) - ENDED
