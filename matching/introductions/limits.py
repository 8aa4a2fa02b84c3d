"""How many introductions may be open at a time, and what silence costs."""

from dataclasses import dataclass
from enum import StrEnum

OPEN_PER_PERSON = 5
OPEN_PER_BROKER = 20
OPEN_PER_NEW_ORGANIZATION = 2
NEW_DAYS = 30  # an organization is new that long, unless it was verified before
MESSAGES_PER_DAY = 30  # of a person in one introduction

# Unanswered introductions that ran out, since the organization last came back.
SILENT_HALVES = 2
SILENT_HIDES = 4
LEAST_FOR_BAND = 5


class Refusal(StrEnum):
    """Why an introduction cannot be asked for now."""

    OWN = "own"
    PERSON = "person"
    NEW = "new"
    TWICE = "twice"
    CLOSED = "closed"
    FULL = "full"


@dataclass(frozen=True)
class Standing:
    """What counts when somebody asks: how many are open, and what the asker is."""

    of_person: int
    of_organization: int
    is_broker: bool
    is_new: bool


def refusal_of(standing: Standing) -> Refusal | None:
    """Return the limit that has been reached, or None."""
    most = OPEN_PER_BROKER if standing.is_broker else OPEN_PER_PERSON
    if standing.of_person >= most:
        return Refusal.PERSON
    if standing.is_new and standing.of_organization >= OPEN_PER_NEW_ORGANIZATION:
        return Refusal.NEW
    return None


def open_capacity(declared: int, silent: int) -> int:
    """Return how many introductions may wait at an organization, given those it let run out."""
    if silent >= SILENT_HIDES:
        return 0
    return max(declared // 2, 1) if silent >= SILENT_HALVES else declared
