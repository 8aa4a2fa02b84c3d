"""Forgetting contacts: because they ask, or because nobody has confirmed them for long."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from firms.models import Contact, ContactObjection
from firms.services.contacts.keeping import withdraw

SILENT_MONTHS = 24


@transaction.atomic
def forget_contact(*, public_id: UUID, digest: str, now: dt.datetime) -> int:
    """Delete a contact for good, and remember not to list its address again."""
    if digest:
        ContactObjection.objects.get_or_create(digest=digest, defaults={"made_at": now})
    contact = Contact.objects.filter(public_id=public_id).first()
    if contact is None:
        return 0
    withdraw(contact, now)
    contact.delete()
    return 1


@transaction.atomic
def forget_silent_contacts(*, now: dt.datetime) -> int:
    """Delete contacts that nobody confirmed for two years, and whose person did not sign in."""
    limit = now - dt.timedelta(days=SILENT_MONTHS * 365 // 12)
    confirmed = Q(last_confirmed_on__gte=limit.date())
    unconfirmed_but_new = Q(last_confirmed_on__isnull=True, created_at__gte=limit)
    present = Q(user__last_login__gte=limit)
    silent = Contact.objects.exclude(confirmed | unconfirmed_but_new | present)
    rows = list(silent)
    for contact in rows:
        withdraw(contact, now)
        contact.delete()
    return len(rows)
