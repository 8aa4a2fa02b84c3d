"""Legal groups and completeness: pure functions."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from firms.completeness import ITEMS, completeness
from firms.groups import legal_groups
from firms.models import OrganizationKind
from firms.words import NAMES, why_tell

HOLDINGS = st.lists(
    st.tuples(
        st.integers(1, 12),
        st.integers(1, 12),
        st.decimals(0, 100, places=2, allow_nan=False),
    ),
    max_size=30,
)


def test_a_majority_makes_a_group_and_half_does_not() -> None:
    assert legal_groups([(1, 2, Decimal("50.01")), (2, 3, Decimal(80))]) == {1: 1, 2: 1, 3: 1}
    assert legal_groups([(1, 2, Decimal(50))]) == {}


def test_shares_of_one_owner_add_up_and_those_of_several_do_not() -> None:
    assert legal_groups([(1, 2, Decimal(30)), (1, 2, Decimal(30))]) == {1: 1, 2: 1}
    assert legal_groups([(1, 2, Decimal(30)), (3, 2, Decimal(30))]) == {}


@given(HOLDINGS)
def test_order_does_not_matter_and_groups_are_closed(
    holdings: list[tuple[int, int, Decimal]],
) -> None:
    groups = legal_groups(holdings)
    assert groups == legal_groups(list(reversed(holdings)))
    for owner, owned, share in holdings:
        if share > 50:
            assert groups[owner] == groups[owned]
    assert all(groups[head] == head <= member for member, head in groups.items())


@given(st.sampled_from(OrganizationKind.values), st.sets(st.sampled_from([i.name for i in ITEMS])))
def test_telling_more_never_lowers_the_score(kind: str, told: set[str]) -> None:
    score = completeness(kind, told)
    assert 0 <= score.percent <= 100
    assert (score.percent == 100) == (score.next_best is None)
    if score.next_best:
        assert completeness(kind, told | {score.next_best.name}).percent >= score.percent


def test_what_helps_matching_most_comes_first() -> None:
    best = completeness("firm", set()).next_best
    assert best is not None
    assert best.name == "activities"
    assert why_tell(best).section == "about"


def test_every_item_has_words() -> None:
    assert {item.name for item in ITEMS} == set(NAMES)
