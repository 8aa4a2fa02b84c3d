"""How many registered organizations would pass, while an agency writes its conditions."""

import datetime as dt
import json
from collections import Counter
from dataclasses import dataclass, field

from django.db.models import F, Value
from django.db.models.functions import Mod

from firms.models import Organization
from programs.eligibility.answers import Answer
from programs.eligibility.evaluate import assess, build
from programs.models import Call, Program
from programs.services.editing import CriterionContent
from programs.services.facts import gather_facts
from programs.services.rules import Owner, Tree, program_rules, read_rules

MAX_JUDGED = 1_000
DRAFT_KEY = 0


@dataclass
class Count:
    """Organizations by answer; ``failing`` and ``unknown`` count them for each criterion."""

    registered: int
    judged: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    failing: Counter[int] = field(default_factory=Counter)
    unknown: Counter[int] = field(default_factory=Counter)

    @property
    def is_sample(self) -> bool:
        """Whether only some of the organizations were judged."""
        return self.judged < self.registered


def count_qualifying(
    *,
    owner: Program | Call,
    draft: CriterionContent | None,
    today: dt.date,
    limit: int = MAX_JUDGED,
) -> Count:
    """Judge active organizations against an owner's criteria, and one that is being written.

    Up to ``limit`` of them, spread evenly over the registry: beyond that the answer is a sample.
    """
    criteria = _criteria(owner, draft)
    organizations = Organization.objects.active()
    count = Count(registered=organizations.count())
    step = -(-count.registered // limit) or 1
    chosen = organizations.alias(turn=Mod(F("pk"), Value(step))).filter(turn=0)
    keys = list(chosen.order_by("pk").values_list("pk", flat=True)[:limit])
    for facts in gather_facts(organizations=keys).values():
        found = assess(criteria, facts, today)
        count.judged += 1
        count.answers[found.answer.value] += 1
        for result in found.results:
            count.failing[result.criterion] += result.answer is Answer.FAIL
            count.unknown[result.criterion] += result.answer is Answer.UNKNOWN
    return count


def _criteria(owner: Program | Call, draft: CriterionContent | None) -> Tree:
    if isinstance(owner, Call):
        tree = read_rules(owners=[Owner(owner.pk, owner.program_id)])[owner.pk]
    else:
        tree = program_rules(program=owner)
    if draft is None:
        return tree
    parameters = draft.parameters or ({"question": "draft"} if draft.kind == "declared" else {})
    return (
        *tree,
        build(DRAFT_KEY, draft.kind, json.dumps(parameters, default=str), (), draft.terms),
    )
