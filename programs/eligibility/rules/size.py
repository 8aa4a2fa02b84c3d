"""Rules about how big an organization is."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from programs.eligibility import reading
from programs.eligibility.answers import Answer
from programs.eligibility.facts import FactName, Facts
from programs.eligibility.findings import Finding, Reason
from programs.eligibility.reading import Parameters
from programs.eligibility.rules.base import missing

SIZES = ("micro", "small", "medium", "large")


@dataclass(frozen=True, slots=True)
class SizeClass:
    """The size class is one of these. A size known as a band counts by overlap."""

    sizes: tuple[str, ...]

    @classmethod
    def read(cls, parameters: Parameters) -> Self:
        """Read ``{"sizes": ["micro", "small"]}``."""
        reading.only(parameters, {"sizes"})
        return cls(reading.codes(parameters, "sizes", SIZES))

    def find(self, facts: Facts, on: dt.date) -> Finding:
        """Pass if every size it may have is asked for, fail if none is, else unknown."""
        known = facts.sizes
        if known is None or not known.value:
            return missing(FactName.SIZES)
        asked = [size in self.sizes for size in known.value]
        answer, reason = Answer.UNKNOWN, Reason.STRADDLES
        if all(asked):
            answer, reason = Answer.PASS, Reason.LISTED
        elif not any(asked):
            answer, reason = Answer.FAIL, Reason.NOT_LISTED
        return Finding(answer, reason, FactName.SIZES, known.value, known.provenance)
