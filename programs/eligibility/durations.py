"""Calendar spans in whole days, months or years, exact over leap days."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

FORMAT = re.compile(r"P([1-9][0-9]{0,4})([DMY])")
MONTHS = {"M": 1, "Y": 12}


@dataclass(frozen=True, slots=True)
class Duration:
    """A count of days (D), months (M) or years (Y), as in the ISO 8601 text ``P18M``."""

    count: int
    unit: str

    @classmethod
    def parse(cls, text: str) -> "Duration":
        """Read ``P90D``, ``P18M`` or ``P2Y``.

        Raises:
            ValueError: the text is of another form.
        """
        found = FORMAT.fullmatch(text)
        if not found:
            raise ValueError(text)
        return cls(int(found[1]), found[2])

    def __str__(self) -> str:
        return f"P{self.count}{self.unit}"

    def after(self, start: dt.date) -> dt.date:
        """Return the day on which the span is complete.

        Where the month has no such day its last day counts (29 February + 1 year is 28 February),
        as civil codes of the region have it. Beyond the calendar's end the last day is returned.
        """
        try:
            if self.unit == "D":
                return start + dt.timedelta(days=self.count)
            return add_months(start, self.count * MONTHS[self.unit])
        except (OverflowError, ValueError):
            return dt.date.max


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day of the month that many months later, or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))
