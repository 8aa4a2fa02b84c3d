"""Each state, event and actor: what is written here happens, and nothing else."""

import datetime as dt
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.introductions import states
from matching.introductions.clock import DAY_OF, Step, due_after, working_moment
from matching.introductions.limits import Refusal, Standing, open_capacity, refusal_of
from matching.introductions.machine import NotAllowed, after, events_for, waits_on
from matching.introductions.outcomes import Band, Kind, day_asked
from matching.introductions.states import ENDED, LIVE, OPEN, SHARED, Actor, Event, State
from matching.models import introduction_words as words

# One line per state: event:initials of who may cause it>the state after it (none: as before).
# a author, r receiver, b broker, s staff, c clock.
EXPECTED = """
queued: release:bs>sent refuse:bs>declined withdraw:a>withdrawn suspend:s>suspended nudge:c escalate:c expire:c>expired take_over:bs transfer:bs
sent: see:r>seen ask_info:r>info_requested accept:r>accepted decline:r>declined withdraw:a>withdrawn block:r>blocked suspend:s>suspended nudge:c escalate:c expire:c>expired take_over:bs transfer:bs
seen: ask_info:r>info_requested accept:r>accepted decline:r>declined withdraw:a>withdrawn block:r>blocked suspend:s>suspended nudge:c escalate:c expire:c>expired take_over:bs transfer:bs
info_requested: give_info:a>info_given accept:r>accepted decline:r>declined withdraw:a>withdrawn block:r>blocked suspend:s>suspended nudge:c escalate:c expire:c>expired take_over:bs transfer:bs
info_given: ask_info:r>info_requested accept:r>accepted decline:r>declined withdraw:a>withdrawn block:r>blocked suspend:s>suspended nudge:c escalate:c expire:c>expired take_over:bs transfer:bs
accepted: consent:a>released withdraw:a>withdrawn block:r>blocked suspend:s>suspended nudge:c escalate:c expire:c>expired take_over:bs transfer:bs
released: plan:ar>planned meet:ar>met withdraw:ar>withdrawn block:r>blocked suspend:s>suspended take_over:bs transfer:bs
planned: meet:ar>met miss:ar>no_show withdraw:ar>withdrawn block:r>blocked suspend:s>suspended take_over:bs transfer:bs
no_show: plan:ar>planned withdraw:ar>withdrawn block:r>blocked suspend:s>suspended take_over:bs transfer:bs
met: negotiate:ar>negotiating agree:ar>agreed not_agree:ar>not_agreed withdraw:ar>withdrawn block:r>blocked suspend:s>suspended take_over:bs transfer:bs
negotiating: agree:ar>agreed not_agree:ar>not_agreed withdraw:ar>withdrawn block:r>blocked suspend:s>suspended take_over:bs transfer:bs
agreed:
not_agreed:
declined:
expired:
withdrawn:
blocked:
suspended:
"""  # noqa: E501 -- a table
INITIALS = {"a": "author", "r": "receiver", "b": "broker", "s": "staff", "c": "clock"}


def expected() -> dict[tuple[str, str, str], str]:
    found = {}
    for line in EXPECTED.strip().splitlines():
        state, _, entries = line.partition(":")
        for entry in entries.split():
            event, _, rest = entry.partition(":")
            actors, _, target = rest.partition(">")
            for initial in actors:
                found[state, event, INITIALS[initial]] = target or state
    return found


TRIPLES = list(product(State, Event, Actor))


def test_the_machine_is_the_table_for_every_state_event_and_actor() -> None:
    wanted = expected()
    assert {state for state, _, _ in wanted} == LIVE
    for state, event, actor in TRIPLES:
        target = wanted.get((state, event, actor))
        allowed = event in events_for(state, frozenset({actor}))
        assert allowed == (target is not None), (state, event, actor)
        if target is None:
            with pytest.raises(NotAllowed):
                after(state, event, actor)
        else:
            assert after(state, event, actor) == target


