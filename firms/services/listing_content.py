"""What authors write about offers and needs, checked by a form or a serializer."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.gis.geos import Point

from clusters.models import AdminUnit, CertificateStandard, City, Classification
from firms.models import OfferKind, Reach, Urgency, Visibility


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
    visibility: str = Visibility.PUBLIC
    open_to_contact: bool = True
    classifications: Sequence[Classification] = ()
    reach_units: Sequence[AdminUnit] = ()


@dataclass(frozen=True, kw_only=True)
class NeedContent(ListingContent):
    """What an author writes about a need."""

    urgency: str = Urgency.QUARTER
    deliver_by: dt.date | None = None
    wanted_sizes: Sequence[str] = ()
    budget_min: Decimal | None = None
    budget_max: Decimal | None = None
    currency: str = ""
    required_certificates: Sequence[CertificateStandard] = ()


@dataclass(frozen=True, kw_only=True)
class OfferContent(ListingContent):
    """What an author writes about an offer."""

    kind: str = OfferKind.PRODUCT
    advantages: str = ""
