"""All calls in three groups for one organization: can apply, could if, cannot."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

from firms.models import FieldGroup, Organization
from programs.eligibility.facts import Facts
from programs.models import Call, CallQuerySet, EligibilityCriterion, Standing
from programs.services.criteria import criteria_of
from programs.services.judging import Judgment
from programs.services.labels import Labels, read_labels
from programs.services.verdicts import Summary, facts_of, judge_calls, summaries


class Group(StrEnum):
    """What a person can do about a call today."""

    NOW = "now"
    COULD = "could"
    NOT = "not"


@dataclass(frozen=True)
class Card:
    """A call with its judgment and the criteria that apply to it."""

    call: Call
    judgment: Judgment
    criteria: Sequence[EligibilityCriterion]
    is_open: bool


@dataclass(frozen=True)
class Column:
    """A group: how many calls are in it, and those shown."""

    group: Group
    total: int
    cards: Sequence[Card]


@dataclass(frozen=True)
class Board:
    """The three groups, and which facts keep calls out of reach."""

    columns: Sequence[Column]
    total: int
    blockers: Sequence[tuple[str, int]]
    labels: Labels


def group_of(*, standing: str, is_open: bool) -> Group:
    """Say what can be done: whoever meets all of a call that is not open yet could, later."""
    if standing == Standing.CANNOT:
        return Group.NOT
    return Group.NOW if standing == Standing.MEETS and is_open else Group.COULD


def programs_board(
    *,
    organization: Organization,
    seen: Set[FieldGroup],
    calls: CallQuerySet,
    shown: Mapping[Group, int],
    now: dt.datetime,
) -> Board:
    """Judge an organization against calls; show so many of each group, the nearest first."""
    facts = facts_of(organization=organization, seen=seen)
    found = list(calls.select_related("program__agency").soonest_first())
    judged = summaries(organization=organization, calls=found, facts=facts, now=now)
    groups: dict[Group, list[Call]] = {group: [] for group in Group}
    blockers: Counter[str] = Counter()
    for call in found:
        summary = judged[call.pk]
        group = group_of(standing=summary.standing, is_open=call.is_open(now))
        groups[group].append(call)
        if group is Group.NOT:
            blockers.update(summary.blockers)
    chosen = {
        group: sorted(members, key=_Order(judged, now))[: shown[group]]
        for group, members in groups.items()
    }
    cards, labels = _cards([call for each in chosen.values() for call in each], facts, now)
    columns = [
        Column(group, len(groups[group]), [cards[call.pk] for call in chosen[group]])
        for group in Group
    ]
    return Board(columns, len(found), blockers.most_common(), labels)


@dataclass(frozen=True)
class _Order:
    """Open before not, then fewest points to settle, dated before not, soonest, then key."""

    judged: Mapping[int, Summary]
    now: dt.datetime

    def __call__(self, call: Call) -> tuple[bool, int, bool, float, int]:
        closes = call.closes_at
        dated = closes.timestamp() if closes else 0.0
        unmet = self.judged[call.pk].unmet
        return (not call.is_open(self.now), unmet, closes is None, dated, call.pk)


def _cards(calls: Sequence[Call], facts: Facts, now: dt.datetime) -> tuple[dict[int, Card], Labels]:
    judged = judge_calls(calls=calls, facts=facts, now=now)
    criteria = criteria_of(calls=calls)
    labels = read_labels(
        parameters=[row.parameters for rows in criteria.values() for row in rows],
        results=[r for found in judged.values() for r in found.assessment.results],
    )
    cards = {
        call.pk: Card(call, judged[call.pk], criteria[call.pk], call.is_open(now)) for call in calls
    }
    return cards, labels


def one_card(
    *, organization: Organization, seen: Set[FieldGroup], call: Call, now: dt.datetime
) -> tuple[Card, Labels]:
    """Judge an organization against one call."""
    cards, labels = _cards([call], facts_of(organization=organization, seen=seen), now)
    return cards[call.pk], labels
