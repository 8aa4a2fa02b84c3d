"""When the engine tries again, and when it stops."""

import pytest

from common.jobs.state import (
    EFFECT_ATTEMPTS,
    EFFECT_LONGEST_WAIT_S,
    MAX_ATTEMPTS,
    Fate,
    Sending,
    fate_of_effect,
    fate_of_job,
    is_unknown,
    reason_of,
    wait_s,
)


def test_waits_double_up_to_the_longest() -> None:
    assert [wait_s(attempt, longest=300) for attempt in (1, 2, 3, 4, 8)] == [1, 2, 4, 8, 128]
    assert wait_s(10, longest=300) == wait_s(10_000, longest=300) == 300


def test_a_job_is_parked_at_its_eighth_failure() -> None:
    assert {fate_of_job(attempt) for attempt in range(1, MAX_ATTEMPTS)} == {Fate.RETRY}
    assert fate_of_job(MAX_ATTEMPTS) == Fate.PARK


def test_a_mail_server_may_be_down_for_two_days() -> None:
    waits = [wait_s(n, longest=EFFECT_LONGEST_WAIT_S) for n in range(1, EFFECT_ATTEMPTS)]
    assert sum(waits) > 2 * 24 * 3600


@pytest.mark.parametrize("sending", [Sending.NOT_SENT, Sending.MAYBE_SENT])
def test_an_effect_is_tried_again_until_its_last_attempt(sending: Sending) -> None:
    assert fate_of_effect(sending, 1) == Fate.RETRY
    assert fate_of_effect(sending, EFFECT_ATTEMPTS) == Fate.PARK


def test_what_was_refused_for_good_is_not_asked_again() -> None:
    assert fate_of_effect(Sending.REFUSED, 1) == Fate.PARK


def test_only_what_may_have_left_and_must_not_leave_twice_is_unknown() -> None:
    assert is_unknown(Sending.MAYBE_SENT, resend_safe=False)
    assert not is_unknown(Sending.MAYBE_SENT, resend_safe=True)
    assert not is_unknown(Sending.NOT_SENT, resend_safe=False)


def test_a_reason_is_one_line_without_the_rows_detail() -> None:
    error = ValueError('duplicate key "x"\nDETAIL: Key (email)=(ana@ejemplo.org) exists.')
    assert reason_of(error) == 'ValueError: duplicate key "x"'
    assert reason_of(KeyError()) == "KeyError"
    assert len(reason_of(ValueError("x" * 2_000))) == 500
