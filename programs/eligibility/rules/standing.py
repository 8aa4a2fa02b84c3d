"""Rules about what an organization can prove."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from programs.eligibility import answers, reading
from programs.eligibility.answers import Answer
from programs.eligibility.durations import Duration
from programs.eligibility.facts import Award, Fact, FactName, Facts, Held
from programs.eligibility.findings import Finding, Reason
from programs.eligibility.reading import Parameters
from programs.eligibility.rules.base import missing

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class HeldInForce:
    """One of these certificates, registrations or completed steps is in force on the day.

    ``max_age`` is how long one counts after it was issued, whatever its own end.
    """

    fact: FactName
    codes: tuple[str, ...]
    max_age: Duration | None = None

    @classmethod
    def reader(cls, fact: FactName, name: str) -> "Callable[[Parameters], HeldInForce]":
        """Return the reader of ``{name: ["iso-9001"], "max_age": "P12M"}``."""

        def read(parameters: Parameters) -> HeldInForce:
            reading.only(parameters, {name, "max_age"})
            found = reading.codes(parameters, name)
            return cls(fact, found, reading.duration(parameters, "max_age"))

        return read

    def find(self, facts: Facts, on: dt.date) -> Finding:
        """Pass if one is in force; unknown if one of them was never told; fail otherwise."""
        holdings = {
            FactName.CERTIFICATES: facts.certificates,
            FactName.REGISTRATIONS: facts.registrations,
            FactName.COMPLETED: facts.completed,
        }[self.fact]
        told = {code: holdings.get(code) for code in self.codes}
        found = [self._one(code, fact, on) for code, fact in told.items() if fact is not None]
        passing = [finding for finding in found if finding.answer is Answer.PASS]
        if passing:
            return max(passing, key=lambda finding: finding.flips_on or dt.date.max)
        soonest = min(found, key=lambda finding: finding.flips_on or dt.date.max, default=None)
        if soonest is None or len(found) < len(told):
            waits = soonest.flips_on if soonest else None
            return replace(missing(self.fact), flips_on=waits)
        return soonest

    def _one(self, code: str, fact: Fact[tuple[Held, ...]], on: dt.date) -> Finding:
        aged = tuple(_aged(held, self.max_age) for held in fact.value)
        return replace(_one(code, Fact(aged, fact.provenance), on), fact=self.fact)


def _aged(held: Held, max_age: Duration | None) -> Held:
    if max_age is None or held.valid_from is None:
        return held
    last = max_age.after(held.valid_from)
    return replace(held, valid_until=min(last, held.valid_until or last))


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


class Earlier(StrEnum):
    """What a program asks of support received earlier."""

    NONE = "none"
    REQUIRED = "required"
    NONE_FAILED = "none_failed"  # no earlier award was ended for breach


@dataclass(frozen=True, slots=True)
class PreviousAward:
    """Awards received earlier, of these programs or of any, are as the terms want them.

    ``cooling_off`` lets an award stop counting so long after it ended (or was given).
    """

    earlier: Earlier
    programs: tuple[str, ...] = ()
    cooling_off: Duration | None = None

    @classmethod
    def read(cls, parameters: Parameters) -> "PreviousAward":
        """Read ``{"earlier": "none", "programs": ["crece-sercotec"], "cooling_off": "P24M"}``."""
        reading.only(parameters, {"earlier", "programs", "cooling_off"})
        earlier = reading.choice(parameters, "earlier", list(Earlier), Earlier.NONE)
        programs = reading.codes(parameters, "programs") if "programs" in parameters else ()
        return cls(Earlier(earlier), programs, reading.duration(parameters, "cooling_off"))

    def find(self, facts: Facts, on: dt.date) -> Finding:
        """Look through the awards, all of which are told when one is."""
        known = facts.more.get(FactName.AWARDS)
        if known is None or not isinstance(known.value, tuple):
            return missing(FactName.AWARDS)
        rows = [row for row in known.value if isinstance(row, Award) and self._counts(row, on)]
        names, told = tuple(sorted({row.program for row in rows})), known.provenance
        if self.earlier is Earlier.REQUIRED:
            answer = answers.of(bool(rows))
        elif self.earlier is Earlier.NONE:
            answer = answers.of(not rows)
        else:
            unsure = any(row.ended_well is None and row.ended_on for row in rows)
            failed = any(row.ended_well is False for row in rows)
            answer = Answer.FAIL if failed else Answer.UNKNOWN if unsure else Answer.PASS
        reason = Reason.AWARDED if rows else Reason.NO_AWARD
        lifted = [self._ends(row) for row in rows] if answer is Answer.FAIL else []
        until = max((day for day in lifted if day), default=None)
        if until and self.earlier is Earlier.NONE and all(lifted):
            return Finding(answer, Reason.COOLING_OFF, FactName.AWARDS, names, told, until)
        return Finding(answer, reason, FactName.AWARDS, names, told)

    def _counts(self, row: Award, on: dt.date) -> bool:
        if (self.programs and row.program not in self.programs) or row.awarded_on > on:
            return False
        end = self._ends(row)
        return end is None or on < end

    def _ends(self, row: Award) -> dt.date | None:
        """Return the first day on which an award no longer counts."""
        return self.cooling_off.after(row.ended_on or row.awarded_on) if self.cooling_off else None
