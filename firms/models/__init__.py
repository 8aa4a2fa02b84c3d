"""Organizations, the people in them, what they offer and what they need."""

from firms.models.affiliations import Affiliation, AffiliationQuerySet, AffiliationRole
from firms.models.certificates import Certificate
from firms.models.identifiers import Identifier, IdentifierStatus
from firms.models.imports import (
    ImportBatch,
    ImportedRecord,
    ImportKind,
    ImportParty,
    ImportRejection,
)
from firms.models.listings import (
    CloseReason,
    Listing,
    ListingQuerySet,
    ListingStatus,
    ListingT,
    Partnership,
    Reach,
    Source,
)
from firms.models.memberships import Invitation, Membership, Role
from firms.models.needs import Need, Urgency
from firms.models.offers import Offer, OfferKind
from firms.models.organizations import (
    Organization,
    OrganizationActivity,
    OrganizationKind,
    OrganizationQuerySet,
    OrganizationStatus,
    SizeClass,
    Verification,
    Visibility,
)
from firms.models.references import ReferenceCounter
from firms.models.sites import Precision, Site, SiteKind
from firms.models.spreadsheets import (
    ColumnMemory,
    Fate,
    Outcome,
    RowChoice,
    Spreadsheet,
    SpreadsheetRow,
    SpreadsheetState,
)

__all__ = [
    "Affiliation",
    "AffiliationQuerySet",
    "AffiliationRole",
    "Certificate",
    "CloseReason",
    "ColumnMemory",
    "Fate",
    "Identifier",
    "IdentifierStatus",
    "ImportBatch",
    "ImportKind",
    "ImportParty",
    "ImportRejection",
    "ImportedRecord",
    "Invitation",
    "Listing",
    "ListingQuerySet",
    "ListingStatus",
    "ListingT",
    "Membership",
    "Need",
    "Offer",
    "OfferKind",
    "Organization",
    "OrganizationActivity",
    "OrganizationKind",
    "OrganizationQuerySet",
    "OrganizationStatus",
    "Outcome",
    "Partnership",
    "Precision",
    "Reach",
    "ReferenceCounter",
    "Role",
    "RowChoice",
    "Site",
    "SiteKind",
    "SizeClass",
    "Source",
    "Spreadsheet",
    "SpreadsheetRow",
    "SpreadsheetState",
    "Urgency",
    "Verification",
    "Visibility",
]
