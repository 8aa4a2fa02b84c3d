"""Writing the criteria of programs and calls."""

from collections.abc import Sequence
from typing import Any, Protocol

from programs.models import Call, EligibilityCriterion, Program


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
    def negated(self) -> bool: ...  # noqa: D102
    @property
    def parameters(self) -> Any: ...  # noqa: D102
    @property
    def parts(self) -> "Sequence[Described]": ...  # noqa: D102


Shape = tuple[Any, ...]


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
            negated=entry.negated,
            parameters=dict(entry.parameters),
        )
        for position, entry in enumerate(entries)
    )
    for row, entry in zip(rows, entries, strict=True):
        if entry.parts:
            _create(owner, entry.parts, row)


def _described(entry: Described) -> Shape:
    parts = tuple(_described(part) for part in entry.parts)
    words = (entry.kind, entry.text, entry.code, entry.clause, entry.language, entry.negated)
    return (*words, dict(entry.parameters), parts)


def _stored(owner: Program | Call) -> tuple[Shape, ...]:
    rows = list(owner.criteria.order_by("position", "pk"))

    def under(parent: int | None) -> tuple[Shape, ...]:
        return tuple(
            (
                *(row.kind, row.text, row.code, row.source_clause, row.language, row.negated),
                row.parameters,
                under(row.pk),
            )
            for row in rows
            if row.parent_id == parent
        )

    return under(None)
