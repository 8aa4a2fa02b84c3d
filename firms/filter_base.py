"""What the filter sets of lists share: who asks, the day, the words, and an order that is total."""

import datetime as dt
from collections.abc import Collection
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.catalog import classifications, divisions
from clusters.models import Scheme
from common.search import validate_search
from firms.paging import Order
from firms.policies import Actor
from firms.reading import Reading, read

MAX_QUERY = 200
# What shapes the list without narrowing it.
SILENT = frozenset({"sort", "km"})


class WordsFilter(django_filters.CharFilter):
    """A search box of at most 200 signs."""

    def __init__(self, **kwargs: Any) -> None:
        box = forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
        checks = [validate_search]
        super().__init__(
            label=_("Palabras"), max_length=MAX_QUERY, widget=box, validators=checks, **kwargs
        )


class ListFilters(django_filters.FilterSet):
    """What the three lists share: who asks, the day, and sorting last."""

    @property
    def actor(self) -> Actor:
        """Return who asks."""
        actor: Actor = self.request.user
        return actor

    @property
    def today(self) -> dt.date:
        """Return the day that "open" and "valid" mean."""
        return timezone.now().date()

    @property
    def active(self) -> dict[str, Any]:
        """Return the conditions that act, by name; order and distance alone narrow nothing."""
        values = getattr(self.form, "cleaned_data", {})
        return {name: value for name, value in values.items() if value and name not in SILENT}

    @property
    def active_count(self) -> int:
        """Return how many conditions act, besides the words and the order."""
        return len(self.active.keys() - {"q"})

    def words(self) -> str:
        """Return what is searched, empty when it holds no word."""
        q = str(self.form.cleaned_data.get("q") or "")
        return q if self.reading.terms else ""

    @cached_property
    def reading(self) -> Reading:
        """How the words are understood."""
        return read(str(self.form.cleaned_data.get("q") or ""))

    def narrowed(self, *, besides: Collection[str] = ()) -> QuerySet[Any]:
        """Apply the conditions but some, without an order."""
        return self._narrow(self.queryset.all(), besides)

    def _narrow(self, rows: QuerySet[Any], besides: Collection[str]) -> QuerySet[Any]:
        for name, value in self.form.cleaned_data.items():
            if name not in besides:
                rows = self.filters[name].filter(rows, value)
        return rows

    def searched(self, *, besides: Collection[str] = ()) -> QuerySet[Any]:
        """Return the rows that a search reads: these, or lighter ones with their keys."""
        return self.narrowed(besides=besides)

    def order(self, *, is_large: bool) -> Order:
        """Return how what is searched is sorted; too many rows are not ranked."""
        raise NotImplementedError

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Apply the conditions, then the order; the order is always total."""
        return self.order(is_large=False).sorted(self.narrowed())

    def unchanged(self, rows: QuerySet[Any], *_: object) -> QuerySet[Any]:
        """Leave the rows alone: sorting comes last."""
        return rows


def choose_among(form: forms.Form, country_code: str) -> None:
    """Offer a person short lists: the country's regions, broad activities and kinds of product.

    What the address asks for stays valid whatever the lists show; this is for the eye.
    """
    _shorten(form, "region", divisions(country_code) if country_code else divisions()[:0])
    _shorten(form, "activity", classifications(Scheme.ISIC4).filter(level=1))
    for name in ("product", "classification"):
        _shorten(form, name, classifications(Scheme.CPV2008).filter(level=1))


def _shorten(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    field = form.fields.get(name)
    if not isinstance(field, forms.ModelChoiceField):
        return
    chosen = form.data.get(name)
    every = field.queryset
    options = [(row.code, row.label) for row in rows]
    if every is not None and chosen and chosen not in dict(options):
        options += [(row.code, row.label) for row in every.filter(code=chosen)]
    field.widget.choices = [("", field.empty_label), *options]
