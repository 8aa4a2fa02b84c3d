"""What a workbook's numbers say: many are dates, and none should read 7.6E7."""

import datetime as dt
import re

_DATES = {*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)}
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_DAY = re.compile(r"[dy]", re.IGNORECASE)
_EPOCH, _EPOCH_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)  # noqa: DTZ001 - no zone
_MAX_DAYS = 2_958_465
_EXACT = 1e15


def is_date_format(code: int, pattern: str) -> bool:
    """Say whether a number format shows a date."""
    return code in _DATES or bool(_DAY.search(_QUOTED.sub("", pattern)))


def date_text(raw: str, *, is_1904: bool) -> str:
    """Return a day number as an ISO date; what is none stays as it is."""
    try:
        days = float(raw)
    except ValueError:
        return raw
    if not 0 < days <= _MAX_DAYS:
        return raw
    epoch = _EPOCH_1904 if is_1904 else _EPOCH
    return (epoch + dt.timedelta(days=int(days))).date().isoformat()


def number_text(raw: str) -> str:
    """Return a number as a person would type it."""
    try:
        number = float(raw)
    except ValueError:
        return raw
    if number.is_integer() and abs(number) < _EXACT:
        return str(int(number))
    return repr(number) if "E" in raw.upper() or len(raw) > len(repr(number)) else raw
