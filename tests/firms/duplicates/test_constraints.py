import datetime as dt
import uuid

import pytest

from firms.models import DuplicateAnswer, DuplicateDecision, OrganizationAlias
from tests.factories import (
    NOW,
    TODAY,
    DuplicatePairFactory,
    OrganizationFactory,
    OrganizationMergeFactory,
)
from tests.violations import violates

pytestmark = pytest.mark.django_db


def test_a_pair_is_kept_once_and_in_order() -> None:
    pair = DuplicatePairFactory()
    with violates("duplicate_pair_unique"):
        DuplicatePairFactory(first=pair.first, second=pair.second)
    with violates("duplicate_pair_in_order"):
        DuplicatePairFactory(first=pair.second, second=pair.first)


@pytest.mark.parametrize("score", [-0.1, 1.1])
def test_likeness_lies_between_zero_and_one(score: float) -> None:
    with violates("duplicate_score_in_range"):
        DuplicatePairFactory(score=score)


@pytest.mark.parametrize(
    ("answer", "until"), [(DuplicateAnswer.LATER, None), (DuplicateAnswer.SAME, TODAY)]
)
def test_only_what_is_left_for_later_has_a_date(answer: str, until: dt.date | None) -> None:
    pair = DuplicatePairFactory()
    with violates("duplicate_decision_later_has_date"):
        DuplicateDecision.objects.create(
            pair=pair, answer=answer, facts=pair.facts, decided_at=NOW, later_until=until
        )


def test_a_union_is_not_undone_before_it_is_made() -> None:
    with violates("organization_merge_undone_after"):
        OrganizationMergeFactory(undone_at=NOW - dt.timedelta(days=1))


def test_a_reference_of_a_source_leads_to_one_organization() -> None:
    organization = OrganizationFactory()
    rows = [
        OrganizationAlias(
            public_id=uuid.uuid4(),
            organization=organization,
            merge=OrganizationMergeFactory(kept=organization),
            source="retc",
            source_ref="7",
        )
        for _ in range(2)
    ]
    rows[0].save()
    with violates("organization_alias_unique_in_source"):
        rows[1].save()
