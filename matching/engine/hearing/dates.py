"""Days that a sentence names: a date, a month, or so many weeks from today."""

import calendar
import datetime as dt
import re
from collections.abc import Callable

from matching.engine.text import fold

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "enero janeiro january", "febrero fevereiro february", "marzo marco march",
            "abril april", "mayo maio may", "junio junho june", "julio julho july",
            "agosto august", "septiembre setiembre setembro september",
            "octubre outubro october", "noviembre novembro november",
            "diciembre dezembro december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_BEFORE = r"(?:antes d[eo](?:l)?|before)"
_IN = rf"(?P<before>{_BEFORE})|para|hasta|ate|en|em|in|for|by|until|desde|a partir de|from|durante"
_YEAR = r"(?:,?\s*(?:de |del |do )?(?P<year>20\d\d))?"
_MONTH = re.compile(
    rf"\b(?:{_IN})\s+(?:el |la |o |mes de |mediados de |meados de |fines de |fim de |"
    rf"finales de |the end of |end of |principios de |inicio de |early |mid |late )*"
    rf"(?P<month>{_NAME})\b{_YEAR}"
)
_DAY_FIRST = re.compile(rf"\b(?P<day>\d{{1,2}})\s*(?:de\s+)?(?P<month>{_NAME})\b{_YEAR}")
_MONTH_FIRST = re.compile(rf"\b(?P<month>{_NAME})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b{_YEAR}")
_ISO = re.compile(r"\b(?P<year>20\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b")
_SLASHED = re.compile(r"\b(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>20\d\d))?\b")
_COUNT = "un|una|um|uma|a|an|one|dos|dois|duas|two|tres|three|cuatro|quatro|four|seis|six"
_COUNTS = {word: n for n, words in {1: "un una um uma a an one", 2: "dos dois duas two",
           3: "tres three", 4: "cuatro quatro four", 6: "seis six"}.items()
           for word in words.split()}  # fmt: skip
_UNITS = {"dia": 1, "day": 1, "semana": 7, "week": 7, "mes": 30, "month": 30}
_AFTER = re.compile(
    rf"\b(?:en|em|in|within|dentro de|antes de|menos de|proximos?|proximas?|next)\s+"
    rf"(?:los |las |os |as |the |next |proximos |proximas )?(?P<count>\d{{1,3}}|{_COUNT})\s+"
    r"(?P<unit>dia|day|semana|week|mes|month)(?:es|s)?\b"
)
_NEXT_MONTH = re.compile(r"\b(?:proximo mes|mes que (?:viene|vem)|next month)\b")
_THIS_WEEK = re.compile(r"\b(?:esta semana|this week)\b")
_THIS_MONTH = re.compile(r"\b(?:este mes|this month)\b")
_YEAR_END = re.compile(
    r"\b(?:(?:fin|fines|final) de(?:l)? ano|fi(?:m|nal) do ano|(?:the )?end of (?:the )?year)\b"
)


def day_named(text: str, today: dt.date) -> dt.date | None:
    """Return the last day on which what is asked for is wanted; None when no day is named."""
    plain = fold(text)
    readings: tuple[Callable[[str, dt.date], dt.date | None], ...] = (
        _exact, _after, _fixed, _month,
    )  # fmt: skip
    found = (reading(plain, today) for reading in readings)
    return next((day for day in found if day is not None and day >= today), None)


def _exact(plain: str, today: dt.date) -> dt.date | None:
    for pattern in (_ISO, _SLASHED, _DAY_FIRST, _MONTH_FIRST):
        found = pattern.search(plain)
        if found:
            named = found["month"]
            month = int(named) if named.isdigit() else _MONTHS[named]
            return _on(found["year"], month, int(found["day"]), today)
    return None


def _on(year: str | None, month: int, day: int, today: dt.date) -> dt.date | None:
    """Return the date, in the next year that has not had it yet when none is named."""
    for candidate in [int(year)] if year else [today.year, today.year + 1]:
        if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(candidate, month)[1]:
            continue
        found = dt.date(candidate, month, day)
        if year or found >= today:
            return found
    return None


def _after(plain: str, today: dt.date) -> dt.date | None:
    found = _AFTER.search(plain)
    if not found:
        return None
    count = found["count"]
    number = int(count) if count.isdigit() else _COUNTS[count]
    return today + dt.timedelta(days=number * _UNITS[found["unit"]])


def _fixed(plain: str, today: dt.date) -> dt.date | None:
    if _YEAR_END.search(plain):
        return dt.date(today.year, 12, 31)
    if _THIS_WEEK.search(plain):
        return today + dt.timedelta(days=6 - today.weekday())
    if _THIS_MONTH.search(plain):
        return _end_of(today.year, today.month)
    if _NEXT_MONTH.search(plain):
        following = _end_of(today.year, today.month) + dt.timedelta(days=1)
        return _end_of(following.year, following.month)
    return None


def _month(plain: str, today: dt.date) -> dt.date | None:
    """Return a month's last day; the day before its first when something is wanted before it."""
    found = _MONTH.search(plain)
    if not found:
        return None
    month = _MONTHS[found["month"]]
    year = int(found["year"]) if found["year"] else today.year + (month < today.month)
    if found["before"]:
        if not found["year"] and month == today.month:
            year += 1  # before a month that has begun is before the next one of that name
        return dt.date(year, month, 1) - dt.timedelta(days=1)
    return _end_of(year, month)


def _end_of(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])
