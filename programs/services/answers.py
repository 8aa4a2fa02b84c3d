"""Answers of organizations about facts that programs ask for."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from common.jobs import enqueue
from firms.models import Organization
from programs.eligibility.facts import FactName
from programs.eligibility.told import OF_PROJECT, UnreadableAnswerError, read_value
from programs.models import Call, FactAnswer


class CannotAnswer(Exception):
    """The answer is not of the form of its fact, or a project's fact came without its call."""


@dataclass(frozen=True)
class Question:
    """What is asked of an organization; ``call`` goes with what is of a project."""

    organization: Organization
    fact: FactName
    call: Call | None = None

    @property
    def owner(self) -> Call | None:
        """The call that the answer is kept for, or nothing when it serves all.

        Raises:
            CannotAnswer: it is of a project and no call was named.
        """
        if self.fact not in OF_PROJECT:
            return None
        if self.call is None:
            raise CannotAnswer(self.fact)
        return self.call

    @property
    def answers(self) -> QuerySet[FactAnswer]:
        """The answer given before, if any."""
        return FactAnswer.objects.filter(
            organization=self.organization, call=self.owner, fact=self.fact
        )


@transaction.atomic
def answer_fact(*, by: User, question: Question, value: object, today: dt.date) -> None:
    """Keep an organization's answer about a fact; ``None`` takes it back.

    What is of a project is kept for the call alone; anything else serves every program.

    Raises:
        CannotAnswer: the value cannot be read, or the call is lacking.
    """
    if value is None:
        question.answers.delete()
    else:
        try:
            read_value(question.fact, value)
        except UnreadableAnswerError as error:
            raise CannotAnswer(question.fact) from error
        FactAnswer.objects.update_or_create(
            organization=question.organization,
            call=question.owner,
            fact=question.fact,
            defaults={"value": value, "answered_on": today, "answered_by": by},
        )
    enqueue("organization.verdicts", question.organization.pk, actor_id=by.pk)


def current_answer(*, question: Question) -> object:
    """Return what was answered before, or ``None``."""
    return question.answers.values_list("value", flat=True).first()
