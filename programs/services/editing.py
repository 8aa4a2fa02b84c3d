"""Agencies add and remove conditions."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from accounts.models import User
from programs.eligibility.terms import DEFAULT, Terms
from programs.models import (
    Call,
    CallStatus,
    CriterionKind,
    EligibilityCriterion,
    Program,
)
from programs.models.criteria import validate_parameters
from programs.services.announce import rules_changed

MAX_CRITERIA = 60


class CannotAddCriterion(Exception):
    """There are too many already."""


@dataclass(frozen=True)
class CriterionContent:
    """A condition as its form gives it."""

    kind: str
    parameters: dict[str, Any] = field(default_factory=dict)
    text: str = ""
    clause: str = ""
    language: str = "es"
    terms: Terms = DEFAULT


@transaction.atomic
def add_criterion(
    *, by: User, owner: Program | Call, content: CriterionContent
) -> EligibilityCriterion:
    """Add a condition at the end, and judge whoever it concerns again.

    Raises:
        CannotAddCriterion: there are too many.
        ValidationError: the parameters are not those of the kind.
    """
    rows = owner.criteria.all()
    if rows.count() >= MAX_CRITERIA:
        raise CannotAddCriterion
    last = rows.filter(parent=None).aggregate(last=Max("position"))["last"]
    row = EligibilityCriterion(
        program=owner if isinstance(owner, Program) else None,
        call=owner if isinstance(owner, Call) else None,
        kind=content.kind,
        parameters=content.parameters,
        text=content.text,
        source_clause=content.clause,
        negated=content.terms.negated,
        scope=content.terms.scope,
        checked_at=content.terms.check,
        effect=content.terms.effect,
        amount=content.terms.amount,
        line=content.terms.line,
        language=content.language,
        position=0 if last is None else last + 1,
    )
    if content.kind == CriterionKind.DECLARED:
        row.parameters = {"question": question_key(owner=owner, text=content.text)}
    validate_parameters(row.kind, row.parameters)
    row.save()
    _judge(owner, by)
    return row


def question_key(*, owner: Program | Call, text: str) -> str:
    """Return the key of a declared condition: equal words of one agency share the answer."""
    program = owner if isinstance(owner, Program) else owner.program
    who = program.agency_id or f"p{program.pk}"
    return f"agency-{who}-{slugify(text)[:50]}".strip("-")


@transaction.atomic
def remove_criterion(*, by: User, owner: Program | Call, key: int) -> bool:
    """Remove a condition and those under it; return whether it was there."""
    removed, _ = owner.criteria.filter(pk=key).delete()
    if removed:
        _judge(owner, by)
    return bool(removed)


def _judge(owner: Program | Call, by: User) -> None:
    calls = owner.calls.all() if isinstance(owner, Program) else Call.objects.filter(pk=owner.pk)
    public = calls.exclude(status=CallStatus.DRAFT).values_list("pk", flat=True)
    drafts = calls.filter(status=CallStatus.DRAFT).values_list("pk", flat=True)
    if drafts:
        Call.objects.bump_rules(list(drafts))
    if public:
        rules_changed(calls=list(public), actor_id=by.pk)
