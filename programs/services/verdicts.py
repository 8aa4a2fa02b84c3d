"""Verdicts: read if they still hold, worked out if not, and stored by background jobs.

What is stored serves questions about many (who qualifies, what refuses most). A reader always
gets the answer of the day: a stored verdict counts only while the facts, the rules and the day it
was worked out from still give the same, and whatever else is evaluated on the spot. So no job has
to run at midnight for a page to be right; ``roll_over`` keeps the stored counts right as well.
"""

import datetime as dt
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from firms.models import FieldGroup, Membership, Organization
from programs.eligibility.facts import FactName, Facts
from programs.models import Call, CallQuerySet, Standing, Verdict
from programs.services.facts import gather_facts
from programs.services.judging import Judgment, judge
from programs.services.rules import Owner, Tree, read_rules

# Which facts a part of the profile tells: hidden parts are unknown to the reader.
TOLD_BY = {
    FieldGroup.LEADERSHIP: (
        FactName.WOMEN_BOARD_PCT,
        FactName.WOMEN_CAPITAL_PCT,
        FactName.POPULATION_GROUPS,
    ),
    FieldGroup.SALES: (FactName.SALES,),
    FieldGroup.TRADE_SHARES: (FactName.SALES,),
    FieldGroup.BALANCE: (FactName.BALANCE,),
    FieldGroup.HEADCOUNT: (FactName.HEADCOUNT,),
    FieldGroup.OWNERSHIP: (FactName.FOREIGN_PCT,),
}
WRITTEN = (
    "standing",
    "unmet",
    "blockers",
    "results",
    "facts_hash",
    "rules_revision",
    "evaluated_on",
    "next_change_on",
)


@dataclass(frozen=True)
class Summary:
    """Where an organization stands before a call, without the detail."""

    call_id: int
    standing: str
    unmet: int
    blockers: tuple[str, ...]


def managed_organizations() -> QuerySet[Organization]:
    """Return the organizations whose verdicts are stored: active, and managed by people."""
    people = Membership.objects.filter(organization=OuterRef("pk"))
    return Organization.objects.active().filter(Exists(people))


def last_day(*, call: Call) -> dt.date | None:
    """Return the last day of a call in its own zone, if it has one."""
    return call.last_moment.date() if call.last_moment else None


def judge_calls(
    *, calls: Sequence[Call], facts: Facts, now: dt.datetime, rules: dict[int, Tree] | None = None
) -> dict[int, Judgment]:
    """Judge one organization's facts against calls, by primary key of the call."""
    if rules is None:
        rules = read_rules(owners=[Owner(call.pk, call.program_id) for call in calls])
    return {
        call.pk: judge(
            criteria=rules[call.pk],
            facts=facts.for_call(call.pk),
            on=call.today(now),
            last_day=last_day(call=call),
        )
        for call in calls
    }


def summaries(
    *, organization: Organization, calls: Sequence[Call], facts: Facts, now: dt.datetime
) -> dict[int, Summary]:
    """Return where an organization stands before each call on this very day."""
    stored = _holding(organization, facts, {call.pk: call for call in calls}, now)
    fresh = judge_calls(calls=[c for c in calls if c.pk not in stored], facts=facts, now=now)
    for pk, found in fresh.items():
        stored[pk] = Summary(pk, found.standing, found.unmet, tuple(found.blockers))
    return stored


def _holding(
    organization: Organization, facts: Facts, calls: dict[int, Call], now: dt.datetime
) -> dict[int, Summary]:
    rows = Verdict.objects.filter(
        organization=organization, facts_hash=facts.fingerprint()
    ).values_list(
        "call_id", "standing", "unmet", "blockers", "rules_revision", "evaluated_on",
        "next_change_on",
    )  # fmt: skip
    found = {}
    for pk, standing, unmet, blockers, revision, evaluated_on, change_on in rows:
        call = calls.get(pk)
        if call is None or call.rules_revision != revision:
            continue
        if evaluated_on <= call.today(now) and (change_on is None or call.today(now) < change_on):
            found[pk] = Summary(pk, standing, unmet, tuple(blockers))
    return found


def store_verdicts(
    *,
    calls: Sequence[Call],
    facts: dict[int, Facts],
    now: dt.datetime,
) -> int:
    """Write the verdicts of organizations before calls, where they differ; return how many."""
    rules = read_rules(owners=[Owner(call.pk, call.program_id) for call in calls])
    known = {
        (row.organization_id, row.call_id): row
        for row in Verdict.objects.filter(
            organization__in=facts, call__in=[call.pk for call in calls]
        )
    }
    changed = []
    for organization_id, found in facts.items():
        judged = judge_calls(calls=calls, facts=found, now=now, rules=rules)
        digest = found.fingerprint()
        for call in calls:
            row = _verdict(organization_id, call, judged[call.pk], digest, call.today(now))
            if _differs(row, known.get((organization_id, call.pk))):
                changed.append(row)
    Verdict.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["organization", "call"],
        update_fields=WRITTEN,
        batch_size=500,
    )
    return len(changed)


def _verdict(
    organization_id: int, call: Call, found: Judgment, digest: str, day: dt.date
) -> Verdict:
    changes = [found.assessment.next_change_on, _horizon_change(call, found, day)]
    return Verdict(
        organization_id=organization_id,
        call=call,
        standing=found.standing,
        unmet=found.unmet,
        blockers=found.blockers,
        results=[result.as_data() for result in found.assessment.results],
        facts_hash=digest,
        rules_revision=call.rules_revision,
        evaluated_on=day,
        next_change_on=min((change for change in changes if change), default=None),
    )


def _horizon_change(call: Call, found: Judgment, day: dt.date) -> dt.date | None:
    """Look again tomorrow where the horizon of mending moves with the day."""
    moves = call.closes_at is None and found.standing == Standing.CANNOT
    waits = moves and found.assessment.next_change_on is not None
    return day + dt.timedelta(days=1) if waits else None


def _differs(row: Verdict, known: Verdict | None) -> bool:
    if known is None:
        return True
    skipped = {"evaluated_on"}
    return any(getattr(row, f) != getattr(known, f) for f in WRITTEN if f not in skipped)


def drop_verdicts_of_ended_calls(*, calls: CallQuerySet, organizations: Iterable[Any]) -> int:
    """Remove the verdicts of organizations before calls that are not among ``calls``."""
    rows = Verdict.objects.filter(organization__in=organizations)
    return rows.exclude(call__in=calls.values("pk")).delete()[0]


def facts_of(*, organization: Organization, seen: Set[FieldGroup]) -> Facts:
    """Return what is known of one organization, as far as a reader may see it.

    ``seen`` are the parts of the profile shown to the reader: what a hidden part says is unknown
    to them, so that no verdict gives it away.
    """
    exact = FieldGroup.SALES_AMOUNT in seen
    facts = gather_facts(organizations=[organization.pk], exact=exact)[organization.pk]
    hidden = {name for group, names in TOLD_BY.items() if group not in seen for name in names}
    return replace(
        facts,
        women_led=facts.women_led if FieldGroup.LEADERSHIP in seen else None,
        registrations=facts.registrations if FieldGroup.REGISTRATIONS in seen else {},
        more={name: fact for name, fact in facts.more.items() if name not in hidden},
    )
