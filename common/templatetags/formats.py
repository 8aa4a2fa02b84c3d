"""Filters that write dates, numbers, distances and money in the reader's language."""

import datetime as dt
from decimal import Decimal

from django import template
from django.utils import timezone

from common import formats

register = template.Library()


@register.filter
def day(value: dt.date | None, length: str = "long") -> str:
    """Write a date; an absent one is written as nothing."""
    return "" if value is None else formats.day(value, length=length)


@register.filter
def since(value: dt.datetime | None) -> str:
    """Say how long ago an instant was."""
    return "" if value is None else formats.since(value, now=timezone.now())


@register.filter
def until(value: dt.date | dt.datetime | None) -> str:
    """Say when a day comes, counted from today."""
    if value is None:
        return ""
    whole_day = timezone.localdate(value) if isinstance(value, dt.datetime) else value
    return formats.until(whole_day, today=timezone.localdate())


@register.filter
def number(value: float | Decimal | None) -> str:
    """Write a number with the reader's separators."""
    return "" if value is None else formats.number(value)


@register.filter
def km(value: float | None) -> str:
    """Write a distance in kilometers."""
    return "" if value is None else formats.kilometers(value)


@register.filter
def money(amount: Decimal | None, currency: str) -> str:
    """Write an amount with its currency."""
    return "" if amount is None else formats.money(amount, currency)
