"""What the people of the demo world asked each other, over two years, and what came of it.

The rows are written as the services would have left them; nobody is sent a letter of it.
"""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from accounts.models import User
from firms.models import Membership, Need, Offer, Organization, Role
from matching.introductions.clock import Step, due_after, next_step
from matching.introductions.machine import TURNS, after, waits_on
from matching.introductions.outcomes import Kind
from matching.introductions.states import ENDED, TIMED, Actor, Event, State
from matching.models import Introduction, IntroductionAbout
from matching.policies.introductions import editors_of
from matching.services.introductions.asking import cluster_between
from matching.services.introductions.moving import (
    ANSWERS,
    CLOCK_EVENTS,
    Card,
    keep_card,
    see_contact,
)
from matching.services.introductions.outcomes import Asked, Report, report_outcome
from matching.services.introductions.thread import mark_read
from matching.services.introductions.zones import zone_of
from registry.demo.entries import (
    AnswererEntry,
    CannotLoadDemo,
    IntroductionEntry,
    read_introductions,
)
from registry.demo.organizations import SOURCE

RowT = TypeVar("RowT", Need, Offer)
REPORTED_AFTER = 3  # days after the question
PARTIES = (Actor.AUTHOR, Actor.RECEIVER)


@dataclass
class Story:
    """An introduction being told: who takes part, and how far it has come."""

    entry: IntroductionEntry
    row: Introduction
    people: dict[Actor, User]
    now: dt.datetime

    def at(self, days: int) -> dt.datetime:
        """Return a moment in working hours, so many days ago."""
        return (self.now - dt.timedelta(days=days)).replace(
            hour=15, minute=days % 60, second=0, microsecond=0
        )


def write_introductions(path: Path, *, now: dt.datetime) -> int:
    """Tell the stories that nobody has told yet; return how many there are."""
    people, entries = read_introductions(path)
    for person in people:
        _answerer(person)
    for entry in entries:
        _tell(entry, now)
    return len(entries)


def _answerer(entry: AnswererEntry) -> None:
    """Give an organization somebody who answers for it; without a password, nobody signs in."""
    user, is_new = User.objects.get_or_create(email=entry.email, defaults={"name": entry.name})
    if is_new:
        user.set_unusable_password()
        user.save()
    own = _organization(entry.organization)
    Membership.objects.get_or_create(user=user, organization=own, defaults={"role": Role.EDITOR})


def _organization(ref: str) -> Organization:
    row = Organization.objects.filter(source=SOURCE, source_ref=ref).first()
    if row is None:
        raise CannotLoadDemo(f"introductions.toml: {ref}?")
    return row


def _tell(entry: IntroductionEntry, now: dt.datetime) -> None:
    asks, receives = _organization(entry.asks), _organization(entry.receives)
    need, offer = _need(entry, receives), _offer(entry)
    about = IntroductionAbout.NEED if need else IntroductionAbout.OFFER
    told = Introduction.objects.filter(from_organization=asks, to_organization=receives)
    if told.filter(about=about, need=need, offer=offer).exists():
        return
    people = {Actor.AUTHOR: _editor(asks), Actor.RECEIVER: _editor(receives)}
    row = Introduction(
        from_organization=asks, to_organization=receives, about=about, need=need, offer=offer
    )
    story = Story(entry, row, {side: user for side, user in people.items() if user}, now)
    _begin(story)
    for days, event, side, *note in entry.steps:
        if event == Event.DECLINE:
            row.decline_reason = entry.reason
        _step(story, int(days), (Event(str(event)), Actor(str(side))), "".join(map(str, note)))
    _say(story)
    waiting = waits_on(State(row.status))
    for side, person in story.people.items():
        if side != waiting:  # whoever moved last has read what there was
            mark_read(row, reader=person, now=now)


def _need(entry: IntroductionEntry, receives: Organization) -> Need | None:
    rows = Need.objects.filter(organization=receives, title=entry.need)
    return _found(rows.first(), entry.need) if entry.need else None


def _offer(entry: IntroductionEntry) -> Offer | None:
    owner = _organization(entry.asks if entry.need else entry.receives)
    rows = Offer.objects.filter(organization=owner, title=entry.offer)
    return _found(rows.first(), entry.offer) if entry.offer else None


