"""Deciding a case, once and once more after an appeal, with a reason that its people read."""

import datetime as dt
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction

from accounts.models import User
from firms.models import (
    Case,
    CaseKind,
    CaseOutcome,
    CaseStatus,
    ClaimPurpose,
    ClaimStatus,
    Decision,
    ListingStatus,
    Need,
    Offer,
    Organization,
    ReasonClass,
    Role,
)
from firms.policies import is_party, own_cases
from firms.services.claims.settling import accept_claim, accept_removal, refuse_claim, undo_claim
from firms.services.listings import (
    publish_checked,
    reinstate_listing,
    remove_listing,
    return_checked,
)
from firms.services.moderation.letters import tell_of_appeal, tell_of_decision
from firms.services.moderation.suspensions import lift_suspension, suspend_organization

_RowT = TypeVar("_RowT", Need, Offer)
_OVER_CLAIMS = (CaseKind.CLAIM, CaseKind.DISPUTE, CaseKind.REMOVAL)
OUTCOMES: dict[str, tuple[CaseOutcome, ...]] = {
    CaseKind.REGISTRATION: (CaseOutcome.KEEP, CaseOutcome.SUSPEND),
    CaseKind.REPORT: (CaseOutcome.KEEP, CaseOutcome.TAKE_DOWN, CaseOutcome.SUSPEND),
    CaseKind.CLAIM: (CaseOutcome.ACCEPT, CaseOutcome.REFUSE),
    CaseKind.DISPUTE: (CaseOutcome.ACCEPT, CaseOutcome.REPLACE, CaseOutcome.REFUSE),
    CaseKind.REMOVAL: (CaseOutcome.ACCEPT, CaseOutcome.REFUSE),
    CaseKind.LISTING: (CaseOutcome.ACCEPT, CaseOutcome.REFUSE, CaseOutcome.SUSPEND),
}


