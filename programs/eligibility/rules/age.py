"""Rules about how long an organization has existed or worked."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from programs.eligibility import reading
from programs.eligibility.answers import Answer
from programs.eligibility.durations import Duration
from programs.eligibility.facts import Fact, FactName, Facts
from programs.eligibility.findings import Finding, Reason
from programs.eligibility.reading import InvalidParametersError, Parameters
from programs.eligibility.rules.base import missing, told

ONE_DAY = dt.timedelta(days=1)


class Clock(StrEnum):
    """The day from which time is counted."""

    STARTED = "started"  # start of activities before the tax office
    FOUNDED = "founded"  # constitution
    INVOICED = "invoiced"  # first invoice


CLOCK_FACTS = {
    Clock.STARTED: FactName.STARTED_ON,
    Clock.FOUNDED: FactName.FOUNDED_ON,
    Clock.INVOICED: FactName.FIRST_INVOICE_ON,
}


def clock_day(clock: Clock, facts: Facts) -> Fact[dt.date] | None:
    """Return the day from which a clock runs, if it is known."""
    fields = {Clock.STARTED: facts.started_on, Clock.FOUNDED: facts.founded_on}
    return fields[clock] if clock in fields else told(facts, CLOCK_FACTS[clock], dt.date)


@dataclass(frozen=True, slots=True)
class YearsSinceStart:
    """At least ``minimum``, at most ``maximum`` (both included) or less than ``under`` since then.

    A day of start still to come counts as no time at all.
    """

    clock: Clock
    minimum: Duration | None = None
    maximum: Duration | None = None
    under: Duration | None = None

    @classmethod
    def read(cls, parameters: Parameters) -> Self:
        """Read ``{"clock": "started", "min": "P18M"}``; also ``max`` and ``under``."""
        reading.only(parameters, {"clock", "min", "max", "under"})
        clock = Clock(reading.choice(parameters, "clock", list(Clock), Clock.STARTED))
        low, high, under = (reading.duration(parameters, name) for name in ("min", "max", "under"))
        if low is None and high is None and under is None:
            raise InvalidParametersError("min")
        if high is not None and under is not None:
            raise InvalidParametersError("under")
        rule = cls(clock, low, high, under)
        if not rule.can_hold():
            raise InvalidParametersError("max" if high else "under")
        return rule

    def can_hold(self) -> bool:
        """Say whether any day satisfies both ends."""
        first, end = self.window(dt.date(2001, 1, 1))
        return end is None or first < end

    def window(self, start: dt.date) -> tuple[dt.date, dt.date | None]:
        """Return the first day that satisfies the rule and the first that no longer does."""
        first = self.minimum.after(start) if self.minimum else dt.date.min
        end: dt.date | None = None
        if self.maximum:
            last = self.maximum.after(start)
            end = None if last == dt.date.max else last + ONE_DAY
        elif self.under:
            end = self.under.after(start)
        return first, end

    def find(self, facts: Facts, on: dt.date) -> Finding:
        """Compare the day with the window that the known start opens."""
        known, name = clock_day(self.clock, facts), CLOCK_FACTS[self.clock]
        if known is None:
            return missing(name)
        first, end = self.window(known.value)
        answer, flips_on = Answer.PASS, end
        reason = Reason.OLD_ENOUGH if self.minimum else Reason.YOUNG_ENOUGH
        if on < first:
            answer, reason, flips_on = Answer.FAIL, Reason.TOO_YOUNG, first
        elif end is not None and on >= end:
            answer, reason, flips_on = Answer.FAIL, Reason.TOO_OLD, None
        used = (known.value.isoformat(),)
        return Finding(answer, reason, name, used, known.provenance, flips_on)


@dataclass(frozen=True, slots=True)
class Constituted:
    """The organization exists by the day of the check: a firm may be created before signing."""

    @classmethod
    def read(cls, parameters: Parameters) -> Self:
        """Read ``{}``."""
        reading.only(parameters, ())
        return cls()

    def find(self, facts: Facts, on: dt.date) -> Finding:
        """Compare the day of constitution."""
        known = facts.founded_on
        if known is None:
            return missing(FactName.FOUNDED_ON)
        used, there = (known.value.isoformat(),), known.value <= on
        answer, reason = (
            (Answer.PASS, Reason.OLD_ENOUGH) if there else (Answer.FAIL, Reason.TOO_YOUNG)
        )
        waits = None if there else known.value
        return Finding(answer, reason, FactName.FOUNDED_ON, used, known.provenance, waits)
