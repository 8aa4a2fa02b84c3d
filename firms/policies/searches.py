"""Whose searches, feeds and files these are: their owner's, and nobody else's, staff included."""

import datetime as dt
import hashlib

from django.db.models import QuerySet

from firms.models import Export, Membership, SavedSearch
from firms.policies.actors import Actor

UNDO_DAYS = 7


def own_searches(actor: Actor) -> QuerySet[SavedSearch]:
    """Return the searches that a person keeps."""
    if not actor.is_authenticated:
        return SavedSearch.objects.none()
    return SavedSearch.objects.filter(user=actor, deleted_at=None)


def dropped_searches(actor: Actor, now: dt.datetime) -> QuerySet[SavedSearch]:
    """Return the searches that a person deleted and may still take back."""
    if not actor.is_authenticated:
        return SavedSearch.objects.none()
    since = now - dt.timedelta(days=UNDO_DAYS)
    return SavedSearch.objects.filter(user=actor, deleted_at__gt=since)


def searches_fed_by(token: str) -> QuerySet[SavedSearch]:
    """Return the search whose feed an address opens, while its owner has an account."""
    return SavedSearch.objects.filter(
        feed_token=token, deleted_at=None, user__is_active=True
    ).exclude(feed_token="")


def own_exports(actor: Actor) -> QuerySet[Export]:
    """Return the files that a person asked for."""
    return Export.objects.filter(user=actor) if actor.is_authenticated else Export.objects.none()


def rights_of(actor: Actor) -> str:
    """Return a mark of all that decides what an actor sees: when it changes, files are stale."""
    if not actor.is_authenticated:
        return ""
    roles = Membership.objects.filter(user=actor).order_by("organization_id")
    parts = [actor.is_active, actor.is_staff, *roles.values_list("organization_id", "role")]
    return hashlib.sha256(repr(parts).encode()).hexdigest()
