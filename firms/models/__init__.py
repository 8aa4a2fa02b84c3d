"""Organizations, the people in them, what they offer and what they need."""

from firms.models.affiliations import Affiliation, AffiliationQuerySet, AffiliationRole
from firms.models.capabilities import AccessTerms, Capability, Equipment
from firms.models.certificates import Certificate
from firms.models.claims import (
    DECIDED,
    MAX_TRIES,
    UNDECIDED,
    Claim,
    ClaimCode,
    ClaimMethod,
    ClaimPurpose,
    ClaimQuerySet,
    ClaimStatus,
    RemovedRecord,
)
from firms.models.delegations import ActingSession, ActingWrite, Delegation
from firms.models.duplicates import (
    DuplicateAnswer,
    DuplicateDecision,
    DuplicatePair,
    OrganizationAlias,
    OrganizationMerge,
)
from firms.models.figures import AnnualFigures, Band, Headcount
from firms.models.identifiers import Identifier, IdentifierStatus
from firms.models.imports import (
    ImportBatch,
    ImportedRecord,
    ImportKind,
    ImportParty,
    ImportRejection,
)
from firms.models.institutions import AdministrativeLevel, AgencyProfile, AssociationProfile
from firms.models.leadership import Leadership
from firms.models.lifecycle import ClosingReason, LifecycleKind, LifecycleMove
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
from firms.models.moderation import (
    WAITING,
    Case,
    CaseKind,
    CaseOutcome,
    CaseQuerySet,
    CaseStatus,
    Decision,
    ReasonClass,
    Report,
    Suspension,
)
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
from firms.models.ownership import Ownership, OwnershipLink, OwnershipLinkQuerySet
from firms.models.reach import ExportExperience, MarketProfile, ServiceArea
from firms.models.references import ReferenceCounter
from firms.models.registrations import Registration, SizeDeclaration
from firms.models.research import FeeType, ResearchGroup, ResearchProfile, TechnicalService
from firms.models.reviews import PeopleReview
from firms.models.sites import Precision, Site, SiteKind
from firms.models.social import SocialLink, SocialNetwork
from firms.models.spreadsheets import (
    ColumnMemory,
    Fate,
    Outcome,
    RowChoice,
    Spreadsheet,
    SpreadsheetRow,
    SpreadsheetState,
)
from firms.models.visibility import FieldGroup, FieldLevel, FieldVisibility
from firms.models.wizard import (
    NumberReview,
    RegistrationDraft,
    RegistrationDraftQuerySet,
    ReviewOutcome,
)

__all__ = [
    "DECIDED",
    "MAX_TRIES",
    "UNDECIDED",
    "WAITING",
    "AccessTerms",
    "ActingSession",
    "ActingWrite",
    "AdministrativeLevel",
    "Affiliation",
    "AffiliationQuerySet",
    "AffiliationRole",
    "AgencyProfile",
    "AnnualFigures",
    "AssociationProfile",
    "Band",
    "Capability",
    "Case",
    "CaseKind",
    "CaseOutcome",
    "CaseQuerySet",
    "CaseStatus",
    "Certificate",
    "Claim",
    "ClaimCode",
    "ClaimMethod",
    "ClaimPurpose",
    "ClaimQuerySet",
    "ClaimStatus",
    "CloseReason",
    "ClosingReason",
    "ColumnMemory",
    "Decision",
    "Delegation",
    "DuplicateAnswer",
    "DuplicateDecision",
    "DuplicatePair",
    "Equipment",
    "ExportExperience",
    "Fate",
    "FeeType",
    "FieldGroup",
    "FieldLevel",
    "FieldVisibility",
    "Headcount",
    "Identifier",
    "IdentifierStatus",
    "ImportBatch",
    "ImportKind",
    "ImportParty",
    "ImportRejection",
    "ImportedRecord",
    "Invitation",
    "Leadership",
    "LifecycleKind",
    "LifecycleMove",
    "Listing",
    "ListingQuerySet",
    "ListingStatus",
    "ListingT",
    "MarketProfile",
    "Membership",
    "Need",
    "NumberReview",
    "Offer",
    "OfferKind",
    "Organization",
    "OrganizationActivity",
    "OrganizationAlias",
    "OrganizationKind",
    "OrganizationMerge",
    "OrganizationQuerySet",
    "OrganizationStatus",
    "Outcome",
    "Ownership",
    "OwnershipLink",
    "OwnershipLinkQuerySet",
    "Partnership",
    "PeopleReview",
    "Precision",
    "Reach",
    "ReasonClass",
    "ReferenceCounter",
    "Registration",
    "RegistrationDraft",
    "RegistrationDraftQuerySet",
    "RemovedRecord",
    "Report",
    "ResearchGroup",
    "ResearchProfile",
    "ReviewOutcome",
    "Role",
    "RowChoice",
    "ServiceArea",
    "Site",
    "SiteKind",
    "SizeClass",
    "SizeDeclaration",
    "SocialLink",
    "SocialNetwork",
    "Source",
    "Spreadsheet",
    "SpreadsheetRow",
    "SpreadsheetState",
    "Suspension",
    "TechnicalService",
    "Urgency",
    "Verification",
    "Visibility",
]
