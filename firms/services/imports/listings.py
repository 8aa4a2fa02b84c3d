"""Writing the offers and needs that a source shows, beside those of its earlier files."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from clusters.models import Classification
from firms.models import (
    CloseReason,
    ListingStatus,
    Need,
    Offer,
    Organization,
    Reach,
    Source,
)
from firms.services.imports.atlas import Atlas
from firms.services.imports.copying import copy_in, write_changed
from firms.services.references import take_references
from firms.sources.drafts import ListingDraft, NeedDraft, OfferDraft, OrganizationDraft

OFFER_DAYS = 365
NEED_DAYS = 90
NOON = dt.time(12, tzinfo=dt.UTC)

_RowT = TypeVar("_RowT", Offer, Need)


@dataclass(frozen=True)
class Author:
    """An organization whose listings are written, and what its source says."""

    organization: Organization
    draft: OrganizationDraft
    country: str


@dataclass
class _Desired:
    """One listing as it should be."""

    author: Author
    columns: dict[str, object]
    classifications: list[int]


@dataclass
class _Change(Generic[_RowT]):
    """The rows to write, and the classifications of each."""

    new: list[tuple[_RowT, _Desired]] = field(default_factory=list)
    changed: list[tuple[_RowT, _Desired]] = field(default_factory=list)
    archived: list[_RowT] = field(default_factory=list)


def write_listings(*, authors: Sequence[Author], atlas: Atlas, now: dt.datetime) -> None:
    """Write the offers and needs of organizations; what their source no longer shows is archived.

    Sold goods and services are offers that stay open for a year after the import. What was bought
    has its seller by now: a need that was fulfilled on the day it was published.
    """
    codes = _classifications(authors)
    offers: dict[tuple[int, str], _Desired] = {}
    needs: dict[tuple[int, str], _Desired] = {}
    for author in authors:
        for offer in author.draft.offers:
            wish = _desired(author, offer, _offer_columns(offer), codes, atlas)
            _put(offers, author, offer, wish)
        for need in author.draft.needs:
            _put(needs, author, need, _desired(author, need, _need_columns(need), codes, atlas))
    owners = [author.organization.pk for author in authors]
    until = now.date() + dt.timedelta(days=OFFER_DAYS)
    _write(Offer, owners, offers, {"valid_until": until}, now)
    _write(Need, owners, needs, {}, now)


def archive_listings(*, organizations: Sequence[Organization], now: dt.datetime) -> None:
    """Put away everything imported of organizations that their source no longer speaks about."""
    owners = [organization.pk for organization in organizations]
    _write(Offer, owners, {}, {}, now)
    _write(Need, owners, {}, {}, now)


def _put(
    wishes: dict[tuple[int, str], _Desired],
    author: Author,
    listing: ListingDraft,
    desired: _Desired | None,
) -> None:
    if desired:
        wishes[author.organization.pk, listing.source_ref] = desired


def _desired(
    author: Author,
    listing: ListingDraft,
    columns: dict[str, object],
    codes: Mapping[tuple[str, str], int],
    atlas: Atlas,
) -> _Desired | None:
    draft = author.draft
    place = atlas.find_first(listing.spots, country=draft.country, language=draft.language)
    if place is None:
        return None
    shared = {
        "title": listing.title,
        "summary": listing.summary,
        "description": listing.description,
        "language": draft.language,
        "partnerships": list(listing.partnerships),
        "admin_unit_id": place.admin_unit_id,
        "point": place.point,
        "place_name": place.name,
        "reach": Reach.NATIONAL,
        "published_at": dt.datetime.combine(listing.published, NOON),
    }
    known = [codes[key] for code in listing.codes if (key := (listing.scheme, code)) in codes]
    return _Desired(author, shared | columns, known)


def _offer_columns(offer: OfferDraft) -> dict[str, object]:
    return {
        "kind": offer.kind,
        "valid_from": offer.valid_from,
        "status": ListingStatus.PUBLISHED,
    }


def _need_columns(need: NeedDraft) -> dict[str, object]:
    return {
        "budget_max": need.budget,
        "currency": need.currency,
        "valid_from": need.published,
        "valid_until": need.published + dt.timedelta(days=NEED_DAYS),
        "status": ListingStatus.FULFILLED,
        "close_reason": CloseReason.SOLVED_ELSEWHERE,
        "closed_on": need.published,
    }


def _classifications(authors: Sequence[Author]) -> dict[tuple[str, str], int]:
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for author in authors:
        for listing in (*author.draft.offers, *author.draft.needs):
            wanted[listing.scheme].update(listing.codes)
    return {
        (scheme, code): pk
        for scheme, codes in wanted.items()
        for code, pk in Classification.objects.filter(scheme=scheme, code__in=codes).values_list(
            "code", "pk"
        )
    }


def _write(
    model: type[_RowT],
    owners: Sequence[int],
    wishes: Mapping[tuple[int, str], _Desired],
    on_change: Mapping[str, object],
    now: dt.datetime,
) -> None:
    change = _compare(model, owners, wishes, on_change, now)
    _name(model, change, now)
    columns = _written_columns(change, on_change)
    copy_in(rows=[row for row, _ in change.new])
    write_changed(rows=[row for row, _ in change.changed], columns=columns)
    write_changed(rows=change.archived, columns=["status", "revision", "updated_at"])
    _classify(model, change)


def _compare(
    model: type[_RowT],
    owners: Sequence[int],
    wishes: Mapping[tuple[int, str], _Desired],
    on_change: Mapping[str, object],
    now: dt.datetime,
) -> _Change[_RowT]:
    before = model.objects.filter(organization__in=owners, source=Source.IMPORT)
    old = {(row.organization_id, row.source_ref): row for row in before.order_by("pk")}
    classified = _classified(model, [row.pk for row in old.values()])
    change: _Change[_RowT] = _Change()
    for key, desired in wishes.items():
        row = old.pop(key, None)
        if row is None:
            row = model(organization=desired.author.organization, source=Source.IMPORT)
            row.source_ref = key[1]
            _set(row, {**desired.columns, **on_change})
            change.new.append((row, desired))
        elif not _says(row, desired) or classified[row.pk] != set(desired.classifications):
            _set(row, {**desired.columns, **on_change})
            _raise(row, now)
            change.changed.append((row, desired))
    for row in old.values():
        if row.status != ListingStatus.ARCHIVED:
            row.status = ListingStatus.ARCHIVED
            _raise(row, now)
            change.archived.append(row)
    return change


def _set(row: Offer | Need, columns: Mapping[str, object]) -> None:
    for name, value in columns.items():
        setattr(row, name, value)


def _raise(row: Offer | Need, now: dt.datetime) -> None:
    row.revision += 1
    row.updated_at = now


def _says(row: Offer | Need, desired: _Desired) -> bool:
    return all(
        _plain(getattr(row, name)) == _plain(value) for name, value in desired.columns.items()
    )


def _plain(value: object) -> object:
    """Return a value as it can be compared: a point by its degrees."""
    x, y = getattr(value, "x", None), getattr(value, "y", None)
    return (round(x, 6), round(y, 6)) if x is not None and y is not None else value


def _name(model: type[_RowT], change: _Change[_RowT], now: dt.datetime) -> None:
    """Give each new listing a reference of its country."""
    alike: defaultdict[tuple[str, str], list[_RowT]] = defaultdict(list)
    for row, desired in change.new:
        alike[desired.author.country, row.kind].append(row)
    for (country, kind), rows in sorted(alike.items()):
        references = take_references(
            model=model, kind=kind, country_code=country, day=now.date(), count=len(rows)
        )
        for row, reference in zip(rows, references, strict=True):
            row.reference = reference


def _written_columns(change: _Change[_RowT], on_change: Mapping[str, object]) -> list[str]:
    names = {name for _, desired in change.changed for name in desired.columns}
    fields = {name.removesuffix("_id") for name in names | set(on_change)}
    return sorted(fields | {"revision", "updated_at"})


def _classified(model: type[_RowT], pks: Sequence[int]) -> Mapping[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    through = model.classifications.through
    column = f"{model._meta.model_name}_id"
    links = through._default_manager.filter(**{f"{column}__in": pks})
    for listing, classification in links.values_list(column, "classification_id"):
        found[listing].add(classification)
    return found


def _classify(model: type[_RowT], change: _Change[_RowT]) -> None:
    through = model.classifications.through
    column = f"{model._meta.model_name}_id"
    stale = [row.pk for row, _ in change.changed]
    through._default_manager.filter(**{f"{column}__in": stale}).delete()
    through._default_manager.bulk_create(
        [
            through(**{column: row.pk, "classification_id": classification})
            for row, desired in (*change.new, *change.changed)
            for classification in dict.fromkeys(desired.classifications)
        ],
        batch_size=1_000,
    )
