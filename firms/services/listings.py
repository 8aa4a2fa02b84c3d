"""Writing, publishing and closing offers and needs.

Every change raises the listing's revision and asks, in the same transaction, for its matches to
be computed again from that revision.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import fields
from typing import TypeVar

from django.db import models, transaction

from accounts.models import User
from common.jobs import enqueue
from firms.listing_states import SETTLED, UNREAD, Move, after, may_reopen_on
from firms.models import (
    CaseKind,
    CloseReason,
    Need,
    NeedKind,
    Offer,
    Organization,
    OrganizationStatus,
)
from firms.quality import Finding, Level
from firms.services.listing_checks import findings_of, needs_check
from firms.services.listing_content import (
    ListingContent,
    NeedContent,
    OfferContent,
    Place,
    place_of,
)
from firms.services.listing_parts import PARTS, says_parts, write_parts
from firms.services.moderation.cases import open_case
from firms.services.moderation.limits import (
    is_blocked,
    may_offer_more_technology,
    may_publish_more,
)
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
    "publish_checked",
    "publish_need",
    "publish_offer",
    "reinstate_listing",
    "remove_listing",
    "renew_listing",
    "reopen_listing",
    "restore_listing",
    "resume_listing",
    "return_checked",
    "touch_listing",
    "update_need",
    "update_offer",
    "withdraw_listing",
]

TERM_DAYS: dict[type[models.Model], int] = {Need: 90, Offer: 365}

_JOBS: dict[type[models.Model], str] = {Need: "need.match", Offer: "offer.match"}
_RELATIONS = frozenset({"classifications", "reach_units", "required_certificates", "guests"})
_ListingT = TypeVar("_ListingT", Need, Offer)


class CannotChangeListing(Exception):
    """The listing's state, or its organization's, does not allow the change."""


class CannotPublish(CannotChangeListing):
    """Something is in the way; ``reason`` is "blocked", "many", "technologies" or "unfinished"."""

    def __init__(self, reason: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.findings = tuple(findings)


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
    """Open a draft need to answers for 90 days, or until a quotation's closing day."""
    return _publish(by, need, now)


@transaction.atomic
def publish_offer(*, by: User, offer: Offer, now: dt.datetime) -> Offer:
    """Open a draft offer to matches for a year."""
    return _publish(by, offer, now)


@transaction.atomic
def publish_checked(*, by: User, listing: _ListingT, now: dt.datetime) -> _ListingT:
    """Publish what the team has read."""
    row = _lock(listing)
    return _move(by, row, Move.APPROVE, **_dates(row, now))


@transaction.atomic
def return_checked(*, by: User, listing: _ListingT) -> _ListingT:
    """Give what the team has read back to its author; why is said in the decision."""
    return _move(by, listing, Move.RETURN)


@transaction.atomic
def withdraw_listing(*, by: User, listing: _ListingT) -> _ListingT:
    """Take a listing back from the team, to change it."""
    return _move(by, listing, Move.WITHDRAW)


@transaction.atomic
def hold_listing(*, by: User, listing: _ListingT) -> _ListingT:
    """Take a published listing out of matching until it is resumed."""
    return _move(by, listing, Move.HOLD)


@transaction.atomic
def resume_listing(*, by: User, listing: _ListingT) -> _ListingT:
    """Put a paused listing back into matching, with the dates that it had."""
    return _move(by, listing, Move.RESUME)


@transaction.atomic
def fulfill_listing(
    *, by: User, listing: _ListingT, reason: CloseReason, today: dt.date
) -> _ListingT:
    """Close a listing and keep why."""
    return _move(by, listing, Move.FULFILL, close_reason=reason, closed_on=today)


@transaction.atomic
def reopen_listing(*, by: User, listing: _ListingT, today: dt.date) -> _ListingT:
    """Take a closing back, for some weeks and within its dates."""
    row = _lock(listing)
    if not may_reopen_on(today, closed_on=row.closed_on) or row.valid_until < today:
        raise CannotChangeListing
    return _move(by, row, Move.REOPEN, close_reason="", closed_on=None)


@transaction.atomic
def archive_listing(*, by: User, listing: _ListingT) -> _ListingT:
    """Put a listing away: nobody but its organization sees it any more."""
    return _move(by, listing, Move.ARCHIVE)


@transaction.atomic
def restore_listing(*, by: User, listing: _ListingT) -> _ListingT:
    """Give a listing that was put away back to its organization, as a draft."""
    return _move(by, listing, Move.RESTORE)


@transaction.atomic
def remove_listing(*, by: User, listing: _ListingT) -> _ListingT:
    """Take a listing down, as the team decided; its author cannot put it back."""
    return _move(by, listing, Move.REMOVE)


@transaction.atomic
def reinstate_listing(*, by: User, listing: _ListingT) -> _ListingT:
    """Give a listing that was taken down back to its organization, as a draft."""
    return _move(by, listing, Move.REINSTATE)


