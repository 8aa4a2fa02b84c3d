"""Changes in pages, the newest first; a page never cuts what one act changed together."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime

from common.history.models import Change

PAGE = 40
MOST = 400  # of one act: a union of two organizations may move hundreds of rows


@dataclass(frozen=True)
class HistoryPage:
    """Some changes, and the instant from which to read on, if there are older ones."""

    changes: list[Change]
    older: dt.datetime | None


def read_page(changes: QuerySet[Change], *, before: str, size: int = PAGE) -> HistoryPage:
    """Read the changes before an instant, as an address names it; nonsense is the first page."""
    newest_first = changes.order_by("-at", "-id")
    since = _instant(before)
    if since is not None:
        newest_first = newest_first.filter(at__lt=since)
    rows = list(newest_first[: size + 1])
    if len(rows) <= size:
        return HistoryPage(rows, None)
    whole = [row for row in rows if row.at != rows[-1].at]
    if not whole:
        whole = list(newest_first.filter(at=rows[0].at)[:MOST])
    return HistoryPage(whole, whole[-1].at)


def acts(changes: list[Change]) -> list[list[Change]]:
    """Put together what was changed in one transaction, in the order in which it was."""
    return [list(reversed(list(rows))) for _at, rows in groupby(changes, key=lambda row: row.at)]


def _instant(text: str) -> dt.datetime | None:
    try:
        instant = parse_datetime(text)
    except ValueError:
        return None
    return instant if instant is not None and instant.tzinfo is not None else None
