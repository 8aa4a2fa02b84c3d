"""What came of introductions: both sides are asked, and only what both say counts as true."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from common.jobs import Continue, Work
from matching.introductions.outcomes import ANSWER_DAYS, ASKED_ON_DAYS, Kind, day_asked
from matching.introductions.states import SHARED, Actor
from matching.models import Introduction, Outcome, OutcomeKind, OutcomeReport
from matching.services.introductions.letters import (
    Note,
    authors,
    receiver_name,
    receivers,
    title_of,
    write,
)
from matching.services.introductions.links import OUTCOME, link_to

CHUNK = 100
PARTIES = (Actor.AUTHOR, Actor.RECEIVER)
ONE_TAP = (OutcomeKind.NONE, OutcomeKind.MEETING, OutcomeKind.QUOTE, OutcomeKind.PURCHASE)


class CannotReport(Exception):
    """Nothing is asked now, or it is not this person's introduction."""


@dataclass(frozen=True)
class Report:
    """What one side says; all but the kind may be left out."""

    kind: Kind
    is_projected: bool = False
    band: str = ""
    is_repeat: bool = False
    jobs: int | None = None
    export_market: str = ""
    is_confidential: bool = False
    satisfaction: int | None = None
    would_have_happened: str = ""
    note: str = ""


@dataclass(frozen=True)
class Asked:
    """Whom a question was put to: a side, on a day, answered by a person."""

    side: Actor
    day: int
    by: User


@transaction.atomic
def report_outcome(
    introduction: Introduction, *, said: Report, asked: Asked, now: dt.datetime
) -> OutcomeReport:
    """Keep what one side says; said again for the same day, the last word stands."""
    row = Introduction.objects.select_for_update(of=("self",)).get(pk=introduction.pk)
    if row.status not in SHARED or asked.side not in PARTIES or asked.day not in ASKED_ON_DAYS:
        raise CannotReport(_("Todavía no preguntamos por esta presentación."))
    key: dict[str, Any] = {"introduction": row, "side": asked.side, "day": asked.day}
    before = OutcomeReport.objects.filter(**key).first()
    report, _new = OutcomeReport.objects.update_or_create(
        **key, defaults={**vars(said), "reported_by": asked.by, "reported_at": now}
    )
    if before and (before.kind, before.is_projected) != (said.kind, said.is_projected):
        _unsay(row, asked.side, before)
    if said.kind != Kind.NONE:
        _say(row, asked.side, said, now)
    return report


def _say(row: Introduction, side: Actor, said: Report, now: dt.datetime) -> None:
    words = {f"{side}_said_at": now, f"{side}_band": said.band}
    Outcome.objects.update_or_create(
        introduction=row, kind=said.kind, is_projected=said.is_projected, defaults=words
    )


def _unsay(row: Introduction, side: Actor, before: OutcomeReport) -> None:
    """Take back what a corrected answer had said, unless another day's answer says it too."""
    same = row.reports.filter(side=side, kind=before.kind, is_projected=before.is_projected)
    if same.exists():
        return
    said = row.outcomes.filter(kind=before.kind, is_projected=before.is_projected)
    other = Actor.RECEIVER if side == Actor.AUTHOR else Actor.AUTHOR
    said.filter(**{f"{other}_said_at": None}).delete()
    said.update(**{f"{side}_said_at": None, f"{side}_band": ""})


def said_by_other(introduction: Introduction, *, side: Actor) -> list[Outcome]:
    """Return what the other side said and this one has not: it may be confirmed with a tap."""
    other = Actor.RECEIVER if side == Actor.AUTHOR else Actor.AUTHOR
    rows = introduction.outcomes.filter(
        **{f"{other}_said_at__isnull": False, f"{side}_said_at": None}
    )
    return list(rows)


def question_open(introduction: Introduction, *, today: dt.date) -> int | None:
    """Return the day whose question is open, or None."""
    if introduction.shared_at is None or introduction.status not in SHARED:
        return None
    return day_asked(introduction.shared_at.date(), today)


def ask_for_outcomes(work: Work) -> Continue | None:
    """Ask both sides on the days on which they are asked, each person once per day."""
    after, today = int(work.payload.get("after", 0)), work.now.date()
    oldest = today - dt.timedelta(days=ASKED_ON_DAYS[-1] + ANSWER_DAYS)
    rows = Introduction.objects.filter(
        status__in=SHARED,
        shared_at__date__gte=oldest,
        shared_at__date__lte=today - dt.timedelta(days=ASKED_ON_DAYS[0]),
        pk__gt=after,
    )
    rows = rows.select_related("from_organization", "to_organization", "need", "offer")
    chunk = list(rows.order_by("pk")[:CHUNK])
    for row in chunk:
        _ask(row, today)
    return Continue({"after": chunk[-1].pk}) if len(chunk) == CHUNK else None


def _ask(row: Introduction, today: dt.date) -> None:
    day = question_open(row, today=today)
    if day is None:
        return
    answered = set(row.reports.filter(day=day).values_list("side", flat=True))
    for side, people in ((Actor.AUTHOR, authors), (Actor.RECEIVER, receivers)):
        if side not in answered:
            _write(row, side, day, people(row))


def _write(row: Introduction, side: Actor, day: int, people: list[User]) -> None:
    def writer(introduction: Introduction, person: User) -> Note:
        link = link_to(introduction, person, side, (OUTCOME, day))
        other = (
            receiver_name(introduction)
            if side == Actor.AUTHOR
            else introduction.from_organization.name
        )
        names = {"other": other, "title": title_of(introduction)}
        return Note(
            _("¿En qué quedó con %(other)s?") % names,
            [
                _("Se pusieron en contacto por «%(title)s». Responda con un toque:") % names,
                _("Solo publicamos totales, y solo de lo que confirman las dos partes."),
            ],
            [(str(kind.label), f"{link}?kind={kind.value}") for kind in ONE_TAP]
            + [(_("Otra cosa"), link)],
        )

    write(row, f"outcome:{day}:{side}", people, writer)
