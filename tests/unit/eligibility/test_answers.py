"""Kleene's strong three-valued logic, as printed in any textbook."""

import itertools

import pytest

from programs.eligibility.answers import Answer, all_of, any_of, k_of_n, negate

T, F, U = Answer.PASS, Answer.FAIL, Answer.UNKNOWN


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (T, T, T, T),
        (T, U, U, T),
        (T, F, F, T),
        (U, T, U, T),
        (U, U, U, U),
        (U, F, F, U),
        (F, T, F, T),
        (F, U, F, U),
        (F, F, F, F),
    ],
)
def test_and_and_or_follow_the_truth_table(left, right, both, either):
    assert all_of([left, right]) is both
    assert any_of([left, right]) is either


def test_not_swaps_what_is_known_only():
    assert [negate(answer) for answer in (T, U, F)] == [F, U, T]


def test_no_condition_passes_and_no_alternative_fails():
    assert all_of([]) is T
    assert any_of([]) is F
    assert k_of_n(2, []) is F


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((T, T, F), T),
        ((T, T, U), T),
        ((T, U, F), U),
        ((T, F, F), F),
        ((U, U, U), U),
        ((U, F, F), F),
    ],
)
def test_two_of_three(answers, expected):
    assert k_of_n(2, answers) is expected


@pytest.mark.parametrize("k", [1, 2, 3, 4])
def test_an_unknown_stands_for_both_outcomes(k):
    """The answer is known exactly when every way of learning the unknowns gives it."""
    for answers in itertools.product((T, F, U), repeat=3):
        worlds = itertools.product(*[(T, F) if answer is U else (answer,) for answer in answers])
        outcomes = {k_of_n(k, world) for world in worlds}
        assert k_of_n(k, answers) is (outcomes.pop() if len(outcomes) == 1 else U)


def test_de_morgan_holds_with_unknowns():
    for pair in itertools.product((T, F, U), repeat=2):
        assert negate(all_of(pair)) is any_of([negate(answer) for answer in pair])
