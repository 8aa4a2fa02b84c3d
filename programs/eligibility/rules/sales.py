"""Rules about what an organization sells or owns in a year."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from programs.eligibility import reading
from programs.eligibility.answers import Answer
from programs.eligibility.facts import Fact, FactName, Facts, Value
from programs.eligibility.findings import Finding, Reason
from programs.eligibility.reading import InvalidParametersError, Parameters
from programs.eligibility.rules.amounts import LIMITS, MoneyBetween, in_unit
from programs.eligibility.rules.base import missing, told
from programs.eligibility.units import UnitTable
from programs.eligibility.values import ZERO, Amount, Interval, YearAmount

HUNDRED = Decimal(100)
MAX_YEARS = 5


@dataclass(frozen=True, slots=True)
class YearlyBetween:
    """The newest fiscal year's amount, or the mean of the newest ``years``, keeps its limits.

    ``less_exports`` takes off what was exported, up to that percent of the sales of each year (as
    Argentina's register of SMEs did); ``per_member`` divides by the members of a cooperative. A
    fiscal year's amount is converted at the unit's value on the year's last day.
    """

    money: MoneyBetween
    years: int = 1
    less_exports: Decimal | None = None
    per_member: bool = False

    @classmethod
    def reader(cls, fact: FactName) -> "Callable[[Parameters], YearlyBetween]":
        """Return the reader of ``{"min": 200, "max": 25000, "unit": "UF", "years": 3}``."""

        def read(parameters: Parameters) -> YearlyBetween:
            reading.only(parameters, LIMITS | {"unit", "years", "less_exports", "per_member"})
            years = (
                reading.whole_number(parameters, "years", 1, MAX_YEARS)
                if "years" in parameters
                else 1
            )
            less = reading.number(parameters, "less_exports")
            if less is not None and less > HUNDRED:
                raise InvalidParametersError("less_exports")
            unit = reading.code(parameters, "unit")
            money = MoneyBetween(fact, reading.limits(parameters), unit)
            return cls(money, years, less, reading.flag(parameters, "per_member"))

        return read

    def find(self, facts: Facts, on: dt.date) -> Finding:
        """Take the newest years closed by the day and compare their mean."""
        name, unit = self.money.fact, self.money.unit
        known = facts.more.get(name)
        rows = _closed(known, on)[: self.years]
        if known is None or not rows:
            return missing(name)
        if rows[0].year - rows[-1].year != self.years - 1:
            told_years = tuple(str(row.year) for row in rows)
            return Finding(Answer.UNKNOWN, Reason.TOO_FEW_YEARS, name, told_years, known.provenance)
        members = self._members(facts)
        if members is None:
            return missing(FactName.MEMBER_COUNT)
        total = self._total(rows, facts.units)
        if total is None:
            return Finding(Answer.UNKNOWN, Reason.NO_UNIT_VALUE, name, (unit,), known.provenance)
        mean = Amount(total.over(self.years).shared_by(members), unit)
        found = in_unit(self.money, facts, mean, known.provenance, on)
        return replace(found, flips_on=_next_closing(known, on))

    def _total(self, rows: Sequence[YearAmount], units: UnitTable) -> Interval | None:
        total = ZERO
        for row in rows:
            closing = dt.date(row.year, 12, 31)
            value = units.convert(self._counted(row), row.amount.currency, self.money.unit, closing)
            if value is None:
                return None
            total = total.plus(value)
        return total

    def _counted(self, row: YearAmount) -> Interval:
        if self.less_exports is None:
            return row.amount.value
        exported = row.exports_pct or Interval(Decimal(0), HUNDRED)
        kept = Interval(
            1
            - min(exported.high if exported.high is not None else HUNDRED, self.less_exports)
            / HUNDRED,
            1 - min(exported.low or Decimal(0), self.less_exports) / HUNDRED,
        )
        return row.amount.value.times(kept)

    def _members(self, facts: Facts) -> Interval | None:
        if not self.per_member:
            return Interval.exactly(1)
        known = told(facts, FactName.MEMBER_COUNT, Interval)
        return known.value if known and known.value.low else None


def _next_closing(known: "Fact[Value]", on: dt.date) -> dt.date | None:
    """Return the day from which a year told before its end counts."""
    rows = known.value if isinstance(known.value, tuple) else ()
    years = {row.year for row in rows if isinstance(row, YearAmount)}
    return dt.date(on.year + 1, 1, 1) if on.year in years else None


def _closed(known: "Fact[Value] | None", on: dt.date) -> list[YearAmount]:
    if known is None or not isinstance(known.value, tuple):
        return []
    rows = [row for row in known.value if isinstance(row, YearAmount) and row.year < on.year]
    return sorted(rows, key=lambda row: row.year, reverse=True)


@dataclass(frozen=True, slots=True)
class ImportsShare:
    """Imported goods stay within a share of the newest year's sales, in percent."""

    maximum: Decimal

    @classmethod
    def read(cls, parameters: Parameters) -> "ImportsShare":
        """Read ``{"max": 25}``."""
        reading.only(parameters, {"max"})
        found = reading.number(parameters, "max")
        if found is None or found > HUNDRED:
            raise InvalidParametersError("max")
        return cls(found)

    def find(self, facts: Facts, on: dt.date) -> Finding:
        """Compare the newest closed year that tells it."""
        known = facts.more.get(FactName.SALES)
        rows = [row for row in _closed(known, on) if row.imports_pct]
        if known is None or not rows:
            return missing(FactName.SALES)
        share = rows[0].imports_pct or ZERO
        holds = MoneyBetween(FactName.SALES, reading.limits({"max": self.maximum}), "%")
        return in_unit(holds, facts, Amount(share, "%"), known.provenance, on)
