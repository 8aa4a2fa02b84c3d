"""Criteria as a tree, and their evaluation for one organization on one day."""

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from programs.eligibility.answers import Answer, all_of, k_of_n, negate
from programs.eligibility.facts import FactName, Facts
from programs.eligibility.findings import Finding, Reason, Result
from programs.eligibility.kinds import COMBINED, Kind, read_rule
from programs.eligibility.reading import InvalidParametersError, Parameters, only, whole_number
from programs.eligibility.rules.base import Rule, missing
from programs.eligibility.terms import CHECKS, DEFAULT, Adjustments, Check, Scope, Terms, adjust

NOTHING = Adjustments()
MAX_FLIPS = 12  # days looked at when asking what time alone would change


class Criterion(Protocol):
    """A node of the tree, known by the key of the row that it was read from."""

    @property
    def key(self) -> int:
        """The key of its row."""

    @property
    def terms(self) -> Terms:
        """Of whom it is asked, when, and what it changes."""

    def result(self, facts: Facts, on: dt.date) -> Result:
        """Answer for an organization's facts on a day."""


@dataclass(frozen=True, slots=True)
class Simple:
    """One rule, or its opposite."""

    key: int
    rule: Rule
    terms: Terms = DEFAULT

    def result(self, facts: Facts, on: dt.date) -> Result:
        """Ask the rule; the finding keeps the rule's own reason, the result the answer."""
        return _of_whom(self, facts, on, self._asked)

    def _asked(self, facts: Facts, on: dt.date) -> Result:
        finding = self.rule.find(facts, on)
        answer = negate(finding.answer) if self.terms.negated else finding.answer
        return Result(self.key, answer, finding)


@dataclass(frozen=True, slots=True)
class Combined:
    """At least ``k`` of the criteria under it (``None``: all of them), or the opposite."""

    key: int
    children: tuple[Criterion, ...]
    k: int | None = None
    terms: Terms = DEFAULT

    def result(self, facts: Facts, on: dt.date) -> Result:
        """Combine the answers of the parts."""
        return _of_whom(self, facts, on, self._asked)

    def _asked(self, facts: Facts, on: dt.date) -> Result:
        parts = tuple(child.result(facts, on) for child in self.children)
        answer = k_of_n(self.k, (part.answer for part in parts))
        return Result(self.key, negate(answer) if self.terms.negated else answer, None, parts)


def _of_whom(
    criterion: Criterion,
    facts: Facts,
    on: dt.date,
    asked: Callable[[Facts, dt.date], Result],
) -> Result:
    """Ask about the organization, or about each partner: then the worst answer tells.

    Nothing is known while no consortium is told, or one without partners.
    """
    if criterion.terms.scope is not Scope.EACH_PARTNER:
        return asked(facts, on)
    found = [asked(partner, on) for partner in facts.partners or ()]
    if not found:
        return Result(criterion.key, Answer.UNKNOWN, missing(FactName.PARTNERS))
    answer = all_of(result.answer for result in found)
    return next(result for result in found if result.answer is answer)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A stored rule that this version cannot read: unknown, so that it refuses nobody."""

    key: int
    terms: Terms = DEFAULT

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
    children: Sequence[Criterion] = (),
    terms: Terms = DEFAULT,
) -> Criterion:
    """Make a node from its stored form, JSON text; what cannot be read answers unknown."""
    try:
        found = _readable(kind, parameters)
    except ValueError:
        return Unreadable(key, terms)
    if found is None or isinstance(found, int):
        return Combined(key, tuple(children), found, terms)
    return Simple(key, found, terms)


@dataclass(frozen=True, slots=True)
class Assessment:
    """All criteria of a call for one organization on one day.

    ``answer`` is of what is checked now; ``later`` of what is checked after applying, such as a
    firm that may be created before signing; ``adjustments`` what the other criteria change.
    """

    answer: Answer
    results: tuple[Result, ...]
    on: dt.date
    later: Answer = Answer.PASS
    adjustments: Adjustments = NOTHING

    @property
    def next_change_on(self) -> dt.date | None:
        """First day on which some answer changes with no fact changing."""
        return min(self._flips(), default=None)

    def _flips(self) -> set[dt.date]:
        leaves = (leaf for result in self.results for leaf in result.leaves())
        found = (leaf.finding.flips_on for leaf in leaves if leaf.finding)
        return {day for day in found if day and day > self.on}


def assess(
    criteria: Sequence[Criterion], facts: Facts, on: dt.date, check: Check = Check.APPLY
) -> Assessment:
    """Evaluate every criterion; the whole is the conjunction of the gates, and none passes.

    ``check`` is the moment in the support's life: gates checked later do not refuse yet.
    """
    results = tuple(criterion.result(facts, on) for criterion in criteria)
    now = CHECKS[: CHECKS.index(check) + 1]
    gates: dict[bool, list[Answer]] = {True: [], False: []}
    for criterion, result in zip(criteria, results, strict=True):
        if criterion.terms.is_gate:
            gates[criterion.terms.check in now].append(result.answer)
    outcomes = ((c.terms, r.answer) for c, r in zip(criteria, results, strict=True))
    return Assessment(all_of(gates[True]), results, on, all_of(gates[False]), adjust(outcomes))


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
