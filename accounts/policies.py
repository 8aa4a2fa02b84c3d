"""Who may see what of accounts."""

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import ApiToken, EmailChange, User


def tokens_of(actor: User | AnonymousUser) -> QuerySet[ApiToken]:
    """Return a person's own tokens: nobody else sees them, staff included."""
    if not actor.is_authenticated:
        return ApiToken.objects.none()
    return ApiToken.objects.filter(user=actor)


def waiting_email_change(actor: User, now: dt.datetime) -> EmailChange | None:
    """Return a person's own change of address that waits for the new one."""
    waiting = EmailChange.objects.filter(user=actor, confirmed_at=None, withdrawn_at=None)
    return waiting.filter(expires_at__gt=now).first()
