"""Rules about a number or an amount of money, known exactly or as a band."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from programs.eligibility import reading
from programs.eligibility.answers import Answer
from programs.eligibility.facts import FactName, Facts, Provenance
from programs.eligibility.findings import Finding, Reason
from programs.eligibility.reading import Parameters
from programs.eligibility.rules.base import missing, told
from programs.eligibility.values import Amount, Interval, Limits

LIMITS = {"min", "max", "under"}


@dataclass(frozen=True, slots=True)
class Between:
    """A number keeps its limits."""

    fact: FactName
    limits: Limits

    @classmethod
    def reader(cls, fact: FactName) -> "Callable[[Parameters], Between]":
        """Return the reader of ``{"min": 3, "max": 249}``; ``under`` excludes its end."""

        def read(parameters: Parameters) -> Between:
            reading.only(parameters, LIMITS)
            return cls(fact, reading.limits(parameters))

        return read

    def find(self, facts: Facts, on: dt.date) -> Finding:
        """Compare by overlap."""
        known = told(facts, self.fact, Interval)
        if known is None:
            return missing(self.fact)
        return ranged(self.fact, self.limits, known.value, known.provenance)


@dataclass(frozen=True, slots=True)
class SpendingHead:
    """One heading of the budget keeps its limits, in percent of the whole."""

    head: str
    limits: Limits

    @classmethod
    def read(cls, parameters: Parameters) -> "SpendingHead":
        """Read ``{"head": "management", "max": 20}``."""
        reading.only(parameters, LIMITS | {"head"})
        return cls(reading.code(parameters, "head"), reading.limits(parameters))

    def find(self, facts: Facts, on: dt.date) -> Finding:
        """Compare; a heading that a told budget lacks is nothing spent."""
        known = facts.more.get(FactName.SPENDING)
        if known is None or not isinstance(known.value, dict):
            return missing(FactName.SPENDING)
        spent = known.value.get(self.head, Interval.exactly(0))
        return ranged(FactName.SPENDING, self.limits, spent, known.provenance)


@dataclass(frozen=True, slots=True)
class MoneyBetween:
    """An amount keeps limits told in a currency or an indexed unit, at its value on the day."""

    fact: FactName
    limits: Limits
    unit: str

    @classmethod
    def reader(cls, fact: FactName) -> "Callable[[Parameters], MoneyBetween]":
        """Return the reader of ``{"max": 100, "unit": "UTM"}``."""

        def read(parameters: Parameters) -> MoneyBetween:
            reading.only(parameters, LIMITS | {"unit"})
            return cls(fact, reading.limits(parameters), reading.code(parameters, "unit"))

        return read

    def find(self, facts: Facts, on: dt.date) -> Finding:
        """Turn the amount into the unit of the limits and compare."""
        known = told(facts, self.fact, Amount)
        if known is None:
            return missing(self.fact)
        return in_unit(self, facts, known.value, known.provenance, on)


def in_unit(
    rule: "MoneyBetween", facts: Facts, amount: Amount, provenance: Provenance, on: dt.date
) -> Finding:
    """Compare an amount with limits in another unit; without a value of the day it is unknown."""
    value = facts.units.convert(amount.value, amount.currency, rule.unit, on)
    if value is None:
        return Finding(Answer.UNKNOWN, Reason.NO_UNIT_VALUE, rule.fact, (rule.unit,), provenance)
    found = ranged(rule.fact, rule.limits, value, provenance, rule.unit)
    if rule.unit == amount.currency:
        return found
    change = facts.units.next_change((rule.unit, amount.currency), on)
    return replace(found, flips_on=change)


def ranged(
    fact: FactName, limits: Limits, value: Interval, provenance: Provenance, unit: str = ""
) -> Finding:
    """Compare an interval with limits; ``used`` is low, high and unit, empty where open."""
    answer = limits.hold(value)
    reason = {Answer.PASS: Reason.IN_RANGE, Answer.FAIL: Reason.OUT_OF_RANGE}.get(
        answer, Reason.STRADDLES
    )
    used = (_text(value.low), _text(value.high), unit)
    return Finding(answer, reason, fact, used, provenance)


def _text(number: object) -> str:
    return "" if number is None else format(number, "f")
