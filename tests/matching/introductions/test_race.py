"""Two answers at the same moment, each over a connection of its own."""

import pytest
from django.utils import timezone

from matching.introductions.states import Actor, Event
from matching.services.introductions.moving import CannotMove, Move, move_introduction
from tests.factories import IntroductionFactory, UserFactory
from tests.matching.test_concurrency import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_answers_at_the_same_moment_one_counts() -> None:
    row, people = IntroductionFactory(), [UserFactory(), UserFactory()]
    moves = [
        Move(Event.DECLINE, Actor.RECEIVER, by=people[0], turn=0, reason="price"),
        Move(Event.WITHDRAW, Actor.AUTHOR, by=people[1], turn=0),
    ]
    found: list[str] = []

    def attempt(move: Move) -> None:
        try:
            found.append(move_introduction(row, move=move, now=timezone.now()).status)
        except CannotMove:
            found.append("")

    together(*[lambda move=move: attempt(move) for move in moves * 2])
    row.refresh_from_db()
    assert row.events.count() == row.turn == 1
    assert sorted(found) == ["", "", row.status, row.status]
