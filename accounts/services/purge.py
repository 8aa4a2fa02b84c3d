"""Forgetting what no longer opens or counts anything."""

import datetime as dt

from accounts.models import Session
from accounts.services.buckets import purge_buckets
from accounts.services.codes import purge_codes


def purge_accounts(*, now: dt.datetime) -> int:
    """Delete sessions, spent codes and rate buckets that are over. Return how many."""
    sessions = Session.objects.filter(expire_date__lt=now).delete()[0]
    return sessions + purge_codes(now=now) + purge_buckets(now=now)
