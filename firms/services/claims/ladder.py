"""How far the registry vouches for a record: facts with their dates, never a badge alone."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from firms.models import (
    Claim,
    ClaimMethod,
    ClaimPurpose,
    ClaimStatus,
    Organization,
    Suspension,
    Verification,
)
from firms.provenance import source_name
from firms.services.moderation.suspensions import current_suspension

_HOW = {
    ClaimMethod.CODE: gettext_lazy("con un código enviado a su correo"),
    ClaimMethod.DOCUMENT: gettext_lazy("con un documento que revisó el equipo de Racimo"),
    ClaimMethod.UNIVERSITY: gettext_lazy("con un correo de la universidad"),
}


@dataclass(frozen=True)
class Rung:
    """A step of the ladder that was reached: which, since when, and how."""

    level: str
    on: dt.date | None
    how: str = ""


@dataclass(frozen=True)
class Ladder:
    """The steps reached, what is offered next, and why the organization is hidden if it is."""

    rungs: Sequence[Rung]
    is_unclaimed: bool
    suspension: Suspension | None


def ladder_of(organization: Organization) -> Ladder:
    """Return the ladder of an organization in one query, two when it is suspended."""
    accepted = Claim.objects.filter(
        organization=organization, status=ClaimStatus.ACCEPTED, purpose=ClaimPurpose.OURS
    )
    claims = list(accepted.select_related("voucher").order_by("decided_at", "pk"))
    return Ladder(
        rungs=[
            *_listed(organization),
            *_claimed(organization, claims),
            *_verified(organization, claims),
        ],
        is_unclaimed=organization.verification == Verification.LISTED,
        suspension=current_suspension(organization),
    )


def _listed(organization: Organization) -> list[Rung]:
    if not organization.source:
        return []
    how = _("Fuente: %(source)s.") % {"source": source_name(organization.source)}
    return [Rung(Verification.LISTED, organization.created_at.date(), how)]


def _claimed(organization: Organization, claims: Sequence[Claim]) -> list[Rung]:
    if organization.verification == Verification.LISTED:
        return []
    if claims:
        return [Rung(Verification.CLAIMED, _day(claims[0]), _how(claims[0]))]
    since = None if organization.source else organization.created_at.date()
    return [Rung(Verification.CLAIMED, since, _("Estos datos los escribe su propia organización."))]


def _verified(organization: Organization, claims: Sequence[Claim]) -> list[Rung]:
    if organization.verification != Verification.VERIFIED:
        return []
    proof = next((row for row in claims if row.level == Verification.VERIFIED), None)
    how = _how(proof) if proof else ""
    return [Rung(Verification.VERIFIED, organization.verified_on, how)]


def _day(claim: Claim) -> dt.date | None:
    return claim.decided_at.date() if claim.decided_at else None


def _how(claim: Claim) -> str:
    if claim.method != ClaimMethod.VOUCHING:
        return str(_HOW[ClaimMethod(claim.method)])
    if claim.voucher is None:
        return _("con el aval de una entidad")
    names = {"kind": claim.voucher.get_kind_display(), "name": claim.voucher.name}
    return _("con el aval de %(name)s (%(kind)s)") % names
