"""Whom a need is offered to: ten organizations, then ten more while too few are interested.

An organization has so many invitations open at once, five unless it says otherwise; beyond that,
or while it pauses, the next one takes its place. Every organization may still find the need by
itself: a wave decides only who is asked first.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Count, Max, Q

from firms.models import Need, Organization
from matching.models import Audience, MatchInvitation, NeedDoc
from matching.services.fair.orders import PLACES, newest_orders
from matching.services.fair.settings import capacities

WANTED = 3
PATIENCE = dt.timedelta(days=3)
MAX_WAVES = 6


class CannotWidenError(Exception):
    """No further organization can be invited now."""


@transaction.atomic
def open_wave(need: Need, *, now: dt.datetime) -> list[MatchInvitation]:
    """Invite the next organizations in the order served; none when all are invited or busy."""
    doc = NeedDoc.objects.select_for_update().filter(pk=need.pk).first()
    order = newest_orders([need.pk]).get(need.pk)
    if doc is None or doc.audience == Audience.PRIVATE or order is None:
        return []
    invited = MatchInvitation.objects.filter(need=need)
    last = invited.aggregate(last=Max("wave"))["last"] or 0
    asked = set(invited.values_list("organization_id", flat=True))
    waiting = [pk for pk in order.ranking if pk not in asked]
    chosen = _with_room(waiting, today=now.date())[:PLACES]
    places = {pk: place for place, pk in enumerate(order.ranking, start=1)}
    rows = [
        MatchInvitation(
            need=need, organization_id=pk, wave=last + 1, place=places[pk], invited_at=now
        )
        for pk in chosen
    ]
    return MatchInvitation.objects.bulk_create(rows)


def begin(needs: Sequence[Need], *, now: dt.datetime) -> None:
    """Open the first wave of needs that have none."""
    begun = set(
        MatchInvitation.objects.filter(need__in=needs).values_list("need_id", flat=True).distinct()
    )
    for need in needs:
        if need.pk not in begun:
            open_wave(need, now=now)


@transaction.atomic
def widen(need: Need, *, now: dt.datetime) -> list[MatchInvitation]:
    """Invite more at the author's wish.

    Raises:
        CannotWidenError: everybody who matches is invited, or has no room.
    """
    rows = open_wave(need, now=now)
    if not rows:
        raise CannotWidenError
    return rows


@transaction.atomic
def answer_invitation(
    need: Need, *, organization: Organization, is_interested: bool, now: dt.datetime
) -> bool:
    """Close an organization's invitation with its answer; say whether it had one."""
    rows = MatchInvitation.objects.filter(need=need, organization=organization)
    return rows.update(is_interested=is_interested, closed_at=now) > 0


def invitation_counts(needs: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Return for each need how many were invited and how many are interested."""
    rows = MatchInvitation.objects.filter(need__in=needs).order_by().values("need")
    counted = rows.annotate(n=Count("pk"), keen=Count("pk", filter=Q(is_interested=True)))
    return {row["need"]: (row["n"], row["keen"]) for row in counted}


def advance(now: dt.datetime, *, limit: int = 200) -> int:
    """Close invitations of needs that are over, widen the needs that few answered."""
    over = MatchInvitation.objects.filter(closed_at=None).exclude(
        need__in=NeedDoc.objects.filter(expires_on__gte=now.date()).values("pk")
    )
    over.update(closed_at=now)
    return sum(bool(open_wave(need, now=now)) for need in _waiting(now)[:limit])


def _waiting(now: dt.datetime) -> list[Need]:
    """Return the needs whose last wave is old and brought too few."""
    rows = MatchInvitation.objects.filter(need__in=NeedDoc.objects.values("pk"))
    waves = rows.values("need").annotate(last=Max("invited_at"), wave=Max("wave"))
    due = waves.filter(last__lte=now - PATIENCE, wave__lt=MAX_WAVES).order_by("last", "need")
    needs = [row["need"] for row in due]
    keen = Counter(
        MatchInvitation.objects.filter(need__in=needs, is_interested=True).values_list(
            "need_id", flat=True
        )
    )
    found = Need.objects.in_bulk([pk for pk in needs if keen[pk] < WANTED])
    return [found[pk] for pk in needs if pk in found]


def _with_room(organizations: Sequence[int], *, today: dt.date) -> list[int]:
    """Return those who take another invitation, in order."""
    room = capacities(organizations, today=today)
    held = Counter(
        MatchInvitation.objects.filter(organization__in=organizations, closed_at=None).values_list(
            "organization_id", flat=True
        )
    )
    return [pk for pk in organizations if held[pk] < room[pk]]
