"""Where people are signed in, and ending it."""

import datetime as dt
from dataclasses import dataclass

from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.devices import device_name
from accounts.models import Session, User


@dataclass(frozen=True)
class SignedIn:
    """A browser in which a person is signed in; the reference opens nothing."""

    reference: str
    device: str
    started_at: dt.datetime | None
    last_used_at: dt.datetime | None
    is_this_one: bool


def list_sessions(*, user: User, current: str | None, now: dt.datetime) -> list[SignedIn]:
    """Return a person's live sessions, the one that asks first, then the latest used."""
    rows = Session.objects.filter(user=user, expire_date__gt=now).select_related("user")
    live = [row for row in rows.order_by("-last_used_at", "pk") if not row.is_over(now)]
    live.sort(key=lambda row: row.session_key != current)
    return [
        SignedIn(
            reference=_reference(row.session_key),
            device=device_name(row.device),
            started_at=row.started_at,
            last_used_at=row.last_used_at,
            is_this_one=row.session_key == current,
        )
        for row in live
    ]


def end_session(*, user: User, reference: str) -> bool:
    """Sign a person out in one browser; say whether it was theirs and live."""
    for key in Session.objects.filter(user=user).values_list("session_key", flat=True):
        if constant_time_compare(_reference(key), reference):
            Session.objects.filter(pk=key).delete()
            return True
    return False


def end_sessions(*, user: User, keep: str | None = None) -> int:
    """Sign a person out everywhere, but for the session to keep; return where it ended."""
    return Session.objects.filter(user=user).exclude(pk=keep or "").delete()[0]


def _reference(session_key: str) -> str:
    """Name a session on a page without giving away what opens it."""
    return salted_hmac("accounts.sessions", session_key, algorithm="sha256").hexdigest()[:32]
