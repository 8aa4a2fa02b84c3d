"""What a source says of an organization, before any of it is in the database."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal


class RowRejectedError(ValueError):
    """A row that is not imported: ``reason`` is a code, ``detail`` the offending value."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True)
class Spot:
    """A place as a source writes it; what is unknown stays empty."""

    country: str
    division: str = ""
    municipality: str = ""
    geonames_id: int | None = None
    longitude: float | None = None
    latitude: float | None = None


@dataclass(frozen=True)
class Record:
    """One row that was understood: what identifies it, whom it speaks about, what is kept.

    It can be imported only if the countries (ISO codes) and classifications (scheme and code) that
    it names are known, and a spot with coordinates lies in its country.
    """

    ref: str
    parties: tuple[str, ...]
    data: Mapping[str, str]
    countries: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    spot: Spot | None = None


@dataclass(frozen=True)
class IdentifierDraft:
    """A registry's number."""

    scheme: str
    value: str
    normalized: str
    is_checked: bool


@dataclass(frozen=True)
class SiteDraft:
    """A place of work."""

    spot: Spot
    kind: str
    precision: str
    name: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class ListingDraft:
    """What offers and needs have in common."""

    source_ref: str
    title: str
    spots: tuple[Spot, ...]
    published: dt.date
    description: str = ""
    summary: str = ""
    scheme: str = ""
    codes: tuple[str, ...] = ()
    partnerships: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OfferDraft(ListingDraft):
    """Something that an organization was seen to provide."""

    kind: str
    valid_from: dt.date


@dataclass(frozen=True, kw_only=True)
class NeedDraft(ListingDraft):
    """Something that an organization was seen to buy."""

    budget: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, kw_only=True)
class OrganizationDraft:
    """An organization as a source shows it."""

    source: str
    source_ref: str
    kind: str
    legal_name: str
    country: str
    language: str
    trade_name: str = ""
    acronym: str = ""
    website: str = ""
    founded_on: dt.date | None = None
    identifiers: tuple[IdentifierDraft, ...] = ()
    activities: tuple[str, ...] = ()
    sites: tuple[SiteDraft, ...] = ()
    offers: tuple[OfferDraft, ...] = ()
    needs: tuple[NeedDraft, ...] = ()


@dataclass(frozen=True)
class Register:
    """A kind of file: its source and columns, what a row says, and what all say of an owner."""

    source: str
    columns: tuple[str, ...]
    read: Callable[[Mapping[str, str]], Record]
    draft: Callable[[str, Sequence[Mapping[str, str]]], OrganizationDraft]
