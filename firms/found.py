"""What a list found, in a fixed number of queries however many rows there are."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from firms import directory
from firms.directory import Amount, Facets
from firms.filter_base import ListFilters
from firms.filters import OrganizationFilter
from firms.kinds import ListKind, cleaned
from firms.paging import KeyPage, Order, page_by_key

Reader = Callable[[QuerySet[Any], Order], KeyPage]
PAGE_SIZE = 20
WALK_MS = 250
MOST_RELAXED = 8
FACET_VALUES = 12


@dataclass(frozen=True)
class Chip:
    """A condition that acts, and the address of the list without it."""

    label: str
    text: str
    url: str
    left: Amount | None = None


@dataclass(frozen=True)
class FacetValue:
    """A value that a list can be narrowed to."""

    text: str
    amount: Amount
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Found:
    """A page of a list, and what is said about all of it."""

    page: KeyPage
    amount: Amount
    chips: list[Chip] = field(default_factory=list)
    facets: list[tuple[str, list[FacetValue]]] = field(default_factory=list)
    relaxed: list[Chip] = field(default_factory=list)
    corrected: list[tuple[str, str]] = field(default_factory=list)
    is_unranked: bool = False
    query: str = ""


@dataclass(frozen=True)
class _Count:
    """How many rows there are; and their keys, of some where they are too many to be ranked."""

    amount: Amount
    keys: list[int] | None = None
    is_large: bool = False


def find(kind: ListKind, filters: ListFilters, query: QueryDict) -> Found:
    """Read one page of a list whose filters are valid."""
    facets = filters.facets() if isinstance(filters, OrganizationFilter) else None
    count = _count(filters, facets)
    is_large = count.is_large
    order = filters.order(is_large=is_large)
    page = _page(kind, filters, order, query.get("after", ""), count)
    names = cleaned(query)
    return Found(
        page,
        count.amount,
        chips(filters, names),
        _facet_links(filters, facets, names) if facets else [],
        [] if page.rows else _relaxed(filters, names),
        list(filters.reading.corrected) if filters.words() else [],
        is_large and bool(filters.words()) and order.name == "standing",
        names.urlencode(),
    )


def _count(filters: ListFilters, facets: Facets | None) -> _Count:
    """Count what is found; what counting the facets has read already is not read again."""
    total = facets.total if facets else None
    if total and not total.is_least and total.count > directory.COUNTED:
        return _Count(total, is_large=True)
    is_whole = filters.active.keys().isdisjoint(directory.FACETS)
    keys = facets.keys if facets and (is_whole or not facets.total.is_least) else None
    keys = directory.keys_of(filters.searched()) if keys is None else keys
    if len(keys) > directory.COUNTED:
        return _Count(Amount(directory.COUNTED, is_least=True), keys, is_large=True)
    return _Count(total if total and not total.is_least else Amount(len(keys)), keys)


def _page(kind: ListKind, filters: ListFilters, order: Order, token: str, count: _Count) -> KeyPage:
    """Read a page; of organizations, what is shown is read for those on it alone."""
    is_light = isinstance(filters, OrganizationFilter)

    def read(rows: QuerySet[Any], order: Order) -> KeyPage:
        rows = rows.only("pk") if is_light else kind.shown(rows)
        return page_by_key(rows, order, token=token, size=PAGE_SIZE)

    page = _walked(filters, order, read) if count.is_large else None
    page = page or read(_found(filters, count.keys), order.apart())
    if not is_light:
        return page
    own = [entry.pk for entry in page.rows]
    shown = kind.shown(filters.queryset.filter(pk__in=own)).in_bulk()
    return replace(page, rows=[shown[key] for key in own if key in shown])


def _walked(filters: ListFilters, order: Order, read: Reader) -> KeyPage | None:
    """Read a page along an index, unless what fits stands too far apart in it.

    By distance there is no other way, and what is near is what fits.
    """
    if order.name == "near":
        return read(filters.searched(), order)
    try:
        with directory.at_most(WALK_MS):
            return read(filters.searched(), order)
    except directory.TookTooLong:
        return None


def _found(filters: ListFilters, keys: list[int] | None) -> QuerySet[Any]:
    """Return the rows that counting has found, at most one more than are counted."""
    keys = directory.keys_of(filters.searched()) if keys is None else keys
    return directory.among(filters.searched(besides=filters.filters), keys)


def _without(query: QueryDict, *names: str) -> str:
    kept = query.copy()
    for name in names:
        kept.pop(name, None)
    return f"?{kept.urlencode()}"


def chips(filters: ListFilters, query: QueryDict) -> list[Chip]:
    """Return the conditions that act, each with the address of the list without it."""
    found = []
    for name, value in filters.active.items():
        label = str(filters.form.fields[name].label or "")
        names = ("near", "km") if name == "near" else (name,)
        found.append(Chip(label, _said(filters, name, value), _without(query, *names)))
    return found


def named(kind: ListKind, shown: list[Chip]) -> str:
    """Name a search by its list and its conditions."""
    said = ", ".join(chip.text or chip.label for chip in shown)
    return f"{kind.title}: {said}" if said else str(kind.title)


def _said(filters: ListFilters, name: str, value: Any) -> str:
    """Say a chosen value in the reader's words; a plain yes says nothing more than its label."""
    if value is True or name == "bbox":
        return ""
    if name == "near":
        km = filters.form.cleaned_data.get("km") or "50"
        return _("%(place)s, a %(km)s km") % {"place": value.name, "km": km}
    choices = dict(getattr(filters.form.fields[name], "choices", ()) or ())
    many = value if isinstance(value, list) else [value]
    return ", ".join(str(choices.get(each, each)) if _is_code(each) else str(each) for each in many)


def _is_code(value: Any) -> bool:
    return isinstance(value, str)


def _relaxed(filters: ListFilters, query: QueryDict) -> list[Chip]:
    """Return the conditions without which there would be something, the most first."""
    found = []
    for name, chip in list(zip(filters.active, chips(filters, query), strict=True))[:MOST_RELAXED]:
        left = directory.counted(filters.searched(besides={name}))
        if left.count:
            found.append(Chip(chip.label, chip.text, chip.url, left))
    return sorted(found, key=lambda chip: -(chip.left.count if chip.left else 0))


def _facet_links(
    filters: ListFilters, facets: Facets, query: QueryDict
) -> list[tuple[str, list[FacetValue]]]:
    groups = []
    for name, values in facets.values.items():
        shown = (
            dict(filters.form.fields[name].choices) if name != "country" else _countries(filters)
        )
        chosen = query.getlist(name)
        links = [
            FacetValue(
                str(shown.get(code, code)), amount, _toggled(query, name, code), code in chosen
            )
            for code, amount in list(values.items())[:FACET_VALUES]
        ]
        if len(links) > 1 or chosen:
            groups.append((str(filters.form.fields[name].label), links))
    return groups


def _countries(filters: ListFilters) -> dict[str, str]:
    return {row.code: row.label for row in filters.form.fields["country"].queryset}


def _toggled(query: QueryDict, name: str, code: str) -> str:
    """Return the address with one value chosen or not; sizes add up, the others take turns."""
    kept, chosen = query.copy(), query.getlist(name)
    if code in chosen:
        chosen = [each for each in chosen if each != code]
    else:
        chosen = [*chosen, code] if name == "size" else [code]
    kept.setlist(name, chosen)
    return f"?{kept.urlencode()}"
