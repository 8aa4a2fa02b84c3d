"""Needs that are being written: begun by anyone, saved at each step, published at the end.

Answers are kept as they were sent and are bounded: nobody has looked at them yet.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from firms.models import Need, Organization, Source
from firms.services.listings import NeedContent, create_need, publish_need
from matching.models import NeedSketch

MAX_VALUES = 25
MAX_TEXT = 4_000
OPEN_PER_PERSON = 20
UNOWNED_DAYS = 30
UNFINISHED_DAYS = 180

Answers = Mapping[str, Sequence[str]]


class CannotStartSketch(Exception):
    """Too many are open; one has to be published or discarded."""


class CannotChangeSketch(Exception):
    """It was published: the need exists, and is edited there."""


@transaction.atomic
def start_sketch(
    *,
    by: User | None,
    step: str,
    answers: Answers,
    organization: Organization | None = None,
    is_interview: bool = False,
) -> NeedSketch:
    """Begin a need; without a person it belongs to whoever keeps its address."""
    if by is not None:
        User.objects.select_for_update().get(pk=by.pk)
        if NeedSketch.objects.open().filter(owner=by).count() >= OPEN_PER_PERSON:
            raise CannotStartSketch
    kept = {step: _bounded(answers)}
    return NeedSketch.objects.create(
        owner=by,
        step=step,
        answers=kept,
        title=_title(kept),
        organization=organization,
        is_interview=is_interview,
    )


@transaction.atomic
def save_step(
    *, sketch: NeedSketch, by: User | None, step: str, answers: Answers, reached: str
) -> NeedSketch:
    """Keep what was answered in a step, right or wrong; who signed in becomes its owner."""
    row = _open(sketch)
    row.answers = row.answers | {step: _bounded(answers)}
    row.step = reached
    row.title = _title(row.answers)
    row.owner = row.owner or by
    row.save()
    return row


@transaction.atomic
def adopt_sketch(*, sketch: NeedSketch, by: User) -> NeedSketch:
    """Give a sketch that only a browser held to the person who signed in there."""
    row = NeedSketch.objects.select_for_update().get(pk=sketch.pk)
    if row.owner_id is None:
        row.owner = by
        row.save(update_fields=["owner", "updated_at"])
    return row


@transaction.atomic
def discard_sketch(*, sketch: NeedSketch) -> None:
    """Forget a need that was not published."""
    _open(sketch).delete()


@transaction.atomic
def publish_sketch(
    *,
    sketch: NeedSketch,
    by: User,
    organization: Organization,
    content: NeedContent,
    now: dt.datetime,
) -> Need:
    """Publish what was written, once: a second time, return the need that it became.

    A need told in an interview keeps that an adviser wrote it.
    """
    row = NeedSketch.objects.select_for_update().get(pk=sketch.pk)
    if row.need is not None:
        return row.need
    if row.finished_at:
        raise CannotChangeSketch
    need = create_need(by=by, organization=organization, content=content, now=now)
    if row.is_interview:
        need.source = Source.ADVISER
        need.save(update_fields=["source"])
    need = publish_need(by=by, need=need, now=now)
    row.need, row.finished_at, row.owner, row.organization = (
        need,
        now,
        row.owner or by,
        organization,
    )
    row.save()
    return need


def forget_sketches(*, now: dt.datetime) -> int:
    """Delete what nobody came back to: without an owner after 30 days, else after half a year."""
    unowned = Q(owner=None, updated_at__lt=now - dt.timedelta(days=UNOWNED_DAYS))
    left = Q(finished_at=None, updated_at__lt=now - dt.timedelta(days=UNFINISHED_DAYS))
    return NeedSketch.objects.filter(unowned | left).delete()[0]


def _open(sketch: NeedSketch) -> NeedSketch:
    row = NeedSketch.objects.select_for_update(of=("self",)).get(pk=sketch.pk)
    if row.finished_at:
        raise CannotChangeSketch
    return row


def _title(answers: Mapping[str, Mapping[str, Sequence[str]]]) -> str:
    """Return the sentence, as far as a line of a list shows it."""
    said = answers.get("sentence", {}).get("q") or [""]
    return " ".join(said[0].split())[:160]


def _bounded(answers: Answers) -> dict[str, list[str]]:
    return {
        name[:40]: [value.replace("\0", "")[:MAX_TEXT] for value in values[:MAX_VALUES]]
        for name, values in list(answers.items())[:MAX_VALUES]
    }
