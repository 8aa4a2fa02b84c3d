"""Who may look at records that may be one, answer about them, and unite or part them.

Staff may for all. An administrator sees the pairs of their own organizations, as far as they may
see the other record; two claimed ones become one only when both sides agree.
"""

import datetime as dt
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from firms.models import (
    DuplicateAnswer,
    DuplicateDecision,
    DuplicatePair,
    DuplicatePairQuerySet,
    Membership,
    Organization,
    OrganizationAlias,
    OrganizationMerge,
    OrganizationQuerySet,
    Role,
)
from firms.policies.actors import Actor
from firms.policies.organizations import can_administer, visible_organizations

UNDO_DAYS = 30


def administered_organizations(actor: Actor) -> OrganizationQuerySet:
    """Return the organizations that an actor administers."""
    if not actor.is_authenticated:
        return Organization.objects.none()
    mine = Membership.objects.filter(user=actor, role=Role.ADMINISTRATOR)
    return Organization.objects.filter(pk__in=mine.values("organization"))


def reviewable_pairs(actor: Actor) -> DuplicatePairQuerySet:
    """Return the pairs that an actor may answer about, likest first."""
    rows = DuplicatePair.objects.select_related("first", "second").order_by("-score", "pk")
    if not actor.is_authenticated:
        return rows.none()
    if actor.is_staff:
        return rows
    own = administered_organizations(actor).order_by().values("pk")
    seen = visible_organizations(actor).order_by().values("pk")
    return rows.filter(Q(first__in=own) | Q(second__in=own), first__in=seen, second__in=seen)


def may_decide_alone(actor: Actor, pair: DuplicatePair) -> bool:
    """Say whether an actor is staff, or administers both records."""
    if not actor.is_authenticated:
        return False
    return actor.is_staff or (
        can_administer(actor, pair.first) and can_administer(actor, pair.second)
    )


def agreement_of_other_side(actor: Actor, pair: DuplicatePair) -> DuplicateDecision | None:
    """Return the last word of the other record's administrators, if it is yes to what is now.

    The other record is the one that the actor does not administer; nobody agrees with themselves.
    """
    for own, other in ((pair.first, pair.second), (pair.second, pair.first)):
        if can_administer(actor, own) and not can_administer(actor, other):
            return _last_yes(pair, other)
    return None


def _last_yes(pair: DuplicatePair, side: Organization) -> DuplicateDecision | None:
    administrators = Membership.objects.filter(organization=side, role=Role.ADMINISTRATOR)
    said = DuplicateDecision.objects.filter(pair=pair, decided_by__in=administrators.values("user"))
    last = said.exclude(answer=DuplicateAnswer.LATER).order_by("-decided_at", "-pk").first()
    if last is None or last.answer != DuplicateAnswer.SAME or last.facts != pair.facts:
        return None
    return last


def may_merge(actor: Actor, one: Organization, other: Organization) -> bool:
    """Say whether an actor may unite two records now: alone, or with the other side's yes."""
    if actor.is_authenticated and actor.is_staff:
        return True
    first, second = sorted((one.pk, other.pk))
    rows = DuplicatePair.objects.select_related("first", "second")
    pair = rows.filter(first=first, second=second).first()
    if pair is None:
        return can_administer(actor, one) and can_administer(actor, other)
    return may_decide_alone(actor, pair) or agreement_of_other_side(actor, pair) is not None


def undoable_merges(actor: Actor, *, now: dt.datetime) -> QuerySet[OrganizationMerge]:
    """Return the unions of the last thirty days that an actor may undo."""
    rows = seen_merges(actor)
    return rows.filter(undone_at=None, merged_at__gt=now - dt.timedelta(days=UNDO_DAYS))


def seen_merges(actor: Actor) -> QuerySet[OrganizationMerge]:
    """Return the unions that an actor may read about: staff all, others those of their own."""
    rows = OrganizationMerge.objects.select_related("kept").order_by("-merged_at", "-pk")
    if not actor.is_authenticated:
        return rows.none()
    if actor.is_staff:
        return rows
    own = Membership.objects.filter(
        user=actor, role=Role.ADMINISTRATOR, organization=OuterRef("kept")
    )
    return rows.filter(Exists(own))


def heir_of(actor: Actor, public_id: UUID) -> Organization | None:
    """Return the organization that a united record's old address leads to, if it may be seen."""
    rows = OrganizationAlias.objects.filter(public_id=public_id).values("organization")
    return visible_organizations(actor).filter(pk__in=rows).first()
