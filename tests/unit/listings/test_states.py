import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firms.listing_states import (
    OF_THE_TEAM,
    REOPEN_DAYS,
    TABLE,
    Move,
    after,
    may_reopen_on,
    moves_of_author,
)
from firms.models.listing_choices import ListingStatus as Status

DAY = dt.date(2026, 11, 24)
ALLOWED = {
    "draft": {"submit": "in_check", "publish": "published", "archive": "archived"},
    "in_check": {
        "approve": "published",
        "return": "returned",
        "withdraw": "draft",
        "archive": "archived",
    },
    "returned": {"submit": "in_check", "publish": "published", "archive": "archived"},
    "published": {
        "hold": "on_hold",
        "renew": "published",
        "fulfill": "fulfilled",
        "archive": "archived",
        "remove": "removed",
    },
    "on_hold": {
        "resume": "published",
        "fulfill": "fulfilled",
        "archive": "archived",
        "remove": "removed",
    },
    "fulfilled": {"reopen": "published", "archive": "archived", "remove": "removed"},
    "archived": {"restore": "draft"},
    "removed": {"reinstate": "draft"},
}


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("move", list(Move))
def test_each_move_leads_where_the_table_says_or_nowhere(status: Status, move: Move) -> None:
    expected = ALLOWED[status].get(move)
    assert after(status, move) == expected


def test_an_author_has_a_way_on_from_every_state_but_removal() -> None:
    for status in Status:
        assert bool(moves_of_author(status)) == (status != Status.REMOVED)
        assert not moves_of_author(status) & OF_THE_TEAM


@given(st.lists(st.sampled_from(list(Move)), max_size=40))
def test_nothing_is_published_without_publishing_approving_or_taking_back(
    moves: list[Move],
) -> None:
    status, shown = Status.DRAFT, False
    for move in moves:
        after_move = TABLE.get((status, move))
        if after_move is None:
            continue
        shown = shown or move in {Move.PUBLISH, Move.APPROVE}
        status = after_move
        assert shown or status in {Status.DRAFT, Status.IN_CHECK, Status.RETURNED, Status.ARCHIVED}


@given(st.integers(min_value=0, max_value=400))
def test_closing_is_taken_back_for_some_weeks(days: int) -> None:
    assert may_reopen_on(DAY + dt.timedelta(days=days), closed_on=DAY) == (days <= REOPEN_DAYS)
