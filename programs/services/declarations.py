"""Answers of organizations to the questions of programs."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from common.jobs import enqueue
from firms.models import Organization
from programs.eligibility import reading
from programs.eligibility.kinds import QUESTIONS
from programs.models import CriterionKind, Declaration, EligibilityCriterion


class CannotDeclare(Exception):
    """No program asks this question."""


@transaction.atomic
def declare(
    *, by: User, organization: Organization, question: str, holds: bool | None, today: dt.date
) -> None:
    """Keep an organization's answer to a question; ``None`` takes the answer back.

    Raises:
        CannotDeclare: nobody asks it.
    """
    if not reading.CODE.fullmatch(question):
        raise CannotDeclare(question)
    asked = EligibilityCriterion.objects.filter(
        kind=CriterionKind.DECLARED, parameters__question=question
    )
    if question not in QUESTIONS and not asked.exists():
        raise CannotDeclare(question)
    if holds is None:
        Declaration.objects.filter(organization=organization, question=question).delete()
    else:
        Declaration.objects.update_or_create(
            organization=organization,
            question=question,
            defaults={"holds": holds, "declared_on": today, "declared_by": by},
        )
    enqueue("organization.verdicts", organization.pk, actor_id=by.pk)
