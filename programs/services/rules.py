"""Criteria rows read as the evaluator's trees."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from programs.eligibility.evaluate import Criterion, build
from programs.eligibility.terms import Check, Effect, Scope, Terms
from programs.models import EligibilityCriterion, Program

Tree = tuple[Criterion, ...]

# As text, so that equal parameters are read once (the evaluator keeps what it has read).
PARAMETERS_TEXT = Cast("parameters", TextField())
COLUMNS = (
    "pk", "parent_id", "call_id", "program_id", "kind", PARAMETERS_TEXT,
    "negated", "scope", "checked_at", "effect", "amount", "line",
)  # fmt: skip


@dataclass(frozen=True)
class Owner:
    """A call and the program whose criteria apply to it too."""

    call_id: int
    program_id: int


def read_rules(*, owners: Collection[Owner]) -> dict[int, Tree]:
    """Return the criteria of calls by primary key of the call, in one query.

    A call's own criteria come after those of its program; rows keep their order.
    """
    rows = EligibilityCriterion.objects.filter(
        Q(call__in=[owner.call_id for owner in owners])
        | Q(program__in={owner.program_id for owner in owners})
    ).values_list(*COLUMNS)
    by_call: dict[int, list[Any]] = defaultdict(list)
    by_program: dict[int, list[Any]] = defaultdict(list)
    for row in rows.order_by("position", "pk"):
        (by_call[row[2]] if row[2] else by_program[row[3]]).append(row)
    shared = {key: grow(rows=found) for key, found in by_program.items()}
    return {
        owner.call_id: shared.get(owner.program_id, ()) + grow(rows=by_call[owner.call_id])
        for owner in owners
    }


def program_rules(*, program: Program) -> Tree:
    """Return the criteria that apply to all calls of a program."""
    return grow(rows=program.criteria.order_by("position", "pk").values_list(*COLUMNS))


def grow(*, rows: Iterable[tuple[Any, ...]]) -> Tree:
    """Build trees from rows of ``COLUMNS`` in their order."""
    under: dict[int | None, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        under[row[1]].append(row)

    def branch(parent: int | None) -> Tree:
        return tuple(
            build(key, kind, parameters, branch(key), _terms(*terms))
            for key, _parent, _call, _program, kind, parameters, *terms in under.get(parent, ())
        )

    return branch(None)


def _terms(negated: bool, scope: str, *rest: Any) -> Terms:
    check, effect, amount, line = rest
    return Terms(negated, Scope(scope), Check(check), Effect(effect), amount, line)
