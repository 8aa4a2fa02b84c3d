"""Job handlers that keep stored verdicts current."""

import datetime as dt

from django.db.models import Q

from common.jobs import Continue, Work
from programs.models import Call, Verdict
from programs.services.facts import gather_facts
from programs.services.verdicts import (
    drop_verdicts_of_ended_calls,
    managed_organizations,
    store_verdicts,
)

CHUNK = 200  # organizations judged against one call in one transaction
ROLLED = 20  # organizations judged against every live call in one transaction


def refresh_organization(work: Work) -> None:
    """Judge one organization against every live call; forget it if nobody manages it any more."""
    managed = list(managed_organizations().filter(pk=work.key).values_list("pk", flat=True))
    live = Call.objects.live_on(work.now)
    facts = gather_facts(organizations=managed)
    store_verdicts(calls=list(live.order_by("pk")), facts=facts, now=work.now)
    drop_verdicts_of_ended_calls(
        calls=live if managed else Call.objects.none(), organizations=[work.key]
    )


def refresh_call(work: Work) -> Continue | None:
    """Judge every managed organization against one call, a chunk at a time."""
    calls = list(Call.objects.live_on(work.now).filter(pk=work.key))
    if not calls:
        Verdict.objects.filter(call=work.key).delete()
        return None
    after, done = int(work.payload.get("after", 0)), int(work.payload.get("done", 0))
    waiting = managed_organizations().filter(pk__gt=after).order_by("pk")
    chunk = list(waiting.values_list("pk", flat=True)[:CHUNK])
    store_verdicts(calls=calls, facts=gather_facts(organizations=chunk), now=work.now)
    if len(chunk) < CHUNK:
        return None
    done += len(chunk)
    return Continue({"after": chunk[-1], "done": done}, done=done, total=_total(done))


def _total(done: int) -> int:
    return max(done, managed_organizations().count())


def roll_over(work: Work) -> Continue | None:
    """Judge again whatever time alone has changed, and forget calls that have ended."""
    after = int(work.payload.get("after", 0))
    days = _days(work.now)
    stale = Q(next_change_on__lte=days) | ~Q(call__in=Call.objects.live_on(work.now).values("pk"))
    waiting = Verdict.objects.filter(stale, organization__gt=after).order_by("organization")
    chunk = list(waiting.values_list("organization", flat=True).distinct()[:ROLLED])
    live = Call.objects.live_on(work.now)
    facts = gather_facts(organizations=chunk)
    store_verdicts(calls=list(live.order_by("pk")), facts=facts, now=work.now)
    drop_verdicts_of_ended_calls(calls=live, organizations=chunk)
    return Continue({"after": chunk[-1]}) if len(chunk) == ROLLED else None


def _days(now: dt.datetime) -> dt.date:
    """Return the latest day that it is anywhere at this instant."""
    return (now + dt.timedelta(hours=14)).date()
