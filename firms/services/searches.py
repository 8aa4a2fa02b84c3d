"""Searches that people keep: under a name, with a pace of mail, and a feed if they want one."""

import datetime as dt
import secrets
from dataclasses import dataclass

from django.db import transaction

from accounts.models import Pace, User
from firms.models import Listed, SavedSearch
from firms.policies.searches import UNDO_DAYS
from firms.quotas import SAVED_SEARCHES

LONGEST = 1_500


class CannotKeepSearch(Exception):
    """It is not kept; ``reason`` is taken (the name), many, or long (the conditions)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Wish:
    """What a person wants to keep: a list and its conditions, as in the address."""

    listed: Listed
    query: str
    name: str
    pace: Pace


@transaction.atomic
def save_search(wish: Wish, *, by: User, now: dt.datetime) -> SavedSearch:
    """Keep a search; what is there now is no news. Raises ``CannotKeepSearch``."""
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    if len(wish.query) > LONGEST:
        raise CannotKeepSearch("long")
    if SavedSearch.objects.filter(user=by, deleted_at=None).count() >= SAVED_SEARCHES:
        raise CannotKeepSearch("many")
    _require_free(by, wish.name)
    return SavedSearch.objects.create(
        user=by,
        listed=wish.listed,
        query=wish.query,
        name=wish.name,
        pace=wish.pace,
        told_until=now,
        seen_until=now,
    )


@transaction.atomic
def change_search(search: SavedSearch, *, name: str, pace: str, now: dt.datetime) -> None:
    """Give a search another name or pace; who turns mail on is told of what comes from now on."""
    row = _locked(search)
    _require_free(row.user, name, besides=row)
    if row.pace == Pace.NONE and pace != Pace.NONE:
        row.told_until = now
    row.name, row.pace = name, pace
    row.save(update_fields=["name", "pace", "told_until", "updated_at"])


@transaction.atomic
def drop_search(search: SavedSearch, *, now: dt.datetime) -> None:
    """Delete a search; for some days it can be taken back."""
    SavedSearch.objects.filter(pk=search.pk, deleted_at=None).update(deleted_at=now)


@transaction.atomic
def restore_search(search: SavedSearch, *, now: dt.datetime) -> None:
    """Take a deleted search back; what came meanwhile is no news by mail."""
    row = _locked(search)
    _require_free(row.user, row.name, besides=row)
    SavedSearch.objects.filter(pk=row.pk).update(deleted_at=None, told_until=now)


@transaction.atomic
def mark_seen(search: SavedSearch, *, now: dt.datetime) -> None:
    """Note that its owner has looked at what it finds."""
    SavedSearch.objects.filter(pk=search.pk).update(seen_until=now)


@transaction.atomic
def open_feed(search: SavedSearch) -> None:
    """Give a search a secret address for feed readers; an earlier one ends."""
    token = secrets.token_urlsafe(32)
    SavedSearch.objects.filter(pk=search.pk).update(feed_token=token)


@transaction.atomic
def close_feed(search: SavedSearch) -> None:
    """End the address for feed readers."""
    SavedSearch.objects.filter(pk=search.pk).update(feed_token=None)


def forget_dropped(*, now: dt.datetime) -> int:
    """Forget searches that nobody can take back any more; return how many rows."""
    limit = now - dt.timedelta(days=UNDO_DAYS)
    return SavedSearch.objects.filter(deleted_at__lte=limit).delete()[0]


def _locked(search: SavedSearch) -> SavedSearch:
    rows = SavedSearch.objects.select_related("user").select_for_update(of=("self",))
    return rows.get(pk=search.pk)


def _require_free(owner: User, name: str, *, besides: SavedSearch | None = None) -> None:
    """Check that no other search of the person has the name."""
    same = SavedSearch.objects.filter(user=owner, deleted_at=None, name=name)
    if besides is not None:
        same = same.exclude(pk=besides.pk)
    if same.exists():
        raise CannotKeepSearch("taken")
