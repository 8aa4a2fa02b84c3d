"""What every rule kind offers, and reading facts by name."""

import datetime as dt
from typing import Protocol, TypeVar

from programs.eligibility.answers import Answer
from programs.eligibility.facts import Fact, FactName, Facts
from programs.eligibility.findings import Finding, Reason

T = TypeVar("T")


class Rule(Protocol):
    """A testable condition with its parameters."""

    def find(self, facts: Facts, on: dt.date) -> Finding:
        """Answer for an organization's facts on a day."""


def missing(fact: FactName) -> Finding:
    """Say that nothing is known of a fact."""
    return Finding(Answer.UNKNOWN, Reason.MISSING, fact)


def told(facts: Facts, name: FactName, form: type[T]) -> Fact[T] | None:
    """Return a fact by its name, if it is known in the form that the rule reads."""
    found = facts.more.get(name)
    if found is None or not isinstance(found.value, form):
        return None
    return Fact(found.value, found.provenance)
