"""The ledger of what people's data is held for."""

import datetime as dt

from accounts.models import Consent, LawfulBasis, Purpose, User
from accounts.models.privacy import TEXT_VERSION


def enter_account(*, person: User, now: dt.datetime) -> Consent:
    """Write that somebody opened an account, and under which text."""
    return Consent.objects.create(
        user=person,
        purpose=Purpose.ACCOUNT,
        basis=LawfulBasis.CONTRACT,
        text_version=TEXT_VERSION,
        source="sign-up",
        given_at=now,
    )
