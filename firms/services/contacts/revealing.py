"""Showing a contact to who asks, and keeping who it was."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from firms.models import Contact, ContactView

PER_DAY = 40  # different contacts: more is a list, not a conversation


class CannotReveal(Exception):
    """Too many contacts were asked for today."""


@transaction.atomic
def reveal_contact(*, by: User, contact: Contact, now: dt.datetime) -> ContactView:
    """Keep that somebody saw a contact. Raises ``CannotReveal`` after forty in a day."""
    User.objects.select_for_update().get(pk=by.pk)
    seen = ContactView.objects.filter(viewer=by, viewed_at__gt=now - dt.timedelta(days=1))
    others = seen.exclude(contact=contact).values("contact").distinct().count()
    if others >= PER_DAY:
        raise CannotReveal
    return ContactView.objects.create(contact=contact, viewer=by, viewed_at=now)
