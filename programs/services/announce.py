"""Asking for verdicts to be worked out again."""

from collections.abc import Collection

from common.jobs import enqueue
from programs.models import Call
from programs.services.verdicts import managed_organizations


def rules_changed(*, calls: Collection[int], actor_id: int | None = None) -> None:
    """Raise the rules' revision of calls, and judge the organizations that people manage again.

    Few calls are judged one by one against everybody; many calls, once for each organization.
    """
    Call.objects.bump_rules(calls)
    organizations = managed_organizations()
    if len(calls) <= 1 or organizations.count() > len(calls):
        for pk in sorted(calls):
            enqueue("call.verdicts", pk, queue="bulk", actor_id=actor_id)
        return
    for pk in organizations.order_by("pk").values_list("pk", flat=True):
        enqueue("organization.verdicts", pk, queue="bulk", actor_id=actor_id)