@given(st.lists(st.sampled_from(list(product(Event, Actor))), max_size=40))
def test_no_walk_shares_contacts_without_a_yes_from_both(
    steps: list[tuple[Event, Actor]],
) -> None:
    state, done = State.QUEUED, set()
    for event, actor in steps:
        if event in events_for(state, frozenset({actor})):
            state = after(state, event, actor)
            done.add((event, actor))
        if state in SHARED:
            assert (Event.ACCEPT, Actor.RECEIVER) in done
            assert (Event.CONSENT, Actor.AUTHOR) in done


def test_every_word_has_its_state() -> None:
    pairs = [
        (states.State, words.IntroductionStatus),
        (states.Actor, words.IntroductionSide),
        (states.DeclineReason, words.IntroductionDecline),
        (Kind, words.OutcomeKind),
        (Band, words.ValueBand),
    ]
    for pure, labels in pairs:
        assert [each.value for each in pure] == labels.values
    assert {"ask", *Event} == set(words.IntroductionStep.values)


def test_somebody_is_waited_for_as_long_as_it_is_open() -> None:
    assert {state for state in State if waits_on(state)} == OPEN | {State.ACCEPTED}
    assert not OPEN & (SHARED | ENDED)


ZONES = st.sampled_from(
    ["America/La_Paz", "America/Santiago", "America/Tijuana", "America/Sao_Paulo", "Pacific/Easter"]
).map(ZoneInfo)
FIRST, LAST = dt.datetime(2024, 1, 1), dt.datetime(2030, 1, 1)  # noqa: DTZ001 -- Hypothesis adds the zone
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(dt.UTC))


@given(MOMENTS, ZONES)
def test_people_are_reminded_in_their_working_hours(moment: dt.datetime, zone: ZoneInfo) -> None:
    found = working_moment(moment, zone)
    local = found.astimezone(zone)
    assert local.weekday() < 5
    assert dt.time(9) <= local.time() < dt.time(18)
    assert dt.timedelta(0) <= found - moment < dt.timedelta(days=3)
    assert working_moment(found, zone) == found


@given(MOMENTS, ZONES)
def test_the_clock_takes_every_step_and_never_early(start: dt.datetime, zone: ZoneInfo) -> None:
    at = start
    for done in (Step.STARTED, Step.NUDGED, Step.NUDGED_TWICE, Step.ESCALATED):
        at = due_after(done, at, zone)
        assert at - start >= dt.timedelta(days=DAY_OF[Step(done + 1)])
    assert at - start < dt.timedelta(days=21 + 4 * 3)


@pytest.mark.parametrize(
    ("standing", "refusal"),
    [
        (Standing(4, 9, is_broker=False, is_new=False), None),
        (Standing(5, 0, is_broker=False, is_new=False), Refusal.PERSON),
        (Standing(19, 0, is_broker=True, is_new=False), None),
        (Standing(20, 0, is_broker=True, is_new=False), Refusal.PERSON),
        (Standing(1, 1, is_broker=False, is_new=True), None),
        (Standing(1, 2, is_broker=False, is_new=True), Refusal.NEW),
    ],
)
def test_limits(standing: Standing, refusal: Refusal | None) -> None:
    assert refusal_of(standing) == refusal


@given(st.integers(1, 50), st.integers(0, 20))
def test_silence_halves_and_then_closes_and_never_opens(declared: int, silent: int) -> None:
    now, later = open_capacity(declared, silent), open_capacity(declared, silent + 1)
    assert later <= now <= declared
    assert open_capacity(declared, 4) == 0
    assert open_capacity(declared, 2) == max(declared // 2, 1)


def test_outcomes_are_asked_on_four_days() -> None:
    day = dt.date(2026, 1, 1)
    asked = [day_asked(day, day + dt.timedelta(days=age)) for age in (29, 30, 57, 58, 90, 365, 393)]
    assert asked == [None, 30, 30, None, 90, 365, None]
