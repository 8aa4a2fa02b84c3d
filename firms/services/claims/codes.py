"""Codes by mail: six digits, kept as a hash, for one use within minutes and a few tries."""

import datetime as dt
import secrets

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import User
from firms import quotas
from firms.models import MAX_TRIES, Claim, ClaimCode, ClaimStatus, Verification
from firms.services.claims import letters
from firms.services.claims.settling import CannotClaim, lock_claim, prove_claim

CODE_MINUTES = 15
_DIGITS = 6


@transaction.atomic
def send_code(*, claim: Claim, now: dt.datetime) -> ClaimCode:
    """Send a new code to the claim's address; the codes before it serve no more."""
    row = lock_claim(claim)
    if row.status != ClaimStatus.OPEN or row.expires_at <= now or not row.email:
        raise CannotClaim("state")
    _check_rate(row, now)
    row.codes.filter(used_at=None).update(expires_at=now)
    code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"
    kept = ClaimCode.objects.create(
        claim=row,
        email=row.email,
        code_hash=_hash(row, code),
        expires_at=now + dt.timedelta(minutes=CODE_MINUTES),
    )
    letters.send_code_letter(
        claim=row, email=row.email, code=code, number=kept.pk, minutes=CODE_MINUTES
    )
    return kept


def confirm_code(*, by: User, claim: Claim, code: str, now: dt.datetime) -> Claim:
    """Try a code; a wrong one is counted and kept counted, the fifth ends the code."""
    if claim.claimant_id != by.pk:
        raise CannotClaim("state")
    if not _try(claim, code, now):  # committed by itself: the refusal must not undo the count
        raise CannotClaim("code")
    return prove_claim(claim=claim, level=Verification(claim.level), now=now)


@transaction.atomic
def _try(claim: Claim, code: str, now: dt.datetime) -> bool:
    """Count a try of the code that serves, and use it up when it is right."""
    row = lock_claim(claim)
    if row.status != ClaimStatus.OPEN:
        raise CannotClaim("state")
    serving = row.codes.filter(used_at=None, expires_at__gt=now, tries__lt=MAX_TRIES).first()
    if serving is None:
        raise CannotClaim("expired")
    is_right = constant_time_compare(serving.code_hash, _hash(row, code.strip()))
    row.codes.filter(pk=serving.pk).update(tries=F("tries") + 1, used_at=now if is_right else None)
    return is_right


def _check_rate(claim: Claim, now: dt.datetime) -> None:
    hour, day = now - dt.timedelta(hours=1), now - dt.timedelta(days=1)
    recent = ClaimCode.objects.filter(created_at__gt=day)
    own = recent.filter(claim__claimant=claim.claimant)
    if (
        own.filter(created_at__gt=hour).count() >= quotas.CODES_PER_HOUR
        or own.count() >= quotas.CODES_PER_DAY
        or recent.filter(claim__organization=claim.organization).count()
        >= quotas.CODES_PER_ORGANIZATION
    ):
        raise CannotClaim("rate")


def _hash(claim: Claim, code: str) -> str:
    value = f"{claim.public_id}:{code}"
    return salted_hmac("firms.claims.codes", value, algorithm="sha256").hexdigest()
