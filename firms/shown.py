"""What a reader is shown of a profile: the parts that the policy allows, and nothing of others.

Pages, API and exports render a ``ShownProfile``; a part that is hidden never gets here.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from clusters.models import AdminUnit
from common.api.geometry import EXACT_DECIMALS
from firms.models import (
    AnnualFigures,
    Certificate,
    FieldGroup,
    Headcount,
    Organization,
    OrganizationKind,
    OwnershipLink,
    Precision,
    Site,
)

YEARS = 5
# How far a point can be trusted, in decimals of a degree: about 1 m, 100 m, 1 km and 10 km.
DECIMALS: Mapping[str, int] = {
    Precision.EXACT: EXACT_DECIMALS,
    Precision.STREET: 3,
    Precision.LOCALITY: 2,
    Precision.ADMIN: 1,
}
RESEARCHING = (
    OrganizationKind.UNIVERSITY,
    OrganizationKind.RESEARCH_CENTER,
    OrganizationKind.TECHNOLOGY_CENTER,
)


@dataclass(frozen=True, kw_only=True)
class ShownSite:
    """A place of work as a reader may see it."""

    site: Site
    with_address: bool

    @property
    def name(self) -> str:
        """Its name; empty for who does not see addresses."""
        return self.site.name if self.with_address else ""

    @property
    def address(self) -> str:
        """Its street address; empty for who does not see it."""
        return self.site.address if self.with_address else ""

    @property
    def headcount(self) -> int | None:
        """How many people work there."""
        return self.site.headcount if self.with_address else None

    @property
    def precision(self) -> str:
        """How exactly the shown point is known; never finer than the city without addresses."""
        coarse = self.with_address or self.site.precision == Precision.ADMIN
        return self.site.precision if coarse else Precision.LOCALITY


YEARLY = frozenset(
    {
        FieldGroup.SALES,
        FieldGroup.SALES_AMOUNT,
        FieldGroup.HEADCOUNT,
        FieldGroup.TRADE_SHARES,
        FieldGroup.BALANCE,
    }
)


@dataclass(frozen=True, kw_only=True)
class YearShown:
    """Figures of a year, each as far as it is shown."""

    fiscal_year: int
    sales_band: str = ""
    sales: str = ""
    sales_amount: Any = None
    currency: str = ""
    people_band: str = ""
    people: str = ""
    exports_pct: Any = None
    imports_pct: Any = None
    balance_band: str = ""
    balance: str = ""


@dataclass(frozen=True, kw_only=True)
class ShownProfile:
    """The parts that a reader sees; what is hidden or not told is empty."""

    fields: frozenset[FieldGroup]
    sites: Sequence[ShownSite] = ()
    founded_on: dt.date | None = None
    activity_start_on: dt.date | None = None
    legal_form: str = ""
    website: str = ""
    languages: Sequence[str] = ()
    social_links: Sequence[Any] = ()
    service_area: Any = None
    market: Any = None
    certificates: Sequence[Certificate] = ()
    with_evidence: bool = False
    registrations: Sequence[Any] = ()
    capabilities: Sequence[Any] = ()
    equipment: Sequence[Any] = ()
    size_declaration: Any = None
    headcount: Headcount | None = None
    figures: Sequence[YearShown] = ()
    ownership: Any = None
    ownership_links: Sequence[OwnershipLink] = ()
    research: Any = None
    tech_transfer: Any = None
    research_groups: Sequence[Any] = ()
    with_leads: bool = False
    technical_services: Sequence[Any] = ()
    agency: Any = None
    association: Any = None
    leadership: Any = field(default=None)


def shown_profile(organization: Organization, fields: frozenset[FieldGroup]) -> ShownProfile:
    """Read the parts that are shown of an organization from ``organization_page_rows``."""
    prefetch_related_objects([organization], *_reads(organization, fields))
    values: dict[str, Any] = {}
    for group, read in _PARTS.items():
        if group in fields:
            values |= read(organization)
    return ShownProfile(
        fields=fields,
        sites=[
            ShownSite(site=site, with_address=FieldGroup.ADDRESSES in fields)
            for site in organization.sites.all()
        ],
        certificates=_certificates(organization, fields),
        with_evidence=FieldGroup.EVIDENCE in fields,
        figures=_figures(organization, fields),
        with_leads=FieldGroup.RESEARCH_LEADS in fields,
        **values,
    )


def record(organization: Organization, name: str) -> Any:
    """Return a record that an organization may have, or None."""
    return getattr(organization, name, None)


def _reads(organization: Organization, fields: frozenset[FieldGroup]) -> list[Any]:
    """Return what is read beside the organization, for the parts that are shown."""
    units = AdminUnit.objects.defer("boundary").order_by("country_code", "level", "code")
    wanted: dict[FieldGroup, list[Any]] = {
        FieldGroup.WEB: ["social_links"],
        FieldGroup.SERVICE_AREA: [Prefetch("service_area__units", units)],
        FieldGroup.MARKETS: [Prefetch("market_profile__units", units)],
        FieldGroup.CAPABILITIES: ["capabilities", "equipment"],
        FieldGroup.REGISTRATIONS: ["registrations"],
        FieldGroup.HEADCOUNT: ["headcounts"],
        FieldGroup.OWNERSHIP: [_links("ownership_links_up"), _links("ownership_links_down")],
        FieldGroup.AGENCY: [Prefetch("agency_profile__units", units)],
        FieldGroup.ASSOCIATION: [
            Prefetch("association_profile__units", units),
            "association_profile__sectors",
        ],
    }
    if organization.kind in RESEARCHING:
        wanted[FieldGroup.RESEARCH] = ["research_groups", "technical_services"]
    reads = [read for group, found in wanted.items() if group in fields for read in found]
    if fields & YEARLY:
        reads.append("annual_figures")
    return reads


def _links(name: str) -> "Prefetch[Any]":
    rows = OwnershipLink.objects.select_related("owner", "owned")
    return Prefetch(name, rows)


def _certificates(
    organization: Organization, fields: frozenset[FieldGroup]
) -> Sequence[Certificate]:
    shown: Sequence[Certificate] = getattr(organization, "valid_certificates", ())
    return shown if FieldGroup.CERTIFICATES in fields else ()


def _figures(organization: Organization, fields: frozenset[FieldGroup]) -> list[YearShown]:
    if not fields & YEARLY:
        return []
    shown = [_year(row, fields) for row in organization.annual_figures.all()[:YEARS]]
    return [year for year in shown if year != YearShown(fiscal_year=year.fiscal_year)]


def _year(row: AnnualFigures, fields: frozenset[FieldGroup]) -> YearShown:
    values: dict[str, Any] = {}
    if FieldGroup.SALES in fields:
        values |= {"sales_band": row.sales_band, "sales": row.get_sales_band_display()}
    if FieldGroup.SALES_AMOUNT in fields and row.sales_amount is not None:
        values |= {"sales_amount": row.sales_amount, "currency": row.currency}
    if FieldGroup.HEADCOUNT in fields:
        values |= {"people_band": row.people_band, "people": row.get_people_band_display()}
    if FieldGroup.TRADE_SHARES in fields:
        values |= {"exports_pct": row.exports_pct, "imports_pct": row.imports_pct}
    if FieldGroup.BALANCE in fields:
        values |= {"balance_band": row.balance_band, "balance": row.get_balance_band_display()}
    return YearShown(fiscal_year=row.fiscal_year, **values)


def _research(organization: Organization) -> dict[str, Any]:
    if organization.kind not in RESEARCHING:
        return {}
    return {
        "research": record(organization, "research_profile"),
        "research_groups": organization.research_groups.all(),
        "technical_services": organization.technical_services.all(),
    }


def _ownership(organization: Organization) -> dict[str, Any]:
    ups, downs = organization.ownership_links_up.all(), organization.ownership_links_down.all()
    return {"ownership": record(organization, "ownership"), "ownership_links": [*ups, *downs]}


_PARTS: dict[FieldGroup, Any] = {
    FieldGroup.FOUNDING: lambda own: {"founded_on": own.founded_on},
    FieldGroup.ACTIVITY_START: lambda own: {"activity_start_on": own.activity_start_on},
    FieldGroup.LEGAL_FORM: lambda own: {"legal_form": own.legal_form},
    FieldGroup.WEB: lambda own: {
        "website": own.website,
        "social_links": own.social_links.all(),
    },
    FieldGroup.SERVICE_AREA: lambda own: {"service_area": record(own, "service_area")},
    FieldGroup.MARKETS: lambda own: {
        "market": record(own, "market_profile"),
        "languages": own.languages,
    },
    FieldGroup.CAPABILITIES: lambda own: {
        "capabilities": own.capabilities.all(),
        "equipment": own.equipment.all(),
    },
    FieldGroup.REGISTRATIONS: lambda own: {"registrations": own.registrations.all()},
    FieldGroup.SIZE_DECLARATION: lambda own: {"size_declaration": record(own, "size_declaration")},
    FieldGroup.HEADCOUNT: lambda own: {"headcount": next(iter(own.headcounts.all()), None)},
    FieldGroup.OWNERSHIP: _ownership,
    FieldGroup.RESEARCH: _research,
    FieldGroup.TECH_TRANSFER: lambda own: {"tech_transfer": record(own, "research_profile")},
    FieldGroup.AGENCY: lambda own: {"agency": record(own, "agency_profile")},
    FieldGroup.ASSOCIATION: lambda own: {"association": record(own, "association_profile")},
    FieldGroup.LEADERSHIP: lambda own: {"leadership": record(own, "leadership")},
}
