"""What is new in a saved search, since it was looked at or since a mail told of it."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from firms.kinds import KINDS, ListKind
from firms.models import SavedSearch, ToldResult
from firms.policies import Actor

MOST_COUNTED = 100
MOST_TOLD = 200
SHOWN = 5
FED = 30


@dataclass(frozen=True)
class NewRow:
    """A result, in a line."""

    title: str
    about: str
    address: str
    row: Any


@dataclass(frozen=True)
class SearchNews:
    """What a mail can tell of one search: how much is new, and the first of it."""

    search: SavedSearch
    address: str
    count: int
    rows: list[NewRow] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many are new besides those shown."""
        return self.count - len(self.rows)


def address_of(search: SavedSearch) -> str:
    """Return the address of the list as it was saved."""
    return f"{reverse(KINDS[search.listed].url)}?{search.query}".rstrip("?")


def found_rows(search: SavedSearch, *, by: Actor, today: dt.date) -> QuerySet[Any] | None:
    """Return what a search finds for an actor now; None when its conditions are no more."""
    filters = KINDS[search.listed].narrow(QueryDict(search.query), by=by, today=today)
    return filters.narrowed() if filters.is_valid() else None


def unseen_count(search: SavedSearch, *, by: Actor, today: dt.date) -> int | None:
    """Count what came since its owner looked, up to a hundred."""
    rows = found_rows(search, by=by, today=today)
    if rows is None:
        return None
    since = {f"{KINDS[search.listed].since}__gt": search.seen_until}
    return rows.filter(**since).order_by().values("pk")[:MOST_COUNTED].count()


def news_of(search: SavedSearch, *, by: Actor, until: dt.datetime) -> SearchNews:
    """Return what came since the last mail and stands there for its owner now."""
    kind = KINDS[search.listed]
    rows = found_rows(search, by=by, today=until.date())
    address = address_of(search)
    if rows is None:
        return SearchNews(search, address, 0)
    period = {f"{kind.since}__gt": search.told_until, f"{kind.since}__lte": until}
    told = ToldResult.objects.filter(search=search).values("row_id")
    fresh = rows.filter(**period).exclude(pk__in=told).order_by(f"-{kind.since}", "-pk")
    ids = list(fresh.values_list("pk", flat=True)[:MOST_TOLD])
    count = len(ids) if len(ids) < MOST_TOLD else fresh.count()
    return SearchNews(search, address, count, _lines(kind, ids[:SHOWN]), ids)


def remember(news: SearchNews, *, until: dt.datetime) -> None:
    """Keep what a mail told, so that none of it is news again."""
    told = [ToldResult(search=news.search, row_id=pk) for pk in news.ids]
    ToldResult.objects.bulk_create(told, ignore_conflicts=True)
    SavedSearch.objects.filter(pk=news.search.pk).update(told_until=until)


def fed_rows(search: SavedSearch, *, today: dt.date) -> list[NewRow]:
    """Return the newest of what anybody may read, whoever saved the search."""
    kind = KINDS[search.listed]
    rows = found_rows(search, by=AnonymousUser(), today=today)
    if rows is None:
        return []
    newest = rows.order_by(f"-{kind.since}", "-pk").values_list("pk", flat=True)[:FED]
    return _lines(kind, list(newest))


def _lines(kind: ListKind, ids: list[int]) -> list[NewRow]:
    """Return rows as lines, in the order given: of listings without their author."""
    found = kind.filters._meta.model._default_manager.in_bulk(ids)
    return [_line(kind, found[pk]) for pk in ids if pk in found]


def _line(kind: ListKind, row: Any) -> NewRow:
    title = getattr(row, "title", "") or row.name
    about = getattr(row, "summary", "") or getattr(row, "one_line", "")
    return NewRow(title, about, reverse(kind.item, args=[row.public_id]), row)
