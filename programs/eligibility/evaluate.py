"""Criteria as a tree, and their evaluation for one organization on one day."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
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
    if Kind(kind) in COMBINED:
        threshold(Kind(kind), parameters)
    else:
        read_rule(Kind(kind), parameters)


def threshold(kind: Kind, parameters: Parameters) -> int | None:
    """Return how many parts of a combined kind must pass; ``None`` is all of them."""
    if kind is Kind.K_OF_N:
        only(parameters, {"k"})
        return whole_number(parameters, "k", 1, 50)
    only(parameters, ())
    return None if kind is Kind.ALL_OF else 1


@lru_cache(maxsize=20_000)
def _readable(kind: str, parameters: str) -> Rule | int | None:
    """Read a rule or a threshold from stored text; equal texts share one rule."""
    found = json.loads(parameters)
    if kind not in list(Kind) or not isinstance(found, dict):
        raise InvalidParametersError("kind")
    if Kind(kind) in COMBINED:
        return threshold(Kind(kind), found)
    return read_rule(Kind(kind), found)


def build(
    key: int,
    kind: str,
    parameters: str,
    negated: bool = False,
    children: Sequence[Criterion] = (),
) -> Criterion:
    """Make a node from its stored form, JSON text; what cannot be read answers unknown."""
    try:
        found = _readable(kind, parameters)
    except ValueError:
        return Unreadable(key)
    if found is None or isinstance(found, int):
        return Combined(key, tuple(children), found, negated)
    return Simple(key, found, negated)


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
