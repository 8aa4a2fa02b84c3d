"""Writing, publishing and closing offers and needs.

Every change raises the listing's revision and asks, in the same transaction, for its matches to
be computed again from that revision.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import fields
from typing import TypeVar

from django.db import models, transaction

from accounts.models import User
from common.jobs import enqueue
from firms.models import (
    CloseReason,
    ListingStatus,
    Need,
    Offer,
    Organization,
    OrganizationStatus,
)
from firms.services.listing_content import (
    ListingContent,
    NeedContent,
    OfferContent,
    Place,
    place_of,
)
from firms.services.moderation.limits import is_blocked, may_publish_more
from firms.services.references import take_references

__all__ = [
    "CannotChangeListing",
    "CannotPublish",
    "NeedContent",
    "OfferContent",
    "Place",
    "archive_listing",
    "create_need",
    "create_offer",
    "fulfill_listing",
    "hold_listing",
    "place_of",
    "publish_need",
    "publish_offer",
    "renew_listing",
    "restore_listing",
    "resume_listing",
    "update_need",
    "update_offer",
]

TERM_DAYS: dict[type[models.Model], int] = {Need: 90, Offer: 365}

_JOBS: dict[type[models.Model], str] = {Need: "need.match", Offer: "offer.match"}
_RELATIONS = frozenset({"classifications", "reach_units", "required_certificates"})
_CLOSED = frozenset({ListingStatus.FULFILLED, ListingStatus.ARCHIVED})
_ListingT = TypeVar("_ListingT", Need, Offer)


class CannotChangeListing(Exception):
    """The listing's state, or its organization's, does not allow the change."""


class CannotPublish(CannotChangeListing):
    """The block list or a limit is in the way; ``reason`` is "blocked" or "many"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def create_need(
    *, by: User, organization: Organization, content: NeedContent, now: dt.datetime
) -> Need:
    """Save a draft need."""
    return _create(by, Need(organization=organization), content, now)


@transaction.atomic
def create_offer(
    *, by: User, organization: Organization, content: OfferContent, now: dt.datetime
) -> Offer:
    """Save a draft offer."""
    return _create(by, Offer(organization=organization), content, now)


@transaction.atomic
def update_need(*, by: User, need: Need, content: NeedContent) -> Need:
    """Replace what a need says; its state and dates stay."""
    return _update(by, need, content)


@transaction.atomic
def update_offer(*, by: User, offer: Offer, content: OfferContent) -> Offer:
    """Replace what an offer says; its state and dates stay."""
    return _update(by, offer, content)


@transaction.atomic
def publish_need(*, by: User, need: Need, now: dt.datetime) -> Need:
    """Open a draft need to answers for 90 days."""
    return _publish(by, need, now)


@transaction.atomic
def publish_offer(*, by: User, offer: Offer, now: dt.datetime) -> Offer:
    """Open a draft offer to matches for a year."""
    return _publish(by, offer, now)


@transaction.atomic
def hold_listing(*, by: User, listing: _ListingT) -> _ListingT:
    """Take a published listing out of matching until it is resumed."""
    return _move(by, listing, {ListingStatus.PUBLISHED}, status=ListingStatus.ON_HOLD)


@transaction.atomic
def resume_listing(*, by: User, listing: _ListingT) -> _ListingT:
    """Put a paused listing back into matching, with the dates that it had."""
    return _move(by, listing, {ListingStatus.ON_HOLD}, status=ListingStatus.PUBLISHED)


@transaction.atomic
def fulfill_listing(
    *, by: User, listing: _ListingT, reason: CloseReason, today: dt.date
) -> _ListingT:
    """Close a listing for good and keep why."""
    allowed = {ListingStatus.PUBLISHED, ListingStatus.ON_HOLD}
    closing = {"close_reason": reason, "closed_on": today}
    return _move(by, listing, allowed, status=ListingStatus.FULFILLED, **closing)


@transaction.atomic
def archive_listing(*, by: User, listing: _ListingT) -> _ListingT:
    """Put a listing away: nobody but its organization sees it any more."""
    allowed = set(ListingStatus) - {ListingStatus.ARCHIVED}
    return _move(by, listing, allowed, status=ListingStatus.ARCHIVED)


@transaction.atomic
def restore_listing(*, by: User, listing: _ListingT) -> _ListingT:
    """Give a listing that was put away back to its organization, as a draft."""
    return _move(by, listing, {ListingStatus.ARCHIVED}, status=ListingStatus.DRAFT)


