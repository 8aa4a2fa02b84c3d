"""Rules about who stands together in an application."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from programs.eligibility import answers, reading
from programs.eligibility.answers import Answer
from programs.eligibility.facts import FactName, Facts, Provenance
from programs.eligibility.findings import Finding, Reason
from programs.eligibility.reading import Parameters
from programs.eligibility.rules.base import missing, told


@dataclass(frozen=True, slots=True)
class PartnerOfKind:
    """At least ``count`` partners are of one of these kinds."""

    kinds: tuple[str, ...]
    count: int = 1

    @classmethod
    def read(cls, parameters: Parameters) -> "PartnerOfKind":
        """Read ``{"kinds": ["university"], "count": 1}``."""
        reading.only(parameters, {"kinds", "count"})
        count = reading.whole_number(parameters, "count", 1, 100) if "count" in parameters else 1
        return cls(reading.codes(parameters, "kinds"), count)

    def find(self, facts: Facts, on: dt.date) -> Finding:
        """Count the partners told; where only their kinds are, more than one stays unknown."""
        if facts.partners is not None:
            kinds = [partner.kind.value for partner in facts.partners]
            answer = answers.of(sum(kind in self.kinds for kind in kinds) >= self.count)
            return self._finding(kinds, answer, facts.kind.provenance)
        known = told(facts, FactName.PARTNER_KINDS, frozenset)
        if known is None:
            return missing(FactName.PARTNER_KINDS)
        has = bool(known.value & set(self.kinds))
        answer = Answer.UNKNOWN if has and self.count > 1 else answers.of(has)
        return self._finding(known.value, answer, known.provenance)

    def _finding(self, kinds: Collection[str], answer: Answer, source: Provenance) -> Finding:
        reason = {Answer.PASS: Reason.LISTED, Answer.FAIL: Reason.NOT_LISTED}.get(
            answer, Reason.STRADDLES
        )
        return Finding(answer, reason, FactName.PARTNER_KINDS, tuple(sorted(set(kinds))), source)
