"""Beginning a claim, withdrawing it, and giving or refusing one's word for it."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from common.files import CheckedFile, forget_file, keep_file
from firms import quotas
from firms.domains import domain_of, is_free
from firms.models import (
    UNDECIDED,
    Claim,
    ClaimMethod,
    ClaimPurpose,
    ClaimStatus,
    Organization,
    OrganizationStatus,
    Role,
    Verification,
)
from firms.services.claims import letters
from firms.services.claims.codes import send_code
from firms.services.claims.proofs import Proofs, is_administrator, level_of, proofs_for, vouchers_of
from firms.services.claims.settling import (
    CannotClaim,
    has_other_administrators,
    lock_claim,
    prove_claim,
)

DAYS_TO_PROVE = 14
DAYS_TO_VOUCH = 30
FOLDER = "claims"


@dataclass(frozen=True)
class ClaimContent:
    """What a claimant brings: the fields that their method needs."""

    method: ClaimMethod
    purpose: ClaimPurpose = ClaimPurpose.OURS
    message: str = ""
    email: str = ""
    voucher: Organization | None = None
    document: CheckedFile | None = None


@transaction.atomic
def start_claim(
    *, by: User, organization: Organization, content: ClaimContent, now: dt.datetime
) -> Claim:
    """Begin a claim with its proof; people who administer the organization are told at once."""
    row = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    _check_right(row, by, content, now)
    _check_proof(proofs_for(row, by=by, purpose=content.purpose), content)
    days = DAYS_TO_VOUCH if content.method == ClaimMethod.VOUCHING else DAYS_TO_PROVE
    claim = Claim(
        organization=row,
        claimant=by,
        purpose=content.purpose,
        method=content.method,
        message=content.message,
        email=content.email.lower(),
        voucher=content.voucher,
        level=level_of(content.method, organization=row, email=content.email),
        expires_at=now + dt.timedelta(days=days),
    )
    claim.is_dispute = has_other_administrators(claim)
    if content.document:
        claim.document_key = keep_file(content.document, folder=FOLDER)
    claim.save()
    if claim.is_dispute:
        letters.tell_of_dispute(claim=claim)
    return _go_on(claim, now)


def _go_on(claim: Claim, now: dt.datetime) -> Claim:
    """Take the step that the method asks for."""
    if claim.method == ClaimMethod.CODE:
        send_code(claim=claim, now=now)
        return claim
    if claim.method == ClaimMethod.VOUCHING and claim.voucher:
        letters.ask_to_vouch(claim=claim, voucher=claim.voucher)
        return claim
    return prove_claim(claim=claim, level=Verification(claim.level), now=now)


@transaction.atomic
def withdraw_claim(*, by: User, claim: Claim) -> Claim:
    """Take one's own claim back while nobody has decided it; its document goes with it."""
    row = lock_claim(claim)
    if row.claimant_id != by.pk or row.status not in UNDECIDED:
        raise CannotClaim("state")
    if row.purpose == ClaimPurpose.REMOVAL and row.status == ClaimStatus.REVIEW:
        raise CannotClaim("state")
    key, row.document_key, row.status = row.document_key, "", ClaimStatus.WITHDRAWN
    row.save()
    case = getattr(row, "case", None)
    if case:
        case.delete()
    transaction.on_commit(lambda: forget_file(key))
    return row


@transaction.atomic
def answer_vouching(*, by: User, claim: Claim, vouched: bool, now: dt.datetime) -> Claim:
    """Give or refuse the word of the organization that was asked, by one who administers it."""
    row = lock_claim(claim)
    voucher = row.voucher
    if row.status != ClaimStatus.OPEN or row.expires_at <= now or voucher is None:
        raise CannotClaim("state")
    administers = voucher.memberships.filter(user=by, role=Role.ADMINISTRATOR).exists()
    covers = vouchers_of(row.organization).filter(pk=voucher.pk).exists()
    if not administers or not covers or by.pk == row.claimant_id:
        raise CannotClaim("vouch")
    row.vouched_by = by
    if not vouched:
        row.status = ClaimStatus.EXPIRED
        row.save()
        letters.tell_of_refused_word(claim=row)
        return row
    row.save()
    return prove_claim(claim=row, level=Verification(row.level), now=now)


def _check_right(row: Organization, by: User, content: ClaimContent, now: dt.datetime) -> None:
    """Refuse what no proof can help."""
    if row.status != OrganizationStatus.ACTIVE:
        raise CannotClaim("inactive")
    if content.purpose == ClaimPurpose.REMOVAL and row.verification != Verification.LISTED:
        raise CannotClaim("removal")
    if is_administrator(row, by) and row.verification == Verification.VERIFIED:
        raise CannotClaim("verified")
    own = Claim.objects.filter(claimant=by)
    own.filter(status=ClaimStatus.OPEN, expires_at__lte=now).update(status=ClaimStatus.EXPIRED)
    if own.undecided().filter(organization=row, purpose=content.purpose).exists():
        raise CannotClaim("open")
    today = own.filter(created_at__gt=now - dt.timedelta(days=1)).count()
    many = own.undecided().count() >= quotas.CLAIMS_UNDECIDED
    if many or today >= quotas.CLAIMS_PER_DAY:
        raise CannotClaim("many")


def _check_proof(proofs: Proofs, content: ClaimContent) -> None:
    """Refuse a proof that is not open to this person."""
    possible = {
        ClaimMethod.CODE: _may_receive_code(proofs, content.email),
        ClaimMethod.UNIVERSITY: proofs.by_university,
        ClaimMethod.DOCUMENT: content.document is not None,
        ClaimMethod.VOUCHING: content.voucher in proofs.vouchers,
    }
    if not possible[content.method]:
        raise CannotClaim(str(content.method))


def _may_receive_code(proofs: Proofs, email: str) -> bool:
    """Say whether an address is the registered one, or at the organization's own domain."""
    if proofs.role_email and email.lower() == proofs.role_email.lower():
        return True
    return bool(proofs.domain) and domain_of(email) == proofs.domain and not is_free(email)
