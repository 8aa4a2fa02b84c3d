import pytest

from firms.models import ClosingReason, LifecycleKind
from tests.factories import NOW, LifecycleMoveFactory, OrganizationFactory
from tests.violations import violates

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "reason"), [(LifecycleKind.CLOSED, ""), (LifecycleKind.RESUMED, ClosingReason.OTHER)]
)
def test_a_closing_and_only_a_closing_says_why(kind: str, reason: str) -> None:
    with violates("lifecycle_closing_says_why"):
        LifecycleMoveFactory(kind=kind, reason=reason)


def test_only_a_closing_names_a_successor_and_never_itself() -> None:
    own = OrganizationFactory()
    with violates("lifecycle_successor_is_another"):
        LifecycleMoveFactory(successor=own)
    with violates("lifecycle_successor_is_another"):
        LifecycleMoveFactory(
            kind=LifecycleKind.CLOSED, reason="other", organization=own, successor=own
        )


def test_only_a_closing_settles() -> None:
    with violates("lifecycle_only_closings_settle"):
        LifecycleMoveFactory(settled_at=NOW)
