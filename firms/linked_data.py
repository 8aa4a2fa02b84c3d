"""An organization in the words of schema.org, for whoever reads pages without eyes.

Only what anybody may see: the reader of the page makes no difference.
"""

from typing import Any

from django.conf import settings
from django.urls import reverse

from firms.identifiers import is_personal
from firms.models import (
    Certificate,
    FieldGroup,
    FieldLevel,
    Organization,
    OrganizationKind,
    Site,
    Visibility,
)
from firms.policies.fields import Sight

TYPES = {
    OrganizationKind.UNIVERSITY: "CollegeOrUniversity",
    OrganizationKind.RESEARCH_CENTER: "ResearchOrganization",
    OrganizationKind.PUBLIC_AGENCY: "GovernmentOrganization",
    OrganizationKind.NGO: "NGO",
    OrganizationKind.LENDER: "FinancialService",
}
BUSINESSES = (OrganizationKind.FIRM, OrganizationKind.SOLE_TRADER, OrganizationKind.COOPERATIVE)
GRID = 2  # decimals: others than its people never get a finer point

Data = dict[str, Any]


def linked_data(organization: Organization) -> Data | None:
    """Describe a public organization, as its page rows were read; None for any other."""
    if organization.visibility != Visibility.PUBLIC:
        return None
    shown = Sight(frozenset({FieldLevel.PUBLIC})).fields(organization)
    site = next(iter(organization.sites.all()), None)
    data: Data = {
        "@context": "https://schema.org",
        "@type": _type_of(organization, site),
        "@id": page_of(organization),
        "url": page_of(organization),
        "name": organization.name,
        "legalName": organization.legal_name,
        "alternateName": organization.acronym,
        "description": organization.one_line,
        "logo": _logo(organization),
        "taxID": _tax_id(organization),
        **(_place(site, organization, shown) if site else {}),
    }
    if FieldGroup.WEB in shown and organization.website:
        data["sameAs"] = [organization.website]
    if FieldGroup.FOUNDING in shown and organization.founded_on:
        data["foundingDate"] = organization.founded_on.isoformat()
    if FieldGroup.CERTIFICATES in shown:
        held = getattr(organization, "valid_certificates", [])
        data["hasCertification"] = [_certification(row) for row in held]
    return {key: value for key, value in data.items() if value}


def page_of(organization: Organization) -> str:
    """Return the absolute address of an organization's page in the language in force."""
    return f"{settings.SITE_ORIGIN}{reverse('firms:organization', args=[organization.public_id])}"


def _type_of(organization: Organization, site: Site | None) -> str:
    kind = OrganizationKind(organization.kind)
    return "LocalBusiness" if kind in BUSINESSES and site else TYPES.get(kind, "Organization")


def _logo(organization: Organization) -> str:
    if not organization.logo:
        return ""
    return f"{settings.SITE_ORIGIN}{reverse('logo', args=[organization.logo, 384, 'png'])}"


def _tax_id(organization: Organization) -> str:
    """Return the primary number, unless it is a natural person's."""
    if organization.kind == OrganizationKind.SOLE_TRADER:
        return ""
    numbers = [row for row in organization.identifiers.all() if row.is_primary]
    public = [row for row in numbers if not is_personal(row.scheme, row.normalized)]
    return public[0].value if public else ""


def _place(site: Site, organization: Organization, shown: frozenset[FieldGroup]) -> Data:
    address = {
        "@type": "PostalAddress",
        "streetAddress": site.address if FieldGroup.ADDRESSES in shown else "",
        "addressLocality": site.city.name if site.city else "",
        "addressRegion": site.admin_unit.label,
        "addressCountry": organization.country.code,
    }
    place: Data = {"address": {key: value for key, value in address.items() if value}}
    if organization.kind in BUSINESSES:
        latitude, longitude = round(site.point.y, GRID), round(site.point.x, GRID)
        place["geo"] = {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
    return place


def _certification(row: Certificate) -> Data:
    data = {
        "@type": "Certification",
        "name": row.standard.label,
        "certificationIdentification": row.number,
        "issuedBy": {"@type": "Organization", "name": row.body} if row.body else "",
        "expires": row.valid_until.isoformat() if row.valid_until else "",
    }
    return {key: value for key, value in data.items() if value}