class CannotDecide(Exception):
    """The case is not theirs to decide; ``reason`` is state, party, same, or outcome."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Ruling:
    """What is decided and why."""

    outcome: CaseOutcome
    reason: str
    reason_class: ReasonClass = ReasonClass.OTHER


def outcomes_of(case: Case) -> tuple[CaseOutcome, ...]:
    """Return what can be decided about a case."""
    possible = OUTCOMES[case.kind]
    return tuple(o for o in possible if o != CaseOutcome.TAKE_DOWN or case.listing)


@transaction.atomic
def decide_case(*, by: User, case: Case, ruling: Ruling, now: dt.datetime) -> Case:
    """Decide a case, carry the decision out, and write to the people concerned.

    An appeal is decided by somebody else of the team, as long as there is somebody else.
    """
    row = _lock(case)
    on_appeal = row.status == CaseStatus.APPEALED
    _check(row, by, ruling.outcome)
    decision = Decision.objects.create(
        case=row,
        by=by,
        outcome=ruling.outcome,
        reason_class=ruling.reason_class,
        reason=ruling.reason,
        on_appeal=on_appeal,
    )
    _carry_out(row, by, ruling, now)
    row.status = CaseStatus.CLOSED if on_appeal else CaseStatus.DECIDED
    row.save()
    tell_of_decision(case=row, decision=decision)
    return row


@transaction.atomic
def appeal_case(*, by: User, case: Case, text: str, now: dt.datetime) -> Case:
    """Ask once for a second look, by somebody whom the decision went against."""
    row = _lock(case)
    if not may_appeal(row, by=by):
        raise CannotDecide("state")
    row.status, row.appeal = CaseStatus.APPEALED, text
    row.appealed_at, row.appealed_by = now, by
    row.save()
    tell_of_appeal(case=row)
    return row


def may_appeal(case: Case, *, by: User) -> bool:
    """Say whether a person may still appeal: once, and only what went against them."""
    if case.status != CaseStatus.DECIDED or case.appealed_at:
        return False
    outcome = case.decisions.values_list("outcome", flat=True).last()
    if case.claim and case.claim.claimant_id == by.pk:
        return bool(outcome == CaseOutcome.REFUSE)
    is_against = outcome not in (CaseOutcome.KEEP, CaseOutcome.REFUSE)
    return is_against and own_cases(by).filter(pk=case.pk).exists()


def reason_of_return(listing: Need | Offer) -> str:
    """Return what the team said when it gave a listing back; empty while it was not."""
    if listing.status != ListingStatus.RETURNED:
        return ""
    about = {"need": listing} if isinstance(listing, Need) else {"offer": listing}
    said = Decision.objects.filter(
        case__kind=CaseKind.LISTING, **{f"case__{k}": v for k, v in about.items()}
    )
    return said.values_list("reason", flat=True).last() or ""


def _lock(case: Case) -> Case:
    Organization.objects.select_for_update(of=("self",)).get(pk=case.organization_id)
    rows = Case.objects.select_for_update(of=("self",))
    return rows.select_related("organization", "claim__claimant", "need", "offer").get(pk=case.pk)


def _check(case: Case, by: User, outcome: CaseOutcome) -> None:
    if not by.is_staff or case.status not in (CaseStatus.OPEN, CaseStatus.APPEALED):
        raise CannotDecide("state")
    if outcome not in outcomes_of(case):
        raise CannotDecide("outcome")
    if is_party(by, case):
        raise CannotDecide("party")
    others = User.objects.filter(is_staff=True, is_active=True).exclude(pk=by.pk)
    if case.decisions.filter(by=by).exists() and others.exists():
        raise CannotDecide("same")


def _carry_out(case: Case, by: User, ruling: Ruling, now: dt.datetime) -> None:
    if case.kind in _OVER_CLAIMS:
        _settle_claim(case, ruling.outcome, now)
    elif case.kind == CaseKind.LISTING and ruling.outcome != CaseOutcome.SUSPEND:
        _settle_listing(case, by, ruling.outcome, now)
    elif ruling.outcome == CaseOutcome.SUSPEND:
        suspend_organization(
            organization=case.organization,
            reason=ruling.reason_class,
            text=ruling.reason,
            case=case,
        )
    elif ruling.outcome == CaseOutcome.TAKE_DOWN and case.need:
        remove_listing(by=by, listing=case.need)
    elif ruling.outcome == CaseOutcome.TAKE_DOWN and case.offer:
        remove_listing(by=by, listing=case.offer)
    elif ruling.outcome == CaseOutcome.KEEP and case.status == CaseStatus.APPEALED:
        _undo(case, by, now)


def _settle_listing(case: Case, by: User, outcome: CaseOutcome, now: dt.datetime) -> None:
    accepts = outcome == CaseOutcome.ACCEPT
    if case.need:
        _settle_row(case.need, by=by, accepts=accepts, now=now)
    if case.offer:
        _settle_row(case.offer, by=by, accepts=accepts, now=now)


def _settle_row(row: _RowT, *, by: User, accepts: bool, now: dt.datetime) -> None:
    """Publish or give back what waits; what its author took back meanwhile is left alone."""
    if row.status != ListingStatus.IN_CHECK:
        return
    if accepts:
        publish_checked(by=by, listing=row, now=now)
    else:
        return_checked(by=by, listing=row)


def _undo(case: Case, by: User, now: dt.datetime) -> None:
    """Take back what the first decision did."""
    first = case.decisions.values_list("outcome", flat=True).first()
    if first == CaseOutcome.SUSPEND:
        lift_suspension(organization=case.organization, now=now)
    elif first == CaseOutcome.TAKE_DOWN and case.need:
        reinstate_listing(by=by, listing=case.need)
    elif first == CaseOutcome.TAKE_DOWN and case.offer:
        reinstate_listing(by=by, listing=case.offer)


def _settle_claim(case: Case, outcome: CaseOutcome, now: dt.datetime) -> None:
    claim = case.claim
    if claim is None:
        return
    accepts = outcome in (CaseOutcome.ACCEPT, CaseOutcome.REPLACE)
    if accepts and claim.status == ClaimStatus.ACCEPTED:
        return  # the appeal changed nothing
    if accepts and claim.purpose == ClaimPurpose.REMOVAL:
        accept_removal(claim=claim, now=now)
    elif accepts:
        accept_claim(claim=claim, now=now, alone=outcome == CaseOutcome.REPLACE)
    elif claim.status == ClaimStatus.ACCEPTED and case.appealed_by:
        undo_claim(claim=claim, back_to=case.appealed_by, role=Role.ADMINISTRATOR, now=now)
    elif claim.status == ClaimStatus.REVIEW:
        refuse_claim(claim=claim, now=now)
