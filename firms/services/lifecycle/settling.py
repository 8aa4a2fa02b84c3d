"""What a closing brings with it when nobody has taken it back in thirty days."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from common.jobs import Continue, Work
from firms.models import (
    Affiliation,
    LifecycleKind,
    LifecycleMove,
    ListingStatus,
    Membership,
    Need,
    Offer,
    Organization,
    OrganizationStatus,
    Role,
)
from firms.services.letters import Letter, write_to_person

KIND = "organizations.settle"
SETTLE_DAYS = 30
WARN_DAYS = 7
CHUNK = 100
LIVING = (ListingStatus.DRAFT, ListingStatus.PUBLISHED, ListingStatus.ON_HOLD)
_CLOSED = _("Cerró %(name)s: puede deshacerlo hasta el %(day)s")
_CLOSED_BODY = _(
    "Hola:\n\nUna persona que administra %(name)s la cerró en Racimo. Ya no aparece en el"
    " directorio ni en las coincidencias, y no se borra nada.\n\nEl %(day)s el cierre queda en"
    " firme: sus publicaciones se archivan y deja los clústeres en que está. Hasta entonces puede"
    " deshacerlo, con todo lo que tenía:\n%(link)s\n"
)
_SOON = _("En %(days)d días queda en firme el cierre de %(name)s")
_SOON_BODY = _(
    "Hola:\n\n%(name)s está cerrada en Racimo. El %(day)s sus publicaciones se archivan y deja los"
    " clústeres en que está. Si quiere reabrirla, hágalo antes:\n%(link)s\n"
)
WORDS = {"closed": (_CLOSED, _CLOSED_BODY), "soon": (_SOON, _SOON_BODY)}


@dataclass(frozen=True)
class Ending:
    """How much a closing ends once it is settled."""

    listings: int
    clusters: int


def ending_of(organization: Organization) -> Ending:
    """Count what would end: listings that live, and clusters that it is in."""
    listings = sum(
        model.objects.filter(organization=organization, status__in=LIVING).count()
        for model in (Offer, Need)
    )
    clusters = Affiliation.objects.filter(organization=organization, ended_on=None).count()
    return Ending(listings, clusters)


def settles_on(move: LifecycleMove) -> dt.date:
    """Return the day on which a closing can be taken back no more."""
    return (move.made_at + dt.timedelta(days=SETTLE_DAYS)).date()


def tell_of_closing(move: LifecycleMove) -> None:
    """Write to who administers the organization what will end, when, and how to undo it."""
    _write(move, "closed")


def settle_closings(work: Work) -> Continue | None:
    """Warn of closings that settle within a week, and settle those whose time is over."""
    after = int(work.payload.get("after", 0))
    chunk = list(_standing(work.now - dt.timedelta(days=SETTLE_DAYS - WARN_DAYS), after))
    for move in chunk:
        if move.made_at <= work.now - dt.timedelta(days=SETTLE_DAYS):
            settle(move, now=work.now)
        else:
            _write(move, "soon")
    return Continue({"after": chunk[-1].pk}) if len(chunk) == CHUNK else None


def _standing(before: dt.datetime, after: int) -> list[LifecycleMove]:
    """Return the closings made before a moment that still stand and are not settled."""
    rows = LifecycleMove.objects.filter(
        kind=LifecycleKind.CLOSED,
        settled_at=None,
        made_at__lte=before,
        organization__status=OrganizationStatus.CLOSED,
        pk__gt=after,
    )
    return list(rows.select_related("organization").order_by("pk")[:CHUNK])


@transaction.atomic
def settle(move: LifecycleMove, *, now: dt.datetime) -> bool:
    """Archive listings and end affiliations of a closing that stands; say whether it did.

    The organization's row is locked as reopening locks it: one of the two comes first.
    """
    own = Organization.objects.select_for_update(of=("self",)).get(pk=move.organization_id)
    last = own.lifecycle_moves.order_by("-made_at", "-pk").first()
    if own.status != OrganizationStatus.CLOSED or last != move or last.settled_at is not None:
        return False
    for model in (Offer, Need):
        model.objects.filter(organization=own, status__in=LIVING).update(
            status=ListingStatus.ARCHIVED, revision=F("revision") + 1, updated_at=now
        )
    current = Affiliation.objects.filter(organization=own, ended_on=None)
    current.update(ended_on=now.date(), updated_at=now)
    last.settled_at = now
    last.save(update_fields=["settled_at", "updated_at"])
    return True


def _write(move: LifecycleMove, time: str) -> None:
    own = move.organization
    subject, body = WORDS[time]
    letter = Letter(
        occasion=f"closing-of:{move.pk}:{time}",
        subject=subject,
        body=body,
        values={"name": own.name, "day": f"{settles_on(move):%d/%m/%Y}", "days": WARN_DAYS},
        page=("firms:lifecycle", (own.public_id,)),
    )
    people = Membership.objects.filter(organization=own, role=Role.ADMINISTRATOR)
    for row in people.filter(user__is_active=True).select_related("user").order_by("pk"):
        write_to_person(letter, person=row.user)
