"""What asked to be removed stays away, whatever later files say."""

import pytest
from django.utils import timezone

from firms.models import (
    ClaimMethod,
    ClaimPurpose,
    ImportKind,
    Organization,
    OrganizationStatus,
    Verification,
)
from firms.services.claims.settling import prove_claim
from tests.firms.claims.factories import ClaimFactory
from tests.imports.rows import research

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("erased", [False, True])
def test_no_import_brings_a_removed_record_back(import_rows, erased: bool) -> None:
    first = research()
    import_rows(ImportKind.ROR, first)
    own = Organization.objects.get(source="ror")
    claim = ClaimFactory(organization=own, purpose=ClaimPurpose.REMOVAL, method=ClaimMethod.CODE)
    prove_claim(claim=claim, level=Verification.CLAIMED, now=timezone.now())
    if erased:
        own.delete()
    changed = {**first, **{k: f"{v} Nueva" for k, v in first.items() if v == own.legal_name}}
    assert changed != first
    import_rows(ImportKind.ROR, changed)
    left = Organization.objects.filter(source="ror")
    assert left.count() == (0 if erased else 1)
    for row in left:
        assert (row.status, row.legal_name) == (OrganizationStatus.SUSPENDED, own.legal_name)
