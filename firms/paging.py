"""Pages by key: the next page begins after the last row shown, however deep that is."""

import binascii
import datetime as dt
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Expression, F, Q, QuerySet
from django.db.models.functions import Coalesce

MAX_TOKEN = 900
TEXTS = frozenset({"name", "standing"})


@dataclass(frozen=True)
class Order:
    """How a list is sorted: by one value, then by key in the same direction; it is total."""

    name: str
    value: Expression | F
    is_descending: bool = False

    def sorted(self, rows: QuerySet[Any], *, reverse: bool = False) -> QuerySet[Any]:
        """Sort rows, keeping the value at hand as ``place_in_order``."""
        signs = "-" if self.is_descending != reverse else ""
        rows = rows.annotate(place_in_order=self.value)
        return rows.order_by(f"{signs}place_in_order", f"{signs}pk")

    def apart(self) -> "Order":
        """Return the same order, which no index gives: for few rows of many, found already."""
        return replace(self, value=Coalesce(self.value, self.value))

    def after(self, rows: QuerySet[Any], value: Any, key: int, *, reverse: bool) -> QuerySet[Any]:
        """Keep what comes after a row, or before it."""
        side = "lt" if self.is_descending != reverse else "gt"
        rows = rows.annotate(place_in_order=self.value)
        beyond = Q(**{f"place_in_order__{side}": value}) | Q(**{f"pk__{side}": key})
        return rows.filter(beyond, **{f"place_in_order__{side}e": value})


@dataclass(frozen=True)
class KeyPage:
    """Some rows, and the tokens of the pages beside them."""

    rows: list[Any]
    previous: str = ""
    next: str = ""


def page_by_key(rows: QuerySet[Any], order: Order, *, token: str, size: int) -> KeyPage:
    """Read one page; a token of another order, or none of ours, begins at the start."""
    read = _read(token, order)
    is_back = bool(read and read[0])
    if read:
        rows = order.after(rows, read[1], read[2], reverse=is_back)
    found = list(order.sorted(rows, reverse=is_back)[: size + 1])
    has_more = len(found) > size
    found = found[:size]
    if is_back:
        found.reverse()
    return KeyPage(
        found,
        previous=_token(order, found[0], back=True)
        if _goes_on(found, read, is_back, has_more)
        else "",
        next=_token(order, found[-1], back=False) if found and (is_back or has_more) else "",
    )


def _goes_on(found: list[Any], read: Any, is_back: bool, has_more: bool) -> bool:
    """Say whether there is something before the page."""
    return bool(found and read and (has_more or not is_back))


def _token(order: Order, row: Any, *, back: bool) -> str:
    value = row.place_in_order
    kind = "t" if isinstance(value, dt.datetime) else "d" if isinstance(value, dt.date) else "v"
    shown = value.isoformat() if kind in "td" else value
    text = json.dumps([order.name, back, kind, shown, row.pk], separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(token: str, order: Order) -> tuple[bool, Any, int] | None:
    """Return direction, value and key of a token, or None."""
    if not token or len(token) > MAX_TOKEN:
        return None
    try:
        text = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        name, is_back, kind, value, key = json.loads(text)
        return _checked(order, name, (bool(is_back), kind, value, key))
    except (ValueError, TypeError, binascii.Error, RecursionError):
        return None


def _checked(
    order: Order, name: str, read: tuple[bool, str, Any, Any]
) -> tuple[bool, Any, int] | None:
    is_back, kind, value, key = read
    if name != order.name or type(key) is not int or not 0 <= key < 2**63:
        return None
    if kind == "t":
        return is_back, dt.datetime.fromisoformat(value), key
    if kind == "d":
        return is_back, dt.date.fromisoformat(value), key
    fits = isinstance(value, str) if order.name in TEXTS else isinstance(value, float)
    return (is_back, value, key) if fits and "\0" not in str(value) else None
