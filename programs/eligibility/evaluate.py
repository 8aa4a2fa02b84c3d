"""Criteria as a tree, and their evaluation for one organization on one day."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from programs.eligibility.answers import Answer, all_of, k_of_n, negate
from programs.eligibility.facts import Facts
from programs.eligibility.findings import Finding, Reason, Result
from programs.eligibility.kinds import COMBINED, Kind, read_rule
from programs.eligibility.reading import InvalidParametersError, Parameters, only, whole_number
from programs.eligibility.rules.base import Rule

MAX_FLIPS = 12  # days looked at when asking what time alone would change


class Criterion(Protocol):
    """A node of the tree, known by the key of the row that it was read from."""

    @property
    def key(self) -> int:
        """The key of its row."""

    def result(self, facts: Facts, on: dt.date) -> Result:
        """Answer for an organization's facts on a day."""


@dataclass(frozen=True, slots=True)
class Simple:
    """One rule, or its opposite."""

    key: int
    rule: Rule
    negated: bool = False

    def result(self, facts: Facts, on: dt.date) -> Result:
        """Ask the rule; the finding keeps the rule's own reason, the result the answer."""
        finding = self.rule.find(facts, on)
        answer = negate(finding.answer) if self.negated else finding.answer
        return Result(self.key, answer, finding)


@dataclass(frozen=True, slots=True)
class Combined:
    """At least ``k`` of the criteria under it (``None``: all of them), or the opposite."""

    key: int
    children: tuple[Criterion, ...]
    k: int | None = None
    negated: bool = False

    def result(self, facts: Facts, on: dt.date) -> Result:
        """Combine the answers of the parts."""
        parts = tuple(child.result(facts, on) for child in self.children)
        answer = k_of_n(self.k, (part.answer for part in parts))
        return Result(self.key, negate(answer) if self.negated else answer, None, parts)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A stored rule that this version cannot read: unknown, so that it refuses nobody."""

    key: int

    def result(self, facts: Facts, on: dt.date) -> Result:
        """Answer unknown."""
        return Result(self.key, Answer.UNKNOWN, Finding(Answer.UNKNOWN, Reason.UNREADABLE))


def check(kind: str, parameters: Parameters) -> None:
    """Refuse a kind or parameters that the evaluator could not read.

    Raises:
        InvalidParametersError: naming ``kind`` or the parameter at fault.
    """
    if kind not in list(Kind):
        raise InvalidParametersError("kind")
    if kind == Kind.K_OF_N:
        only(parameters, {"k"})
        whole_number(parameters, "k", 1, 50)
    elif Kind(kind) in COMBINED:
        only(parameters, ())
    else:
        read_rule(Kind(kind), parameters)


def build(
    key: int,
    kind: str,
    parameters: Parameters,
    negated: bool = False,
    children: Sequence[Criterion] = (),
) -> Criterion:
    """Make a node from its stored form; what cannot be read answers unknown."""
    try:
        check(kind, parameters)
        if Kind(kind) not in COMBINED:
            return Simple(key, read_rule(Kind(kind), parameters), negated)
        thresholds = {Kind.ALL_OF: None, Kind.ANY_OF: 1}
        k = whole_number(parameters, "k", 1, 50) if kind == Kind.K_OF_N else thresholds[Kind(kind)]
    except InvalidParametersError:
        return Unreadable(key)
    return Combined(key, tuple(children), k, negated)


@dataclass(frozen=True, slots=True)
class Assessment:
    """All criteria of a call for one organization on one day."""

    answer: Answer
    results: tuple[Result, ...]
    on: dt.date

    @property
    def next_change_on(self) -> dt.date | None:
        """First day on which some answer changes with no fact changing."""
        return min(self._flips(), default=None)

    def _flips(self) -> set[dt.date]:
        leaves = (leaf for result in self.results for leaf in result.leaves())
        found = (leaf.finding.flips_on for leaf in leaves if leaf.finding)
        return {day for day in found if day and day > self.on}


def assess(criteria: Sequence[Criterion], facts: Facts, on: dt.date) -> Assessment:
    """Evaluate every criterion; the whole is their conjunction, and none at all passes."""
    results = tuple(criterion.result(facts, on) for criterion in criteria)
    return Assessment(all_of(result.answer for result in results), results, on)


def mended_on(
    criteria: Sequence[Criterion], facts: Facts, today: Assessment, until: dt.date
) -> dt.date | None:
    """Return the first day up to ``until`` on which a failed assessment fails no longer."""
    now = today
    for _ in range(MAX_FLIPS):
        day = now.next_change_on
        if day is None or day > until:
            return None
        now = assess(criteria, facts, day)
        if now.answer is not Answer.FAIL:
            return day
    return None
