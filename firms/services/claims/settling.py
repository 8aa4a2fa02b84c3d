"""What a proof leads to: an administrator, a dispute, a hidden record, or a look by the team.

Every step holds the lock of the organization, so that of many proofs at the same moment one finds
the organization without an administrator and all others find that it has one.
"""

import datetime as dt

from django.db import transaction

from accounts.models import User
from common.jobs import enqueue
from firms.models import (
    UNDECIDED,
    CaseKind,
    Claim,
    ClaimMethod,
    ClaimPurpose,
    ClaimStatus,
    Membership,
    Organization,
    OrganizationStatus,
    ReasonClass,
    Role,
    Verification,
)
from firms.services.claims import letters
from firms.services.moderation.cases import open_case
from firms.services.moderation.suspensions import (
    forget_removed,
    lift_suspension,
    remember_removed,
    suspend_organization,
)

_RANK = {level: rank for rank, level in enumerate(Verification.values)}


class CannotClaim(Exception):
    """The claim is refused; ``reason`` says why, a key of the sentences of the page."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def lock_claim(claim: Claim) -> Claim:
    """Read a claim again under its organization's lock, the claimant and organization along."""
    Organization.objects.select_for_update(of=("self",)).get(pk=claim.organization_id)
    rows = Claim.objects.select_for_update(of=("self",))
    return rows.select_related("organization", "claimant", "voucher").get(pk=claim.pk)


@transaction.atomic
def prove_claim(*, claim: Claim, level: Verification, now: dt.datetime) -> Claim:
    """Take a claim as proven: accept it, or leave it to the team when others are concerned."""
    row = lock_claim(claim)
    if row.status != ClaimStatus.OPEN or row.expires_at <= now:
        raise CannotClaim("state")
    if row.organization.status != OrganizationStatus.ACTIVE:
        raise CannotClaim("inactive")
    row.proven_at, row.level = now, level
    row.is_dispute = row.is_dispute or has_other_administrators(row)
    if row.purpose == ClaimPurpose.REMOVAL:
        return _ask_removal(row)
    if row.is_dispute or row.method == ClaimMethod.DOCUMENT:
        return _leave_to_team(row, CaseKind.DISPUTE if row.is_dispute else CaseKind.CLAIM)
    return accept_claim(claim=row, now=now)


def has_other_administrators(claim: Claim) -> bool:
    """Say whether somebody else administers the organization, and the claimant does not."""
    people = Membership.objects.filter(
        organization=claim.organization_id, role=Role.ADMINISTRATOR
    ).values_list("user_id", flat=True)
    return bool(people) and claim.claimant_id not in people


@transaction.atomic
def accept_claim(*, claim: Claim, now: dt.datetime, alone: bool = False) -> Claim:
    """Make the claimant an administrator; ``alone`` leaves those before them as readers."""
    row = lock_claim(claim)
    if row.status not in UNDECIDED and row.status != ClaimStatus.REFUSED:
        raise CannotClaim("state")
    row.proven_at = claim.proven_at or row.proven_at or now
    row.level = claim.level
    row.is_dispute = claim.is_dispute
    organization = row.organization
    if alone:
        people = organization.memberships.exclude(user=row.claimant)
        people.filter(role=Role.ADMINISTRATOR).update(role=Role.READER, updated_at=now)
    Membership.objects.update_or_create(
        user=row.claimant, organization=organization, defaults={"role": Role.ADMINISTRATOR}
    )
    _raise_level(organization, Verification(row.level), now)
    _decide(row, ClaimStatus.ACCEPTED, now)
    letters.tell_of_acceptance(claim=row)
    return row


@transaction.atomic
def refuse_claim(*, claim: Claim, now: dt.datetime) -> Claim:
    """Refuse a claim; the reason stands in the case, and who decided writes it."""
    row = lock_claim(claim)
    if row.status != ClaimStatus.REVIEW:
        raise CannotClaim("state")
    if row.purpose == ClaimPurpose.REMOVAL:
        forget_removed(organization=row.organization)
        lift_suspension(organization=row.organization, now=now)
    return _decide(row, ClaimStatus.REFUSED, now)


@transaction.atomic
def undo_claim(*, claim: Claim, back_to: User, role: Role, now: dt.datetime) -> Claim:
    """Take an accepted claim back after an appeal: its claimant leaves, who was before returns."""
    row = lock_claim(claim)
    own = Membership.objects.filter(organization=row.organization)
    own.filter(user=row.claimant).delete()
    Membership.objects.update_or_create(
        user=back_to, organization=row.organization, defaults={"role": role}
    )
    return _decide(row, ClaimStatus.REFUSED, now)


@transaction.atomic
def accept_removal(*, claim: Claim, now: dt.datetime) -> Claim:
    """Hide a record for good, and keep imports from bringing it back."""
    row = lock_claim(claim)
    if row.status not in (ClaimStatus.REVIEW, ClaimStatus.REFUSED):
        raise CannotClaim("state")
    row.proven_at = row.proven_at or now
    remember_removed(organization=row.organization)
    suspend_organization(
        organization=row.organization, reason=ReasonClass.REMOVAL, case=getattr(row, "case", None)
    )
    return _decide(row, ClaimStatus.ACCEPTED, now)


def _ask_removal(row: Claim) -> Claim:
    """Leave the request to the team; a good proof hides an unclaimed record until then."""
    if row.method != ClaimMethod.DOCUMENT and not row.is_dispute:
        remember_removed(organization=row.organization)
        suspend_organization(organization=row.organization, reason=ReasonClass.REMOVAL)
        letters.tell_of_removal(claim=row)
    return _leave_to_team(row, CaseKind.REMOVAL)


def _leave_to_team(row: Claim, kind: CaseKind) -> Claim:
    row.status = ClaimStatus.REVIEW
    row.save()
    open_case(kind=kind, organization=row.organization, claim=row)
    return row


def _decide(row: Claim, status: ClaimStatus, now: dt.datetime) -> Claim:
    row.status, row.decided_at = status, now
    row.save()
    return row


def _raise_level(organization: Organization, level: Verification, now: dt.datetime) -> None:
    """Raise how far the registry vouches; an accepted claim never lowers it."""
    if _RANK[level] > _RANK[organization.verification]:
        organization.verification = level
        if level == Verification.VERIFIED:
            organization.verified_on = now.date()
        organization.revision += 1
        organization.save()
        for kind in ("organization.reproject", "organization.verdicts"):
            enqueue(kind, organization.pk, revision=organization.revision)
