"""Asking for an introduction: limits first, then who reads it before it is sent."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts.models import User
from clusters.models import Cluster
from firms.models import Affiliation, Need, Offer, Organization, Verification
from firms.policies import can_edit, visible_needs, visible_offers
from matching.introductions.clock import Step, due_after
from matching.introductions.limits import (
    NEW_DAYS,
    SILENT_HIDES,
    Refusal,
    Standing,
    open_capacity,
    refusal_of,
)
from matching.introductions.states import Actor, State
from matching.models import (
    Introduction,
    IntroductionAbout,
    IntroductionEvent,
    Match,
    MatchCapacity,
    OrganizationBlock,
    QueuedFor,
    Reception,
)
from matching.models.serving import OPEN_INVITATIONS
from matching.policies.introductions import editors_of, is_broker
from matching.services.introductions.invited import answer_by_asking
from matching.services.introductions.letters import tell
from matching.services.introductions.moving import Card, keep_card
from matching.services.introductions.zones import zone_of


class CannotAsk(Exception):
    """It cannot be asked for now; ``refusal`` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@dataclass(frozen=True)
class Subject:
    """What is asked about: the other one's listing, and one's own when there is one."""

    about: IntroductionAbout
    need: Need | None
    offer: Offer | None

    @property
    def listing(self) -> Need | Offer:
        """The other one's listing."""
        listing = self.need if self.about == IntroductionAbout.NEED else self.offer
        if listing is None:
            raise ValueError("An introduction is about a listing.")
        return listing


@dataclass(frozen=True)
class Question:
    """The three answers of who asks, how they would like to talk, and their own contact."""

    purpose: str
    question: str
    presentation: str
    channel: str
    is_info_only: bool = False
    card: Card | None = None


@transaction.atomic
def ask_for_introduction(
    *, by: User, organization: Organization, subject: Subject, said: Question, now: dt.datetime
) -> Introduction:
    """Ask in an organization's name to talk over a listing. Raises ``CannotAsk``."""
    User.objects.select_for_update().get(pk=by.pk)
    own = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    other = subject.listing.organization
    _refuse(by, own, subject, now)
    queued_for = _queued_for(own, subject, now)
    status = State.QUEUED if queued_for else State.SENT
    try:
        with transaction.atomic():
            row = Introduction.objects.create(
                from_organization=own,
                to_organization=other,
                asked_by=by,
                about=subject.about,
                need=subject.need,
                offer=subject.offer,
                why=_why(subject),
                purpose=said.purpose,
                question=said.question,
                presentation=said.presentation,
                channel=said.channel,
                is_info_only=said.is_info_only,
                status=status,
                queued_for=queued_for,
                cluster=cluster_between(own, other=other),
                due_at=due_after(Step.STARTED, now, zone_of(other)),
                asked_at=now,
                sent_at=None if queued_for else now,
            )
    except IntegrityError as error:
        raise CannotAsk(Refusal.TWICE) from error
    _record(row, by, now)
    answer_by_asking(row, now=now)
    if said.card:
        keep_card(row, side=Actor.AUTHOR, person=by, card=said.card, now=now)
    tell(row, None)
    return row


def _record(row: Introduction, by: User, now: dt.datetime) -> None:
    IntroductionEvent.objects.create(
        introduction=row,
        event="ask",
        side=Actor.AUTHOR,
        by=by,
        is_on_behalf=by.acting_for_id is not None,
        after=row.status,
        turn=0,
        made_at=now,
    )


def _refuse(by: User, own: Organization, subject: Subject, now: dt.datetime) -> None:
    listing, other = subject.listing, subject.listing.organization
    if not can_edit(by, own) or own.pk == other.pk or can_edit(by, other):
        raise CannotAsk(Refusal.OWN)
    rows: Any = visible_needs(by) if subject.about == IntroductionAbout.NEED else visible_offers(by)
    shown = rows.open_on(now.date()).filter(pk=listing.pk, open_to_contact=True)
    blocked = OrganizationBlock.objects.filter(organization=other, blocked=own).exists()
    if blocked or not shown.exists():
        raise CannotAsk(Refusal.CLOSED)
    again = Introduction.objects.open().filter(from_organization=own, about=subject.about)
    if again.filter(**{f"{subject.about}__pk": listing.pk}).exists():
        raise CannotAsk(Refusal.TWICE)
    standing = Standing(
        of_person=Introduction.objects.open().filter(asked_by=by).count(),
        of_organization=Introduction.objects.open().filter(from_organization=own).count(),
        is_broker=is_broker(by),
        is_new=is_new(own, now),
    )
    if refusal := refusal_of(standing):
        raise CannotAsk(refusal)
    if not has_room(other, now):
        raise CannotAsk(Refusal.FULL)


def is_new(organization: Organization, now: dt.datetime) -> bool:
    """Say whether an organization is new here and nobody has verified it."""
    is_young = organization.created_at > now - dt.timedelta(days=NEW_DAYS)
    return is_young and organization.verification != Verification.VERIFIED


def silent_count(organization_id: int) -> int:
    """Return how many introductions an organization let run out since it last came back."""
    back = Reception.objects.filter(organization=organization_id).first()
    rows = Introduction.objects.filter(
        to_organization=organization_id,
        status=State.EXPIRED,
        answered_at=None,
        sent_at__isnull=False,
    )
    return (rows.filter(ended_at__gt=back.returned_at) if back else rows).count()


def has_room(organization: Organization, now: dt.datetime) -> bool:
    """Say whether an organization receives one more introduction today."""
    declared = MatchCapacity.objects.filter(organization=organization).first()
    if declared and declared.paused_until and declared.paused_until >= now.date():
        return False
    most = declared.open_invitations if declared else OPEN_INVITATIONS
    room = open_capacity(most, silent_count(organization.pk))
    waiting = Introduction.objects.open().filter(to_organization=organization)
    return waiting.count() < room


@transaction.atomic
def return_to_view(*, by: User, organization: Organization, now: dt.datetime) -> None:
    """Open an organization to introductions again after its silence closed it."""
    if not can_edit(by, organization):
        raise CannotAsk(Refusal.OWN)
    Reception.objects.update_or_create(organization=organization, defaults={"returned_at": now})


def is_hidden(organization_id: int) -> bool:
    """Say whether silence has closed an organization to introductions."""
    return silent_count(organization_id) >= SILENT_HIDES


def _queued_for(own: Organization, subject: Subject, now: dt.datetime) -> str:
    if subject.listing.is_anonymous:
        return QueuedFor.ANONYMOUS
    if not editors_of(subject.listing.organization_id).exists():
        return QueuedFor.UNCLAIMED
    return QueuedFor.NEW if is_new(own, now) else ""


def cluster_between(own: Organization, *, other: Organization) -> Cluster | None:
    """Return whose manager sees to it: of both, else of the receiver, else of the author."""
    rows = Affiliation.objects.confirmed().filter(
        Q(organization=other) | Q(organization=own), cluster__affiliations__role="manager"
    )
    found: dict[int, set[int]] = {}
    for cluster, organization in rows.values_list("cluster", "organization").order_by("pk"):
        found.setdefault(cluster, set()).add(organization)
    ranked = sorted(found, key=lambda c: (-len(found[c]), other.pk not in found[c], c))
    return Cluster.objects.filter(pk=ranked[0]).first() if ranked else None


def _why(subject: Subject) -> list[Any]:
    if not subject.need or not subject.offer:
        return []
    match = Match.objects.filter(need=subject.need, offer=subject.offer).first()
    return [match.reasons] if match else []
