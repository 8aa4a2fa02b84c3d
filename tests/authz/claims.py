"""Claims, cases and the block list, for the matrix."""

from typing import Any
from uuid import UUID

from accounts.models import BlockEntry, BlockKind
from common.files import CheckedFile, keep_file
from firms.models import CaseOutcome, CaseStatus
from tests.firms.claims.factories import CaseFactory, ClaimFactory

MISSING = UUID(int=0)
Kinds = dict[str, dict[str, dict[str, Any]]]


def claims(world: Any) -> Kinds:
    """Own is the outsider's, has a document, and waits for the word of the own organization."""
    key = keep_file(CheckedFile(b"%PDF-1.7", "pdf"), folder="claims")
    own = ClaimFactory(
        organization=world.foreign,
        claimant=world.people["outsider"],
        voucher=world.own,
        document_key=key,
    )
    rows = {"own": own, "private": ClaimFactory(document_key=key)}
    kinds = {kind: {"public_id": row.public_id} for kind, row in rows.items()}
    return {"claim": kinds | {"missing": {"public_id": MISSING}}}


def cases(world: Any) -> Kinds:
    """Own went against the own organization, private against another; and the block list."""
    rows = {"own": CaseFactory(organization=world.own), "private": CaseFactory()}
    for case in rows.values():
        case.decisions.create(outcome=CaseOutcome.SUSPEND, reason="No existe.")
        case.status = CaseStatus.DECIDED
        case.save()
    entry = BlockEntry.objects.create(kind=BlockKind.WORD, value="casino").public_id
    kinds = {kind: {"public_id": row.public_id} for kind, row in rows.items()}
    missing = {"missing": {"public_id": MISSING}}
    return {"case": kinds | missing, "block": {"own": {"public_id": entry}} | missing}
