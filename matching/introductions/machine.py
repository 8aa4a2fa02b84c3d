"""One table says which event leads where, and who may cause it; nothing else decides that."""

from matching.introductions.states import (
    LIVE,
    OPEN,
    SHARED,
    TIMED,
    WITH_RECEIVER,
    Actor,
    Event,
    State,
)


class NotAllowed(Exception):
    """In this state, this event does not happen, or not by this actor."""


Row = tuple[frozenset[State], Event, frozenset[Actor], State | None]
_AUTHOR, _RECEIVER = frozenset({Actor.AUTHOR}), frozenset({Actor.RECEIVER})
_BOTH = _AUTHOR | _RECEIVER
_DESK = frozenset({Actor.BROKER, Actor.STAFF})
_CLOCK = frozenset({Actor.CLOCK})
_ANSWERABLE = WITH_RECEIVER | {State.INFO_REQUESTED}
_SHARED_LIVE = SHARED & LIVE


def _on(*states: State) -> frozenset[State]:
    return frozenset(states)


# From which states, what happens, by whom, and the state after it (None: it stays where it is).
ROWS: tuple[Row, ...] = (
    (_on(State.QUEUED), Event.RELEASE, _DESK, State.SENT),
    (_on(State.QUEUED), Event.REFUSE, _DESK, State.DECLINED),
    (_on(State.SENT), Event.SEE, _RECEIVER, State.SEEN),
    (WITH_RECEIVER, Event.ASK_INFO, _RECEIVER, State.INFO_REQUESTED),
    (_on(State.INFO_REQUESTED), Event.GIVE_INFO, _AUTHOR, State.INFO_GIVEN),
    (_ANSWERABLE, Event.ACCEPT, _RECEIVER, State.ACCEPTED),
    (_ANSWERABLE, Event.DECLINE, _RECEIVER, State.DECLINED),
    (_on(State.ACCEPTED), Event.CONSENT, _AUTHOR, State.RELEASED),
    (_on(State.RELEASED, State.NO_SHOW), Event.PLAN, _BOTH, State.PLANNED),
    (_on(State.RELEASED, State.PLANNED), Event.MEET, _BOTH, State.MET),
    (_on(State.PLANNED), Event.MISS, _BOTH, State.NO_SHOW),
    (_on(State.MET), Event.NEGOTIATE, _BOTH, State.NEGOTIATING),
    (_on(State.MET, State.NEGOTIATING), Event.AGREE, _BOTH, State.AGREED),
    (_on(State.MET, State.NEGOTIATING), Event.NOT_AGREE, _BOTH, State.NOT_AGREED),
    (TIMED, Event.WITHDRAW, _AUTHOR, State.WITHDRAWN),
    (_SHARED_LIVE, Event.WITHDRAW, _BOTH, State.WITHDRAWN),
    (LIVE - {State.QUEUED}, Event.BLOCK, _RECEIVER, State.BLOCKED),
    (LIVE, Event.SUSPEND, frozenset({Actor.STAFF}), State.SUSPENDED),
    (TIMED, Event.NUDGE, _CLOCK, None),
    (TIMED, Event.ESCALATE, _CLOCK, None),
    (TIMED, Event.EXPIRE, _CLOCK, State.EXPIRED),
    (LIVE, Event.TAKE_OVER, _DESK, None),
    (LIVE, Event.TRANSFER, _DESK, None),
)
TABLE: dict[tuple[State, Event], tuple[frozenset[Actor], State]] = {
    (state, event): (actors, target or state)
    for states, event, actors, target in ROWS
    for state in states
}
# What hands the ball to somebody else: links in earlier letters are spent from here on.
TURNS = frozenset(
    {Event.RELEASE, Event.ASK_INFO, Event.GIVE_INFO, Event.ACCEPT, Event.DECLINE, Event.CONSENT}
    | {Event.REFUSE, Event.EXPIRE, Event.WITHDRAW, Event.BLOCK, Event.SUSPEND}
)


def after(state: State, event: Event, actor: Actor) -> State:
    """Return the state that an event leads to, or raise ``NotAllowed``."""
    actors, target = TABLE.get((state, event), (frozenset(), state))
    if actor not in actors:
        raise NotAllowed(f"{actor} cannot {event} in {state}")
    return target


def events_for(state: State, actors: frozenset[Actor]) -> frozenset[Event]:
    """Return what somebody may do now in any of their parts."""
    return frozenset(
        event for (at, event), (allowed, _) in TABLE.items() if at == state and allowed & actors
    )


def waits_on(state: State) -> Actor | None:
    """Return whose answer is awaited, while one is."""
    if state == State.QUEUED:
        return Actor.BROKER
    if state in {State.INFO_REQUESTED, State.ACCEPTED}:
        return Actor.AUTHOR
    return Actor.RECEIVER if state in OPEN else None
