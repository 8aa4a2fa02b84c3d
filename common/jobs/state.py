"""The decisions of the engine, without a database: when to try again, when to stop trying."""

from enum import StrEnum

MAX_ATTEMPTS = 8  # a job that failed or killed its worker so often waits for a person
EFFECT_ATTEMPTS = 300  # with ten-minute waits: about two days of a mail server that is down
EFFECT_LONGEST_WAIT_S = 600


class Fate(StrEnum):
    """What becomes of a row after a failed attempt."""

    RETRY = "retry"
    PARK = "park"


class Sending(StrEnum):
    """What is known of an effect whose attempt did not end well."""

    NOT_SENT = "not sent"
    MAYBE_SENT = "maybe sent"
    REFUSED = "refused"


def wait_s(attempt: int, *, longest: int) -> int:
    """Return the seconds before the next attempt: 1, 2, 4 ... after the first, second, third."""
    return int(min(2 ** min(attempt - 1, 30), longest))


def fate_of_job(attempt: int) -> Fate:
    """Decide after a failed attempt of a job, counted from 1."""
    return Fate.PARK if attempt >= MAX_ATTEMPTS else Fate.RETRY


def fate_of_effect(sending: Sending, attempt: int) -> Fate:
    """Decide after a failed attempt of an effect that may be tried again."""
    if sending == Sending.REFUSED or attempt >= EFFECT_ATTEMPTS:
        return Fate.PARK
    return Fate.RETRY


def is_unknown(sending: Sending, *, resend_safe: bool) -> bool:
    """Say whether an effect may have happened and must not be tried again."""
    return sending == Sending.MAYBE_SENT and not resend_safe


def reason_of(error: BaseException) -> str:
    """Return one line for people: no details of rows, which may be personal."""
    first_line = next(iter(str(error).splitlines()), "")
    return f"{type(error).__name__}: {first_line}"[:500].rstrip(": ")
