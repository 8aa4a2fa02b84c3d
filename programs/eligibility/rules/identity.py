"""Rules about what an organization is."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from programs.eligibility import answers, reading
from programs.eligibility.facts import FactName, Facts
from programs.eligibility.findings import Finding, Reason
from programs.eligibility.reading import Parameters


@dataclass(frozen=True, slots=True)
class ApplicantKind:
    """The organization is of one of these kinds."""

    kinds: tuple[str, ...]

    @classmethod
    def read(cls, parameters: Parameters) -> Self:
        """Read ``{"kinds": ["firm", "cooperative"]}``."""
        reading.only(parameters, {"kinds"})
        return cls(reading.codes(parameters, "kinds"))

    def find(self, facts: Facts, on: dt.date) -> Finding:
        """Compare the kind, which is always known."""
        kind = facts.kind
        holds = kind.value in self.kinds
        reason = Reason.LISTED if holds else Reason.NOT_LISTED
        return Finding(answers.of(holds), reason, FactName.KIND, (kind.value,), kind.provenance)
