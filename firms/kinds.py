"""The lists that can be searched, and how each is asked: by pages, exports and mails alike."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from firms.catalog import directory_rows, listing_rows
from firms.filter_base import ListFilters
from firms.filters import NeedFilter, OfferFilter, OrganizationFilter
from firms.models import Listed
from firms.policies import Actor, visible_needs, visible_offers, visible_organizations


def _organizations(actor: Actor, today: dt.date) -> QuerySet[Any]:
    return visible_organizations(actor).active().fresh_on(today)


def _offers(actor: Actor, today: dt.date) -> QuerySet[Any]:
    return visible_offers(actor).open_on(today)


def _needs(actor: Actor, today: dt.date) -> QuerySet[Any]:
    return visible_needs(actor).open_on(today)


@dataclass(frozen=True)
class ListKind:
    """One list: where it stands, what narrows it, which rows an actor may see of it."""

    listed: Listed
    url: str
    item: str
    title: Any
    filters: type[ListFilters]
    rows: Callable[[Actor, dt.date], QuerySet[Any]]
    shown: Callable[[Any], Any]
    since: str

    def narrow(self, query: QueryDict, *, by: Actor, today: dt.date) -> ListFilters:
        """Read a query as the actor's page does."""
        return self.filters(query, self.rows(by, today), request=SimpleNamespace(user=by))


KINDS: dict[str, ListKind] = {
    kind.listed.value: kind
    for kind in (
        ListKind(
            Listed.ORGANIZATIONS,
            "firms:directory",
            "firms:organization",
            _("Directorio"),
            OrganizationFilter,
            _organizations,
            directory_rows,
            "created_at",
        ),
        ListKind(
            Listed.OFFERS,
            "firms:offers",
            "firms:offer",
            _("Ofertas"),
            OfferFilter,
            _offers,
            listing_rows,
            "published_at",
        ),
        ListKind(
            Listed.NEEDS,
            "firms:needs",
            "firms:need",
            _("Necesidades"),
            NeedFilter,
            _needs,
            listing_rows,
            "published_at",
        ),
    )
}


def cleaned(query: QueryDict | str) -> QueryDict:
    """Return a query without the place in the list: what a saved search or a link keeps."""
    kept = QueryDict(query, mutable=True) if isinstance(query, str) else query.copy()
    for name in ("after", "page", "follow"):
        kept.pop(name, None)
    for name in [name for name, values in kept.lists() if not any(values)]:
        kept.pop(name)
    return kept
