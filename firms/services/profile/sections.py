"""Saving one section of a profile; what a colleague saved meanwhile is never overwritten unseen."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from firms.models import Organization
from firms.services.organizations import announce_organization
from firms.services.profile.changes import TableChange, write_table
from firms.services.profile.tables import digest


class StaleEdit(Exception):
    """Somebody else saved this section after the form was read."""


class CannotSaveProfile(Exception):
    """A rule of the data forbids what was written; ``messages`` say which."""

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__(*messages)
        self.messages = list(messages)


@transaction.atomic
def save_section(
    *,
    by: User,
    organization: Organization,
    changes: Sequence[TableChange],
    seen: str,
    today: dt.date,
) -> Organization:
    """Write a section and confirm the profile as true today.

    ``seen`` is the digest that the writer started from; empty skips the comparison.
    """
    row = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    if seen and seen != digest(row, tables=[change.table for change in changes]):
        raise StaleEdit
    try:
        written = [write_table(row, change=change) for change in changes]
    except ValidationError as error:
        raise CannotSaveProfile(error.messages) from error
    row.last_confirmed_on = today
    row.revision += any(written)
    row.save(update_fields=["last_confirmed_on", "revision", "updated_at"])
    if any(written):
        announce_organization(row, by=by)
    return row
