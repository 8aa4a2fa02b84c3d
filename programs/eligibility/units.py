"""Indexed units of account (UF, UVT, UIT ...) and currencies, by the day they are counted on."""

import datetime as dt
import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from programs.eligibility.values import Interval


@dataclass(frozen=True, slots=True, order=True)
class UnitValue:
    """One unit is worth ``value`` of a currency from a day on, until the next row of the unit."""

    unit: str
    currency: str
    valid_from: dt.date
    value: Decimal


class UnitTable:
    """Dated values of units. A currency of another currency (USD in CLP) is a unit as well."""

    def __init__(self, rows: Iterable[UnitValue] = ()) -> None:
        self.rows = tuple(sorted(set(rows)))
        self._by_pair: dict[tuple[str, str], list[UnitValue]] = defaultdict(list)
        for row in self.rows:
            self._by_pair[row.unit, row.currency].append(row)
        self.digest = hashlib.sha256(repr(self.rows).encode()).hexdigest()

    def __deepcopy__(self, memo: dict[int, object]) -> "UnitTable":
        """Stay one table however often facts are copied: it never changes."""
        return self

    def rate(self, unit: str, currency: str, on: dt.date) -> Decimal | None:
        """Return how much of a currency one unit is worth on a day, or ``None``.

        A pair that is only told the other way round, or over one third currency, is worked out.
        """
        if unit == currency:
            return Decimal(1)
        direct = self._direct(unit, currency, on)
        if direct is not None:
            return direct
        for through in sorted({pair[1] for pair in self._by_pair if pair[0] == unit}):
            first, second = (
                self._direct(unit, through, on),
                self._direct(through, currency, on),
            )
            if first is not None and second is not None:
                return first * second
        return None

    def _direct(self, unit: str, currency: str, on: dt.date) -> Decimal | None:
        found = self._stated(unit, currency, on)
        if found is not None:
            return found
        inverse = self._stated(currency, unit, on)
        return None if inverse is None else 1 / inverse

    def _stated(self, unit: str, currency: str, on: dt.date) -> Decimal | None:
        rows = self._by_pair.get((unit, currency), [])
        place = bisect_right(rows, on, key=lambda row: row.valid_from)
        return rows[place - 1].value if place else None

    def convert(self, value: Interval, frm: str, to: str, on: dt.date) -> Interval | None:
        """Return an interval in another unit, or ``None`` where no value is known for the day."""
        rate = self.rate(frm, to, on)
        return None if rate is None else value.times(Interval.exactly(rate))

    def next_change(self, units: Iterable[str], on: dt.date) -> dt.date | None:
        """Return the next day after ``on`` on which one of these units has a new value."""
        wanted = set(units)
        days = (row.valid_from for row in self.rows if {row.unit, row.currency} & wanted)
        return min((day for day in days if day > on), default=None)


NO_UNITS = UnitTable()
