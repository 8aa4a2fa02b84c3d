"""Rules about what an organization can prove."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Self

from programs.eligibility import reading
from programs.eligibility.answers import Answer
from programs.eligibility.facts import Fact, FactName, Facts, Held
from programs.eligibility.findings import Finding, Reason
from programs.eligibility.reading import Parameters
from programs.eligibility.rules.base import missing

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CertificateHeld:
    """One of these certificates is in force on the day."""

    standards: tuple[str, ...]

    @classmethod
    def read(cls, parameters: Parameters) -> Self:
        """Read ``{"standards": ["iso-9001"]}``."""
        reading.only(parameters, {"standards"})
        return cls(reading.codes(parameters, "standards"))

    def find(self, facts: Facts, on: dt.date) -> Finding:
        """Pass if one is in force; unknown if one of them was never told; fail otherwise."""
        told = {code: facts.certificates.get(code) for code in self.standards}
        found = [_one(code, fact, on) for code, fact in told.items() if fact is not None]
        passing = [finding for finding in found if finding.answer is Answer.PASS]
        if passing:
            return max(passing, key=lambda finding: finding.flips_on or dt.date.max)
        soonest = min(found, key=lambda finding: finding.flips_on or dt.date.max, default=None)
        if soonest is None or len(found) < len(told):
            waits = soonest.flips_on if soonest else None
            return replace(missing(FactName.CERTIFICATES), flips_on=waits)
        return soonest


def _one(code: str, fact: Fact[tuple[Held, ...]], on: dt.date) -> Finding:
    started = [held for held in fact.value if held.valid_from is None or held.valid_from <= on]
    ends = [held.valid_until or dt.date.max for held in started]
    answer, reason, day = Answer.FAIL, Reason.EXPIRED, max(ends, default=dt.date.min)
    flips_on: dt.date | None = min(
        (held.valid_from for held in fact.value if held.valid_from and held.valid_from > on),
        default=None,
    )
    if day >= on:
        answer, reason = Answer.PASS, Reason.IN_FORCE
        flips_on = None if day == dt.date.max else day + ONE_DAY
    elif not started and flips_on:
        reason, day = Reason.NOT_YET_IN_FORCE, flips_on
    used = (code,) if day in (dt.date.max, dt.date.min) else (code, day.isoformat())
    return Finding(answer, reason, FactName.CERTIFICATES, used, fact.provenance, flips_on)
