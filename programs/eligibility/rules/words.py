"""Rules about a fact that is one or several words of a list."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass

from programs.eligibility import reading
from programs.eligibility.answers import Answer
from programs.eligibility.facts import FactName, Facts
from programs.eligibility.findings import Finding, Reason
from programs.eligibility.reading import Parameters
from programs.eligibility.rules.base import missing, told


@dataclass(frozen=True, slots=True)
class Among:
    """One of the fact's words is listed; with ``every``, all listed words are among them."""

    fact: FactName
    values: tuple[str, ...]
    every: bool = False

    @classmethod
    def reader(
        cls, fact: FactName, allowed: Collection[str] = ()
    ) -> "Callable[[Parameters], Among]":
        """Return the reader of ``{"values": ["spa", "ltda"], "every": false}``."""

        def read(parameters: Parameters) -> Among:
            reading.only(parameters, {"values", "every"})
            values = reading.codes(parameters, "values", allowed)
            return cls(fact, values, reading.flag(parameters, "every"))

        return read

    def find(self, facts: Facts, on: dt.date) -> Finding:
        """Compare the words, all of which are told when one is."""
        known = told(facts, self.fact, frozenset)
        if known is None:
            return missing(self.fact)
        shared = known.value & set(self.values)
        holds = len(shared) == len(self.values) if self.every else bool(shared)
        answer, reason = (Answer.PASS, Reason.LISTED) if holds else (Answer.FAIL, Reason.NOT_LISTED)
        used = tuple(sorted(shared or known.value))
        return Finding(answer, reason, self.fact, used, known.provenance)
