"""Which things a profile tells, as ``firms.completeness`` weighs them."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from firms.models import (
    AgencyProfile,
    AnnualFigures,
    AssociationProfile,
    Capability,
    Certificate,
    Headcount,
    MarketProfile,
    Organization,
    OrganizationActivity,
    Registration,
    ResearchGroup,
    ResearchProfile,
    ServiceArea,
    Site,
    TechnicalService,
)

_TELLING: dict[str, QuerySet[Any]] = {
    "activities": OrganizationActivity.objects.all(),
    "site": Site.objects.all(),
    "service_area": ServiceArea.objects.filter(
        Q(radius_km__isnull=False) | Q(works_remotely=True) | Q(units__isnull=False)
    ),
    "capabilities": Capability.objects.all(),
    "certificates": Certificate.objects.all(),
    "headcount": Headcount.objects.all(),
    "annual_figures": AnnualFigures.objects.exclude(sales_band=""),
    "research_groups": ResearchGroup.objects.all(),
    "technical_services": TechnicalService.objects.all(),
    "tech_transfer": ResearchProfile.objects.exclude(office_email=""),
    "agency": AgencyProfile.objects.exclude(level=""),
    "association": AssociationProfile.objects.filter(member_count__isnull=False),
    "registrations": Registration.objects.all(),
    "markets": MarketProfile.objects.filter(~Q(export_experience="") | Q(units__isnull=False)),
}
_TELLING_COLUMNS = (
    "one_line",
    "size_class",
    "activity_start_on",
    "description",
    "founded_on",
    "website",
    "role_email",
    "languages",
)


def told_by(organization: Organization) -> set[str]:
    """Return which items of ``firms.completeness`` a profile tells, in one query."""
    own = Organization.objects.filter(pk=organization.pk)
    told = own.values_list(
        *(Exists(rows.filter(organization=OuterRef("pk"))) for rows in _TELLING.values())
    ).get()
    found = {name for name, is_told in zip(_TELLING, told, strict=True) if is_told}
    return found | {name for name in _TELLING_COLUMNS if getattr(organization, name)}
