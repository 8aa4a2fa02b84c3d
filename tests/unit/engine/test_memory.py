"""What was refused lowers what is like it, within bounds that hold for every history."""

from hypothesis import given
from hypothesis import strategies as st

from matching.engine.memory import MOST, STRENGTH, Refusal, Traits, lowering

traits = st.builds(
    Traits,
    st.integers(1, 4),
    st.frozensets(st.integers(1, 4), max_size=3),
    st.integers(0, 3),
    st.sampled_from(["", "small", "large"]),
)
refusals = st.lists(
    st.builds(
        Refusal,
        st.integers(1, 99),
        traits,
        st.sampled_from(["field", "place", "size", "known", "other", "declined"]),
        st.integers(-1, 3_000),
    ),
    max_size=12,
)


def share(one: Traits, said: list[Refusal]) -> float:
    found = lowering(one, said)
    return found.share if found else 0.0


@given(traits, refusals)
def test_a_lowering_is_bounded_and_names_one_of_the_causes(one, said):
    found = lowering(one, said)
    if found is not None:
        assert 0 < found.share <= MOST
        assert found.because in said


@given(traits, refusals, refusals)
def test_more_refusals_never_raise_and_taking_them_back_restores(one, said, more):
    assert share(one, said) <= share(one, said + more)
    assert lowering(one, []) is None


@given(traits, refusals, st.integers(1, 400))
def test_a_lowering_fades_with_the_days(one, said, days):
    older = [Refusal(r.key, r.traits, r.cause, max(r.days, 0) + days) for r in said]
    assert share(one, older) <= share(one, said)


def test_only_what_the_reason_is_about_is_lowered():
    dismissed = Traits(1, frozenset({22}), 7, "small")
    near = Refusal(1, dismissed, "place", 0)
    assert share(Traits(1), [near]) == STRENGTH
    assert share(Traits(2, place=7), [near]) == STRENGTH / 2
    assert share(Traits(2, frozenset({22}), 8, "small"), [near]) == 0
    assert share(Traits(2, frozenset({22})), [Refusal(1, dismissed, "field", 0)]) == STRENGTH / 2
    assert share(Traits(2, size="small"), [Refusal(1, dismissed, "size", 0)]) == STRENGTH / 2
    assert share(Traits(2, frozenset({22}), 7, "small"), [Refusal(1, dismissed, "other", 0)]) == 0
    assert share(Traits(1), [Refusal(1, dismissed, "declined", 1_000)]) == 0