@transaction.atomic
def renew_listing(*, by: User, listing: _ListingT, today: dt.date) -> _ListingT:
    """Extend a published listing by its usual term: a need twice, an offer once."""
    row = _lock(listing)
    if not row.can_be_renewed:
        raise CannotChangeListing
    until = max(row.valid_until, today) + dt.timedelta(days=TERM_DAYS[type(row)])
    return _move(by, row, Move.RENEW, valid_until=until, renewals=row.renewals + 1)


@transaction.atomic
def touch_listing(*, by: User, listing: _ListingT) -> _ListingT:
    """Raise the revision after something beside the listing changed, such as its files."""
    row = _lock(listing)
    if row.status in SETTLED:
        raise CannotChangeListing
    return _write(by, row, {})


def _create(by: User, row: _ListingT, content: ListingContent, now: dt.datetime) -> _ListingT:
    today = now.date()
    row.valid_from = today
    row.valid_until = today + dt.timedelta(days=TERM_DAYS[type(row)])
    for name, value in _columns(content).items():
        setattr(row, name, value)
    row.reference = _new_reference(row, today)
    row.save()
    for name, chosen in _relations(content).items():
        getattr(row, name).set(chosen)
    write_parts(row, content)
    return row


def _new_reference(row: Need | Offer, day: dt.date) -> str:
    country = row.organization.country.country_code
    (found,) = take_references(model=type(row), kind=row.kind, country_code=country, day=day)
    return found


def _update(by: User, row: _ListingT, content: ListingContent) -> _ListingT:
    locked = _lock(row)
    if locked.status in SETTLED:
        raise CannotChangeListing
    if _says(locked, content):
        return locked
    columns = _columns(content)
    if columns["kind"] != locked.kind:
        columns["reference"] = _renamed(locked, str(columns["kind"]))
    for name, chosen in _relations(content).items():
        getattr(locked, name).set(chosen)
    write_parts(locked, content)
    if locked.status not in UNREAD:
        _check_words(by, content)
    saved = _write(by, locked, columns | _closing_day(locked, columns))
    if saved.status not in UNREAD:
        _check_whole(saved, None)
    return saved


def _renamed(row: Need | Offer, kind: str) -> str:
    """Return a reference of the new kind; one that others have read stays what it is."""
    if row.status not in UNREAD:
        raise CannotChangeListing
    row.kind = kind
    return _new_reference(row, row.valid_from)


def _closing_day(row: Need | Offer, columns: dict[str, object]) -> dict[str, object]:
    """An open request for quotations ends on its closing day."""
    day = columns.get("closes_on")
    is_open = row.status not in UNREAD and columns["kind"] == NeedKind.QUOTE
    return {"valid_until": day} if is_open and isinstance(day, dt.date) else {}


def _publish(by: User, row: _ListingT, now: dt.datetime) -> _ListingT:
    if row.organization.status != OrganizationStatus.ACTIVE:
        raise CannotChangeListing
    _lock_organization(row.organization)  # the limit counts one publication at a time
    _check_limits(row)
    _check_words(by, row)
    locked = _lock(row)
    if after(locked.status, Move.PUBLISH) is None:
        raise CannotChangeListing
    _check_whole(locked, now.date())
    if needs_check(locked):
        open_case(kind=CaseKind.LISTING, organization=locked.organization, listing=locked)
        return _move(by, locked, Move.SUBMIT)
    return _move(by, locked, Move.PUBLISH, **_dates(locked, now))


def _dates(row: Need | Offer, now: dt.datetime) -> dict[str, object]:
    today = now.date()
    until = today + dt.timedelta(days=TERM_DAYS[type(row)])
    if isinstance(row, Need) and row.kind == NeedKind.QUOTE and row.closes_on:
        until = max(row.closes_on, today)
    return {"published_at": now, "valid_from": today, "valid_until": until}


def _check_limits(row: Need | Offer) -> None:
    if not may_publish_more(row.organization):
        raise CannotPublish("many")
    is_technology = isinstance(row, Offer) and row.is_technology
    if is_technology and not may_offer_more_technology(row.organization):
        raise CannotPublish("technologies")


def _check_whole(row: Need | Offer, today: dt.date | None) -> None:
    """Refuse what nobody could answer, or what tells who its anonymous author is."""
    found = findings_of(row, today=today)
    if blocking := [each for each in found if each.level is Level.BLOCKER]:
        raise CannotPublish("unfinished", blocking)


def _lock_organization(organization: Organization) -> None:
    Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)


def _check_words(by: User, said: Need | Offer | ListingContent) -> None:
    if is_blocked(by=by, texts=[said.title, said.summary, said.description]):
        raise CannotPublish("blocked")


def _move(by: User, row: _ListingT, move: Move, **changes: object) -> _ListingT:
    locked = _lock(row)
    status = after(locked.status, move)
    if status is None:
        raise CannotChangeListing
    return _write(by, locked, {"status": status, **changes})


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
    skipped = _RELATIONS | PARTS | {"place"}
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
    return (
        same_columns
        and says_parts(row, content)
        and all(
            set(getattr(row, name).values_list("pk", flat=True)) == {chosen.pk for chosen in rows}
            for name, rows in _relations(content).items()
        )
    )
