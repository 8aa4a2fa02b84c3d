"""Rules about who leads an organization."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from programs.eligibility import answers, reading
from programs.eligibility.facts import FactName, Facts
from programs.eligibility.findings import Finding, Reason
from programs.eligibility.reading import Parameters
from programs.eligibility.rules.base import missing


@dataclass(frozen=True, slots=True)
class WomenLed:
    """The organization is led by women, as it says of itself."""

    @classmethod
    def read(cls, parameters: Parameters) -> Self:
        """Read ``{}``."""
        reading.only(parameters, ())
        return cls()

    def find(self, facts: Facts, on: dt.date) -> Finding:
        """Compare what the organization says, if it does."""
        known = facts.women_led
        if known is None:
            return missing(FactName.WOMEN_LED)
        reason = Reason.SAID_YES if known.value else Reason.SAID_NO
        answer = answers.of(known.value)
        return Finding(answer, reason, FactName.WOMEN_LED, (), known.provenance)
