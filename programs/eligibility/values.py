"""Values that are known as a range: a band of sales, a share between two ends, a plain number."""

from dataclasses import dataclass
from decimal import Decimal

from programs.eligibility.answers import Answer


@dataclass(frozen=True, slots=True)
class Interval:
    """Somewhere from ``low`` to ``high``, both included; an end that is ``None`` is open."""

    low: Decimal | None = None
    high: Decimal | None = None

    @classmethod
    def exactly(cls, value: Decimal | int) -> "Interval":
        """Return the interval of one number."""
        number = Decimal(value)
        return cls(number, number)

    @property
    def is_exact(self) -> bool:
        """Whether the number is known."""
        return self.low is not None and self.low == self.high

    def times(self, factor: "Interval") -> "Interval":
        """Multiply two intervals of numbers that are not negative."""
        low = None if self.low is None or factor.low is None else self.low * factor.low
        high = None if self.high is None or factor.high is None else self.high * factor.high
        return Interval(low, high)

    def over(self, count: Decimal | int) -> "Interval":
        """Divide by a positive number."""
        low = None if self.low is None else self.low / count
        return Interval(low, None if self.high is None else self.high / count)

    def shared_by(self, count: "Interval") -> "Interval":
        """Divide by a count known as an interval of numbers from 1 up."""
        low = None if self.low is None or not count.high else self.low / count.high
        return Interval(low, None if self.high is None or not count.low else self.high / count.low)

    def plus(self, other: "Interval") -> "Interval":
        """Add two intervals."""
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(low, high)


ZERO = Interval.exactly(0)


@dataclass(frozen=True, slots=True)
class Limits:
    """At least ``minimum`` and at most ``maximum``, both included, or less than ``under``."""

    minimum: Decimal | None = None
    maximum: Decimal | None = None
    under: Decimal | None = None

    def hold(self, value: Interval) -> Answer:
        """Say whether a number known as an interval keeps the limits; straddling is unknown."""
        if self._surely_below(value) or self._surely_above(value):
            return Answer.FAIL
        return Answer.PASS if self._surely_inside(value) else Answer.UNKNOWN

    def _surely_below(self, value: Interval) -> bool:
        return self.minimum is not None and value.high is not None and value.high < self.minimum

    def _surely_above(self, value: Interval) -> bool:
        if value.low is None:
            return False
        over = self.maximum is not None and value.low > self.maximum
        return over or (self.under is not None and value.low >= self.under)

    def _surely_inside(self, value: Interval) -> bool:
        low, high = value.low, value.high
        enough = self.minimum is None or (low is not None and low >= self.minimum)
        most = self.maximum is None or (high is not None and high <= self.maximum)
        return enough and most and (self.under is None or (high is not None and high < self.under))


@dataclass(frozen=True, slots=True)
class Amount:
    """Money, known as an interval, in a currency (ISO 4217)."""

    value: Interval
    currency: str


@dataclass(frozen=True, slots=True)
class YearAmount:
    """An amount of one fiscal year and, of sales, the shares exported and imported (0 to 100)."""

    year: int
    amount: Amount
    exports_pct: Interval | None = None
    imports_pct: Interval | None = None
