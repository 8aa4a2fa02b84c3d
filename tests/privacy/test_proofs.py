"""Documents of a claim go a month after its decision."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from registry.privacy import retention
from tests.factories import NOW
from tests.firms.claims.factories import ClaimFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_a_document_is_kept_thirty_days_after_the_decision_and_no_longer(
    django_capture_on_commit_callbacks: Any,
) -> None:
    key = default_storage.save("private/claims/acta.pdf", ContentFile(b"%PDF"))
    claim = ClaimFactory(status="refused", decided_at=NOW, document_key=key, email="a@ejemplo.cl")
    waiting = ClaimFactory(document_key="private/claims/otra.pdf")
    with django_capture_on_commit_callbacks(execute=True):
        assert retention.forget_proofs(NOW + 30 * DAY) == 0
        assert retention.forget_proofs(NOW + 30 * DAY + dt.timedelta(seconds=1)) == 1
    claim.refresh_from_db()
    waiting.refresh_from_db()
    assert (claim.document_key, claim.email) == ("", "")
    assert not default_storage.exists(key)
    assert waiting.document_key
