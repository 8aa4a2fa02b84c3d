"""What authors write about offers and needs, checked by a form or a serializer."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.gis.geos import Point

from clusters.models import AdminUnit, CertificateStandard, City, Classification, Cluster
from firms.models import ListingVisibility, NeedKind, OfferKind, Organization, Reach, Urgency


@dataclass(frozen=True)
class Place:
    """Where something is wanted or provided."""

    admin_unit: AdminUnit
    point: Point
    name: str = ""


def place_of(*, where: City | AdminUnit) -> Place | None:
    """Return the place of a city, or the middle of a division; None when it has no point."""
    if isinstance(where, City):
        return Place(where.admin_unit or where.country, where.point, where.name)
    return Place(where, where.center, where.label) if where.center else None


@dataclass(frozen=True, kw_only=True)
class TextContent:
    """What a listing says in another language."""

    language: str
    title: str
    summary: str = ""
    description: str = ""
    is_machine_made: bool = False


@dataclass(frozen=True, kw_only=True)
class ItemContent:
    """One line of what is to be quoted."""

    description: str
    quantity: Decimal | None = None
    unit: str = ""
    amount: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class IprContent:
    """A registered right."""

    kind: str
    office: str = ""
    number: str = ""
    priority_on: dt.date | None = None
    territory: str = ""
    expires_on: dt.date | None = None
    owner_share: int | None = None


@dataclass(frozen=True, kw_only=True)
class TechnologyContent:
    """What a technology offer says besides."""

    problem: str = ""
    how_it_works: str = ""
    versus_leading: str = ""
    economic_comparison: str = ""
    trl: int | None = None
    trl_evidence: str = ""
    trl_on: dt.date | None = None
    ipr_status: str = ""
    rights_note: str = ""
    exclusivity: str = ""
    transfer_modes: Sequence[str] = ()
    partner_help: Sequence[str] = ()
    technology_words: Sequence[str] = ()
    market_words: Sequence[str] = ()
    publications: Sequence[str] = ()
    needs_nda: bool = False


@dataclass(frozen=True, kw_only=True)
class WishContent:
    """What a request for technology says besides."""

    current_solution: str = ""
    trl_min: int | None = None
    trl_max: int | None = None
    transfer_modes: Sequence[str] = ()
    can_pilot: bool = False
    technology_words: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class ProjectContent:
    """The project for which partners are sought."""

    program: str = ""
    call: str = ""
    call_url: str = ""
    role_wanted: str = ""
    coordinator_wanted: bool = False
    interest_until: dt.date | None = None
    call_closes_on: dt.date | None = None
    duration_weeks: int | None = None
    partners_so_far: str = ""


@dataclass(frozen=True, kw_only=True)
class ListingContent:
    """What an author writes about an offer or a need, already checked by a form or serializer."""

    title: str
    place: Place
    summary: str = ""
    description: str = ""
    language: str = "es"
    partnerships: Sequence[str] = ()
    reach: str = Reach.NATIONAL
    reach_km: int | None = None
    is_remote: bool = False
    wanted_kinds: Sequence[str] = ()
    wanted_role: str = ""
    sdgs: Sequence[int] = ()
    broker: Cluster | None = None
    visibility: str = ListingVisibility.PUBLIC
    is_anonymous: bool = False
    open_to_contact: bool = True
    guests: Sequence[Organization] = ()
    texts: Sequence[TextContent] = ()
    classifications: Sequence[Classification] = ()
    reach_units: Sequence[AdminUnit] = ()


@dataclass(frozen=True, kw_only=True)
class NeedContent(ListingContent):
    """What an author writes about a need."""

    kind: str = NeedKind.PRODUCT
    specification: str = ""
    urgency: str = Urgency.QUARTER
    deliver_by: dt.date | None = None
    closes_on: dt.date | None = None
    delivery_place: str = ""
    decider: str = ""
    wanted_sizes: Sequence[str] = ()
    budget_min: Decimal | None = None
    budget_max: Decimal | None = None
    currency: str = ""
    is_budget_shown: bool = True
    required_certificates: Sequence[CertificateStandard] = ()
    items: Sequence[ItemContent] = ()
    technology_wish: WishContent | None = None
    research_project: ProjectContent | None = None


@dataclass(frozen=True, kw_only=True)
class OfferContent(ListingContent):
    """What an author writes about an offer."""

    kind: str = OfferKind.PRODUCT
    advantages: str = ""
    price_model: str = ""
    price_min: Decimal | None = None
    price_max: Decimal | None = None
    currency: str = ""
    capacity: str = ""
    lead_time_days: int | None = None
    minimum_order: str = ""
    technology: TechnologyContent | None = None
    ipr_records: Sequence[IprContent] = ()
