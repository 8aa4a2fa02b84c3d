"""Writing the criteria of programs and calls."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Protocol

from django.db.models import Q

from programs.eligibility.terms import Terms
from programs.models import Call, EligibilityCriterion, Program


def program_criteria(*, program: Program) -> list[EligibilityCriterion]:
    """Return the rows that apply to all calls of a program."""
    return own_criteria(owner=program)


def own_criteria(*, owner: Program | Call) -> list[EligibilityCriterion]:
    """Return an owner's own rows, in their order."""
    return list(owner.criteria.order_by("position", "pk"))


class Described(Protocol):
    """A criterion to be written, with those under it."""

    @property
    def kind(self) -> str: ...  # noqa: D102 -- the columns of the row
    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def code(self) -> str: ...  # noqa: D102
    @property
    def clause(self) -> str: ...  # noqa: D102
    @property
    def language(self) -> str: ...  # noqa: D102
    @property
    def terms(self) -> Terms: ...  # noqa: D102
    @property
    def parameters(self) -> Any: ...  # noqa: D102
    @property
    def parts(self) -> "Sequence[Described]": ...  # noqa: D102


Shape = tuple[Any, ...]


def criteria_of(*, calls: Sequence[Call]) -> dict[int, list[EligibilityCriterion]]:
    """Return the rows that apply to each call, those of its program first, in one query."""
    rows = EligibilityCriterion.objects.filter(
        Q(call__in=[call.pk for call in calls]) | Q(program__in={call.program_id for call in calls})
    ).order_by("position", "pk")
    by_call: dict[int, list[EligibilityCriterion]] = defaultdict(list)
    by_program: dict[int, list[EligibilityCriterion]] = defaultdict(list)
    for row in rows:
        if row.call_id:
            by_call[row.call_id].append(row)
        elif row.program_id:
            by_program[row.program_id].append(row)
    return {call.pk: by_program[call.program_id] + by_call[call.pk] for call in calls}


def replace_criteria(*, owner: Program | Call, entries: Sequence[Described]) -> bool:
    """Make an owner's criteria those given; return whether they were any different."""
    if _stored(owner) == tuple(_described(entry) for entry in entries):
        return False
    owner.criteria.all().delete()
    _create(owner, entries, None)
    return True


def _create(
    owner: Program | Call, entries: Sequence[Described], parent: EligibilityCriterion | None
) -> None:
    link = {"program": owner} if isinstance(owner, Program) else {"call": owner}
    rows = EligibilityCriterion.objects.bulk_create(
        EligibilityCriterion(
            **link,
            parent=parent,
            position=position,
            kind=entry.kind,
            text=entry.text,
            code=entry.code,
            source_clause=entry.clause,
            language=entry.language,
            negated=entry.terms.negated,
            scope=entry.terms.scope,
            checked_at=entry.terms.check,
            effect=entry.terms.effect,
            amount=entry.terms.amount,
            line=entry.terms.line,
            parameters=dict(entry.parameters),
        )
        for position, entry in enumerate(entries)
    )
    for row, entry in zip(rows, entries, strict=True):
        if entry.parts:
            _create(owner, entry.parts, row)


def _described(entry: Described) -> Shape:
    parts = tuple(_described(part) for part in entry.parts)
    words = (entry.kind, entry.text, entry.code, entry.clause, entry.language, entry.terms)
    return (*words, dict(entry.parameters), parts)


def _stored(owner: Program | Call) -> tuple[Shape, ...]:
    rows = list(owner.criteria.order_by("position", "pk"))

    def under(parent: int | None) -> tuple[Shape, ...]:
        return tuple(
            (
                *(row.kind, row.text, row.code, row.source_clause, row.language, row.terms),
                row.parameters,
                under(row.pk),
            )
            for row in rows
            if row.parent_id == parent
        )

    return under(None)
