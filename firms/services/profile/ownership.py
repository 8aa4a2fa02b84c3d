"""Links of ownership between organizations: either end says one, the other may agree or undo it."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from firms.models import Organization, OwnershipLink
from firms.services.organizations import touch_organization


class CannotLinkOrganizations(Exception):
    """A rule of the data forbids the link; ``messages`` say which."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__(*messages)
        self.messages = messages


@dataclass(frozen=True, kw_only=True)
class LinkContent:
    """Who holds how much of whom, and between which dates."""

    owner: Organization
    owned: Organization
    percentage: Decimal
    since: dt.date | None = None
    until: dt.date | None = None


@transaction.atomic
def say_ownership_link(
    *, by: User, organization: Organization, content: LinkContent, today: dt.date
) -> OwnershipLink:
    """Keep a link as said by one of its ends."""
    link = OwnershipLink(
        owner=content.owner,
        owned=content.owned,
        percentage=content.percentage,
        since=content.since,
        until=content.until,
        owner_confirmed_on=today if organization == content.owner else None,
        owned_confirmed_on=today if organization == content.owned else None,
    )
    try:
        link.full_clean()
    except ValidationError as error:
        raise CannotLinkOrganizations(error.messages) from error
    link.save()
    touch_organization(by=by, organization=organization)
    return link


@transaction.atomic
def confirm_ownership_link(
    *, by: User, organization: Organization, link: OwnershipLink, today: dt.date
) -> None:
    """Say the same as the other end has said."""
    if organization.pk == link.owner_id:
        link.owner_confirmed_on = link.owner_confirmed_on or today
    else:
        link.owned_confirmed_on = link.owned_confirmed_on or today
    link.save(update_fields=["owner_confirmed_on", "owned_confirmed_on", "updated_at"])
    touch_organization(by=by, organization=organization)


@transaction.atomic
def remove_ownership_link(*, by: User, organization: Organization, link: OwnershipLink) -> None:
    """Undo a link; either end may, since neither can be held to what the other says."""
    link.delete()
    touch_organization(by=by, organization=organization)
