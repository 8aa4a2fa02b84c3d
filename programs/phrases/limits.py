"""Limits and intervals in words: "de 200 a 25.000 UF"."""

from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from common import formats


def quantity(text: object, unit: str = "") -> str:
    """Write a number in the reader's way, with its unit."""
    try:
        value = Decimal(str(text))
    except InvalidOperation:
        return str(text)
    said = formats.number(round(value, 2).normalize() if value % 1 else value)
    if unit == "%":
        return _("%(number)s %%") % {"number": said}
    return f"{said} {unit}".strip()


def limits(low: object, high: object, under: object, unit: str = "") -> str:
    """Say what a number must keep to."""
    top = high if high not in (None, "") else under
    words = {
        "low": quantity(low, "" if top not in (None, "") else unit),
        "top": quantity(top, unit),
    }
    has_low = low not in (None, "")
    if under not in (None, ""):
        text = _("de %(low)s a menos de %(top)s") if has_low else _("menos de %(top)s")
    elif high not in (None, ""):
        text = _("de %(low)s a %(top)s") if has_low else _("hasta %(top)s")
    else:
        text = _("al menos %(low)s")
    return text % words


def interval(low: str, high: str, unit: str = "") -> str:
    """Say what is known of a number."""
    if low and low == high:
        return quantity(low, unit)
    return limits(low, high, "", unit) if low or high else _("no se sabe")