@transaction.atomic
def renew_listing(*, by: User, listing: _ListingT, today: dt.date) -> _ListingT:
    """Extend a published listing by its usual term: a need twice, an offer once."""
    row = _lock(listing)
    if not row.can_be_renewed:
        raise CannotChangeListing
    until = max(row.valid_until, today) + dt.timedelta(days=TERM_DAYS[type(row)])
    changes = {"valid_until": until, "renewals": row.renewals + 1}
    return _move(by, row, {ListingStatus.PUBLISHED}, **changes)


def _create(by: User, row: _ListingT, content: ListingContent, now: dt.datetime) -> _ListingT:
    today = now.date()
    country = row.organization.country.country_code
    row.valid_from = today
    row.valid_until = today + dt.timedelta(days=TERM_DAYS[type(row)])
    for name, value in _columns(content).items():
        setattr(row, name, value)
    (row.reference,) = take_references(
        model=type(row), kind=row.kind, country_code=country, day=today
    )
    row.save()
    for name, chosen in _relations(content).items():
        getattr(row, name).set(chosen)
    return row


def _update(by: User, row: _ListingT, content: ListingContent) -> _ListingT:
    locked = _lock(row)
    if locked.status in _CLOSED:
        raise CannotChangeListing
    if _says(locked, content):
        return locked
    for name, chosen in _relations(content).items():
        getattr(locked, name).set(chosen)
    if locked.status != ListingStatus.DRAFT:
        _check_words(by, content)
    return _write(by, locked, _columns(content))


def _publish(by: User, row: _ListingT, now: dt.datetime) -> _ListingT:
    if row.organization.status != OrganizationStatus.ACTIVE:
        raise CannotChangeListing
    _lock_organization(row.organization)  # the limit counts one publication at a time
    if not may_publish_more(row.organization):
        raise CannotPublish("many")
    _check_words(by, row)
    until = now.date() + dt.timedelta(days=TERM_DAYS[type(row)])
    dates = {"published_at": now, "valid_from": now.date(), "valid_until": until}
    return _move(by, row, {ListingStatus.DRAFT}, status=ListingStatus.PUBLISHED, **dates)


def _lock_organization(organization: Organization) -> None:
    Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)


def _check_words(by: User, said: Need | Offer | ListingContent) -> None:
    if is_blocked(by=by, texts=[said.title, said.summary, said.description]):
        raise CannotPublish("blocked")


def _move(by: User, row: _ListingT, allowed: Collection[str], **changes: object) -> _ListingT:
    locked = _lock(row)
    if locked.status not in allowed:
        raise CannotChangeListing
    return _write(by, locked, changes)


def _lock(row: _ListingT) -> _ListingT:
    """Read the row again and keep it from changing under us; the caller's copy may be old."""
    return (
        type(row)
        .objects.select_for_update(of=("self",))
        .select_related("organization")
        .get(pk=row.pk)
    )


def _write(by: User, row: _ListingT, changes: dict[str, object]) -> _ListingT:
    for name, value in changes.items():
        setattr(row, name, value)
    row.revision += 1
    row.save()
    enqueue(_JOBS[type(row)], row.pk, revision=row.revision, queue="fast", actor_id=by.pk)
    return row


def _columns(content: ListingContent) -> dict[str, object]:
    """Return the values of the row itself."""
    skipped = _RELATIONS | {"place"}
    values = {f.name: getattr(content, f.name) for f in fields(content) if f.name not in skipped}
    values |= {name: list(value) for name, value in values.items() if isinstance(value, tuple)}
    place = content.place
    return values | {
        "admin_unit": place.admin_unit,
        "point": place.point,
        "place_name": place.name,
    }


def _relations(content: ListingContent) -> dict[str, Sequence[models.Model]]:
    """Return the rows that the content points to."""
    names = _RELATIONS & {f.name for f in fields(content)}
    return {name: getattr(content, name) for name in names}


def _says(row: Need | Offer, content: ListingContent) -> bool:
    """Say whether the row already says exactly this, so that saving it again changes nothing."""
    same_columns = all(getattr(row, name) == value for name, value in _columns(content).items())
    return same_columns and all(
        set(getattr(row, name).values_list("pk", flat=True)) == {chosen.pk for chosen in rows}
        for name, rows in _relations(content).items()
    )
