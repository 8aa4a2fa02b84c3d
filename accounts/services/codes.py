"""Codes of a second factor: each opens once, and nobody tries many."""

import datetime as dt

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from accounts.models import SpentCode, User
from accounts.services.buckets import take_token

KEPT = dt.timedelta(days=1)


class TooManyCodes(Exception):
    """The person's codes were tried too often; more may be tried in a minute."""


class CodeIsSpent(Exception):
    """The code has opened the door before."""


def count_attempt(*, user: User) -> None:
    """Count an attempt for the person, from wherever it comes."""
    if take_token(
        scope="second-factor", actor=f"user:{user.pk}", per_minute=settings.CODES_PER_MINUTE
    ):
        raise TooManyCodes


def spend_code(*, user: User, code: str, now: dt.datetime) -> None:
    """Use a code up; of any number of requests with the same one, one gets through."""
    digest = salted_hmac("accounts.codes", "".join(code.split()), algorithm="sha256").hexdigest()
    try:
        with transaction.atomic():
            SpentCode.objects.create(user=user, digest=digest, spent_at=now)
    except IntegrityError as error:
        raise CodeIsSpent from error


def purge_codes(*, now: dt.datetime) -> int:
    """Forget codes that nothing accepts any more. Return how many."""
    return SpentCode.objects.filter(spent_at__lt=now - KEPT).delete()[0]
