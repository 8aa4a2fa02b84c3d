"""Writing what stands beside a listing: technology, project, items, rights and other languages."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.db import models

from firms.models import (
    Need,
    NeedItem,
    Offer,
    ResearchProject,
    Technology,
    TechnologyWish,
)
from firms.services.listing_content import ListingContent

# By the name that content and listing share: the one row beside a listing, or its rows in order.
ONE: dict[str, type[models.Model]] = {
    "technology": Technology,
    "technology_wish": TechnologyWish,
    "research_project": ResearchProject,
}
MANY = frozenset({"items", "ipr_records", "texts"})
PARTS = MANY | ONE.keys()


def write_parts(row: Need | Offer, content: ListingContent) -> None:
    """Make the parts of a listing be what the content says; equal ones are not written."""
    for name in _names(content):
        wanted = getattr(content, name)
        if says_part(row, name=name, wanted=wanted):
            continue
        if name in ONE:
            _write_one(row, name, wanted)
        else:
            _write_many(row, name, wanted)


def says_parts(row: Need | Offer, content: ListingContent) -> bool:
    """Say whether the parts of a listing are already what the content says."""
    return all(says_part(row, name=name, wanted=getattr(content, name)) for name in _names(content))


def says_part(row: Need | Offer, *, name: str, wanted: Any) -> bool:
    """Say whether one part is already what is wanted."""
    if name in ONE:
        existing = part_of(row, name=name)
        if existing is None or wanted is None:
            return existing is wanted
        return _said(existing, _values(wanted)) == _values(wanted)
    rows, values = list(getattr(row, name).all()), [_values(each) for each in wanted]
    return len(rows) == len(values) and all(
        _said(existing, value) == value for existing, value in zip(rows, values, strict=True)
    )


def part_of(row: Need | Offer, *, name: str) -> Any:
    """Return the one row beside a listing; None when it has none, or is of another side."""
    return getattr(row, name, None)  # that there is none is an AttributeError too


def _names(content: ListingContent) -> list[str]:
    return [name for name in sorted(PARTS) if hasattr(content, name)]


def _write_one(row: Need | Offer, name: str, wanted: Any) -> None:
    manager = ONE[name]._default_manager
    owner: dict[str, Any] = {_owner(row): row}
    if wanted is None:
        manager.filter(**owner).delete()
    else:
        manager.update_or_create(defaults=_values(wanted), **owner)
    row._state.fields_cache.pop(name, None)


def _write_many(row: Need | Offer, name: str, wanted: Sequence[Any]) -> None:
    manager = getattr(row, name)
    model = manager.model
    manager.all().delete()
    rows = [model(**{_owner(row): row}, **_values(each)) for each in wanted]
    if model is NeedItem:
        for position, item in enumerate(rows, start=1):
            item.position = position
    model._default_manager.bulk_create(rows)


def _owner(row: Need | Offer) -> str:
    return "need" if isinstance(row, Need) else "offer"


def _values(content: Any) -> dict[str, Any]:
    plain = asdict(content)
    return {key: list(v) if isinstance(v, tuple | list) else v for key, v in plain.items()}


def _said(existing: models.Model, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: getattr(existing, name) for name in values}
