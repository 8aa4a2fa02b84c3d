"""What every rule kind offers."""

import datetime as dt
from typing import Protocol, Self

from programs.eligibility.answers import Answer
from programs.eligibility.facts import FactName, Facts
from programs.eligibility.findings import Finding, Reason
from programs.eligibility.reading import Parameters


class Rule(Protocol):
    """A testable condition with its parameters."""

    @classmethod
    def read(cls, parameters: Parameters) -> Self:
        """Build the rule from stored parameters, or raise ``InvalidParametersError``."""

    def find(self, facts: Facts, on: dt.date) -> Finding:
        """Answer for an organization's facts on a day."""


def missing(fact: FactName) -> Finding:
    """Say that nothing is known of a fact."""
    return Finding(Answer.UNKNOWN, Reason.MISSING, fact)
