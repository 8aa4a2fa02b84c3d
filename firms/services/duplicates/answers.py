"""What people say of a pair: the same, not the same, later."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from firms.models import DuplicateAnswer, DuplicateDecision, DuplicatePair
from firms.policies.duplicates import reviewable_pairs
from firms.services.duplicates.comparison import Choices

LATER_DAYS = 14


class CannotAnswer(Exception):
    """The pair is gone, or the actor may not answer about it."""


@transaction.atomic
def answer_pair(
    pair: DuplicatePair,
    *,
    by: User,
    answer: DuplicateAnswer,
    now: dt.datetime,
    choices: Choices | None = None,
) -> DuplicateDecision:
    """Remember an answer with who, when and the facts that it rests on."""
    row = reviewable_pairs(by).select_for_update(of=("self",)).filter(pk=pair.pk).first()
    if row is None:
        raise CannotAnswer
    is_later = answer == DuplicateAnswer.LATER
    return DuplicateDecision.objects.create(
        pair=row,
        answer=answer,
        facts=row.facts,
        decided_by=by,
        decided_at=now,
        later_until=now.date() + dt.timedelta(days=LATER_DAYS) if is_later else None,
        choices=dict(choices or {}),
    )
