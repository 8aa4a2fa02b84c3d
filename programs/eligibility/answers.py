"""Three-valued answers and Kleene's logic over them: what is unknown never counts as a no."""

from collections.abc import Iterable
from enum import StrEnum


class Answer(StrEnum):
    """Whether a condition holds, as far as is known."""

    PASS = "pass"  # noqa: S105  an answer, not a password
    FAIL = "fail"
    UNKNOWN = "unknown"


def of(holds: bool) -> Answer:
    """Turn a known truth into an answer."""
    return Answer.PASS if holds else Answer.FAIL


def negate(answer: Answer) -> Answer:
    """Swap pass and fail; unknown stays unknown."""
    swapped = {Answer.PASS: Answer.FAIL, Answer.FAIL: Answer.PASS}
    return swapped.get(answer, Answer.UNKNOWN)


def all_of(answers: Iterable[Answer]) -> Answer:
    """Pass when every answer passes; no condition at all passes."""
    return k_of_n(None, answers)


def any_of(answers: Iterable[Answer]) -> Answer:
    """Pass when one answer passes; no alternative at all fails."""
    return k_of_n(1, answers)


def k_of_n(k: int | None, answers: Iterable[Answer]) -> Answer:
    """Pass when at least ``k`` answers pass (``None``: all); fail when no longer reachable."""
    given = list(answers)
    needed = len(given) if k is None else k
    passed = given.count(Answer.PASS)
    if passed >= needed:
        return Answer.PASS
    return Answer.UNKNOWN if passed + given.count(Answer.UNKNOWN) >= needed else Answer.FAIL
