"""Dates, numbers, distances and money as the reader's language writes them."""

import datetime as dt
from decimal import Decimal

from babel import Locale
from babel.dates import format_date, format_timedelta
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

BABEL_LOCALES = {"es": "es", "pt-br": "pt_BR", "en": "en"}
ONE_DAY = 1
SOON_DAYS = 45
WHOLE_KM = 10


def reader_locale() -> Locale:
    """Return Babel's locale of the language in force."""
    return Locale.parse(BABEL_LOCALES.get(get_language() or "es", "es"))


def day(value: dt.date, *, length: str = "long") -> str:
    """Write a date in words: long is "24 de noviembre de 2026", medium is "24 nov 2026"."""
    style = "medium" if length == "medium" else "long"
    return format_date(value, format=style, locale=reader_locale())


def since(value: dt.datetime, *, now: dt.datetime) -> str:
    """Say how long ago an instant was: "hace 3 minutos"; beyond six weeks, its date."""
    if now - value > dt.timedelta(days=SOON_DAYS):
        return day(timezone.localdate(value))
    if now - value < dt.timedelta(minutes=1):
        return gettext("hace un momento")
    return format_timedelta(value - now, add_direction=True, locale=reader_locale())


def until(value: dt.date, *, today: dt.date) -> str:
    """Say when a day comes: "hoy", "mañana", "en 12 días"; beyond six weeks, its date."""
    days = (value - today).days
    if days == 0:
        return gettext("hoy")
    if days == ONE_DAY:
        return gettext("mañana")
    if 0 < days <= SOON_DAYS:
        return ngettext("en %(days)s día", "en %(days)s días", days) % {"days": days}
    return day(value)


def number(value: float | Decimal) -> str:
    """Write a number with the reader's separators."""
    return format_decimal(value, locale=reader_locale())


def kilometers(value: float) -> str:
    """Write a distance: whole kilometers from ten on, one decimal below, none under one."""
    if value < 1:
        return gettext("menos de 1 km")
    rounded = round(value) if value >= WHOLE_KM else round(value, 1)
    return f"{number(rounded)}\N{NO-BREAK SPACE}km"


def money(amount: Decimal, currency: str) -> str:
    """Write an amount with its ISO code ("$" names a dozen currencies); cents if there are any."""
    whole = amount == amount.to_integral_value()
    pattern = "#,##0" if whole else "#,##0.00"
    return f"{format_decimal(amount, pattern, locale=reader_locale())}\N{NO-BREAK SPACE}{currency}"
