"""What holds somebody back: the block list, and the limits of who is not verified."""

import datetime as dt
from collections.abc import Iterable

from accounts.models import User
from accounts.services.blocks import has_blocked_words, is_blocked_email
from firms import quotas
from firms.models import (
    Invitation,
    ListingStatus,
    Need,
    Offer,
    OfferKind,
    Organization,
    Verification,
)

OPEN = (ListingStatus.PUBLISHED, ListingStatus.ON_HOLD)


def is_blocked(*, by: User, texts: Iterable[str]) -> bool:
    """Say whether the block list refuses a person's address or a word of what they write."""
    return is_blocked_email(by.email) or has_blocked_words(texts)


def may_publish_more(organization: Organization) -> bool:
    """Say whether one more offer or need of the organization may be open."""
    if organization.verification == Verification.VERIFIED:
        return True
    own = {"organization": organization, "status__in": OPEN}
    count = Need.objects.filter(**own).count() + Offer.objects.filter(**own).count()
    return count < quotas.OPEN_LISTINGS


def may_offer_more_technology(organization: Organization) -> bool:
    """Say whether an office may open one more technology: few and cared for, until it has learned.

    Those closed with a word on how they ended are what it has learned from; enough of them, and
    there is no limit.
    """
    own = Offer.objects.filter(organization=organization, kind=OfferKind.TECHNOLOGY)
    if own.filter(status=ListingStatus.FULFILLED).count() >= quotas.TECHNOLOGIES_LEARNED:
        return True
    return own.filter(status__in=OPEN).count() < quotas.OPEN_TECHNOLOGIES


def may_invite_more(organization: Organization, *, now: dt.datetime) -> bool:
    """Say whether the organization may send one more invitation today."""
    if organization.verification == Verification.VERIFIED:
        return True
    day = now - dt.timedelta(days=1)
    sent = Invitation.objects.filter(organization=organization, created_at__gt=day)
    return sent.count() < quotas.INVITATIONS_PER_DAY
