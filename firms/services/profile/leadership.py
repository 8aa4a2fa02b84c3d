"""What an organization says of those who lead it: told under consent, deleted on withdrawal."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from firms.models import Leadership, Organization
from firms.services.organizations import touch_organization

CONSENT_VERSION = "2026-11"
LEGACY_VERSION = "before-2026-11"  # told in the profile before its own consent was asked for


@transaction.atomic
def tell_leadership(
    *, by: User, organization: Organization, values: Mapping[str, Any], now: dt.datetime
) -> Leadership:
    """Keep what was told, and who consented to which text when."""
    consent = {
        "consented_by": by,
        "consented_at": now,
        "consent_version": CONSENT_VERSION,
    }
    row, _created = Leadership.objects.update_or_create(
        organization=organization, defaults={**values, **consent}
    )
    touch_organization(by=by, organization=organization)
    return row


@transaction.atomic
def withdraw_leadership(*, by: User, organization: Organization) -> None:
    """Delete what was told; programs no longer know it."""
    deleted, _by_model = Leadership.objects.filter(organization=organization).delete()
    if deleted:
        touch_organization(by=by, organization=organization)