def _found(row: RowT | None, title: str) -> RowT:
    if row is None:
        raise CannotLoadDemo(f"introductions.toml: {title}?")
    return row


def _editor(organization: Organization) -> User | None:
    member = editors_of(organization.pk).first()
    return member.user if member else None


def _begin(story: Story) -> None:
    """Ask, and send it unless somebody reads it first."""
    row, entry, asked_at = story.row, story.entry, story.at(story.entry.days)
    author = story.people[Actor.AUTHOR]
    row.asked_by, row.asked_at = author, asked_at
    row.purpose, row.question, row.channel = entry.purpose, entry.question, entry.channel
    own = row.from_organization
    row.presentation = f"{own.name}. {own.one_line}"
    row.queued_for = entry.queued
    row.status = State.QUEUED if entry.queued else State.SENT
    row.sent_at = None if entry.queued else asked_at
    row.cluster = cluster_between(own, other=row.to_organization)
    row.due_at = due_after(Step.STARTED, asked_at, zone_of(row.to_organization))
    row.save()
    row.events.create(
        event="ask", side=Actor.AUTHOR, by=author, after=row.status, turn=0, made_at=asked_at
    )
    if entry.shares:
        _share(story, Actor.AUTHOR, asked_at)


def _step(story: Story, days: int, happened: tuple[Event, Actor], note: str = "") -> None:
    """Let one thing happen, as the table of introductions allows it."""
    row, at, (event, side) = story.row, story.at(days), happened
    before, turn = State(row.status), row.turn
    row.status = after(before, event, side)
    row.events.create(
        event=event,
        side=side,
        by=story.people.get(side),
        before=before,
        after=row.status,
        turn=turn,
        note=note,
        made_at=at,
    )
    _date(row, event, at)
    row.save()
    if event == Event.ACCEPT:
        _share(story, side, at)
        if story.entry.shares:
            _step(story, days, (Event.CONSENT, Actor.AUTHOR))
    if event == Event.CONSENT:
        _share(story, side, at)


def _date(row: Introduction, event: Event, at: dt.datetime) -> None:
    """Set the clock, and the moments of its life that this is."""
    if event in CLOCK_EVENTS:
        row.step = next_step(Step(row.step))
    elif event in TURNS:
        row.turn, row.step = row.turn + 1, Step.STARTED
    target = State(row.status)
    if event in CLOCK_EVENTS | TURNS:
        waited = row.from_organization if waits_on(target) == Actor.AUTHOR else row.to_organization
        row.due_at = due_after(Step(row.step), at, zone_of(waited))
    if target not in TIMED:
        row.due_at = None
    row.answered_at = row.answered_at or (at if event in ANSWERS else None)
    row.shared_at = row.shared_at or (at if target == State.RELEASED else None)
    row.ended_at = at if target in ENDED else None


def _share(story: Story, side: Actor, at: dt.datetime) -> None:
    """Keep a person's consent, and once there are two, that each has the other's contact."""
    person = story.people[side]
    keep_card(story.row, side=side, person=person, card=Card(person.name, person.email), now=at)
    cards = list(story.row.contacts.order_by("side"))
    if len(cards) == len(PARTIES):
        for card, other in zip(cards, reversed(cards), strict=True):
            see_contact(card, viewer=other.person, now=at)


def _say(story: Story) -> None:
    """Write the messages, and what each side said came of it."""
    row = story.row
    for days, side, body in story.entry.messages:
        author, at = story.people[Actor(str(side))], story.at(int(days))
        row.messages.create(author=author, side=side, body=str(body), written_at=at)
    for day, side, kind, band in story.entry.reports:
        actor = Actor(str(side))
        report_outcome(
            row,
            said=Report(Kind(str(kind)), band=str(band)),
            asked=Asked(actor, int(day), story.people[actor]),
            now=_shared(row) + dt.timedelta(days=int(day) + REPORTED_AFTER),
        )


def _shared(row: Introduction) -> dt.datetime:
    if row.shared_at is None:
        raise CannotLoadDemo("introductions.toml: a report before the contacts")
    return row.shared_at
