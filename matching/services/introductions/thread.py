"""The thread of an introduction: messages, files, who has read until when."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.files import CheckedFile, keep_file
from matching.introductions.limits import MESSAGES_PER_DAY
from matching.introductions.states import ENDED, Actor
from matching.models import (
    Introduction,
    IntroductionEvent,
    IntroductionMessage,
    IntroductionQuerySet,
    IntroductionReading,
)
from matching.services.introductions.letters import authors, receivers, write, written
from matching.services.introductions.moving import CannotMove

FOLDER = "introductions"
DAY = dt.timedelta(days=1)
QUIET_EVENTS = ("see", "take_over", "transfer")


@dataclass(frozen=True)
class Words:
    """One message: text, or a file with the name that its owner gave it, or both."""

    body: str = ""
    file: CheckedFile | None = None
    file_name: str = ""


@transaction.atomic
def write_message(
    introduction: Introduction, *, words: Words, by: User, side: Actor, now: dt.datetime
) -> IntroductionMessage:
    """Add to the thread. Raises ``CannotMove`` when it has ended or too much was written today."""
    row = Introduction.objects.select_for_update(of=("self",)).get(pk=introduction.pk)
    if row.status in ENDED - {"agreed"}:
        raise CannotMove(_("Esta conversación terminó."))
    if not words.body.strip() and words.file is None:
        raise CannotMove(_("Escriba algo o adjunte un archivo."))
    recent = row.messages.filter(author=by, written_at__gt=now - DAY)
    if recent.count() >= MESSAGES_PER_DAY:
        raise CannotMove(_("Escribió mucho hoy; siga mañana."))
    message = IntroductionMessage.objects.create(
        introduction=row,
        author=by,
        side=side,
        body=words.body.strip(),
        file_key=keep_file(words.file, folder=FOLDER) if words.file else "",
        file_name=words.file_name if words.file else "",
        written_at=now,
    )
    others = receivers(row) if side == Actor.AUTHOR else authors(row)
    if row.sent_at:
        write(row, f"message:{side}:{now:%Y-%m-%d}", others, written)
    return message


def mark_read(introduction: Introduction, *, reader: User, now: dt.datetime) -> None:
    """Keep until when somebody has read."""
    IntroductionReading.objects.update_or_create(
        introduction=introduction, reader=reader, defaults={"read_at": now}
    )


def version_of(introduction: Introduction) -> str:
    """Return a short text that changes whenever a page about the introduction would."""
    events = introduction.events.aggregate(last=Max("pk"))["last"] or 0
    messages = introduction.messages.aggregate(last=Max("pk"))["last"] or 0
    return f"{events}-{messages}"


def with_unread(rows: IntroductionQuerySet, *, reader: User) -> IntroductionQuerySet:
    """Annotate ``last_at``, what others did last, and ``read_at``, until when the reader read."""
    mine = IntroductionReading.objects.filter(introduction=OuterRef("pk"), reader=reader)
    events = IntroductionEvent.objects.filter(introduction=OuterRef("pk")).exclude(
        Q(by=reader) | Q(event__in=QUIET_EVENTS)
    )
    messages = IntroductionMessage.objects.filter(introduction=OuterRef("pk")).exclude(
        author=reader
    )
    return rows.annotate(
        read_at=Subquery(mine.values("read_at")[:1]),
        event_at=Subquery(events.order_by("-made_at").values("made_at")[:1]),
        message_at=Subquery(messages.order_by("-written_at").values("written_at")[:1]),
    )


def is_unread(row: Introduction) -> bool:
    """Say whether somebody else did something since the reader last looked."""
    moments = [m for m in (getattr(row, "event_at", None), getattr(row, "message_at", None)) if m]
    read_at = getattr(row, "read_at", None)
    return bool(moments) and (read_at is None or max(moments) > read_at)
