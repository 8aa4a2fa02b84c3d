"""The movers of the tables of this app."""

from django.db.models import Q

from firms.models import (
    Affiliation,
    AffiliationRole,
    AgencyProfile,
    AnnualFigures,
    AssociationProfile,
    Beneficiary,
    Capability,
    Case,
    Certificate,
    Claim,
    ClaimStatus,
    ColumnMemory,
    Contact,
    Delegation,
    DirectoryEntry,
    DuplicateDecision,
    DuplicatePair,
    Equipment,
    FieldVisibility,
    Headcount,
    Identifier,
    Invitation,
    Leadership,
    LifecycleMove,
    MarketProfile,
    Membership,
    Need,
    NumberReview,
    Offer,
    OrganizationActivity,
    OrganizationAlias,
    OrganizationMerge,
    Ownership,
    OwnershipLink,
    PeopleReview,
    Registration,
    RegistrationDraft,
    ResearchGroup,
    ResearchProfile,
    Role,
    ServiceArea,
    Site,
    SizeDeclaration,
    SocialLink,
    Spreadsheet,
    SpreadsheetRow,
    Suspension,
    TechnicalService,
)
from firms.services.duplicates.movers import Mover, delete_rows

_ROLES = {role: rank for rank, role in enumerate(Role.values)}
_PARTS = {role: rank for rank, role in enumerate(AffiliationRole.values)}


def _people(kept: int, removed: int) -> None:
    """A person in both keeps the higher role."""
    theirs = dict(
        Membership.objects.filter(organization=removed).values_list("user_id", "role").order_by()
    )
    for row in Membership.objects.filter(organization=kept, user__in=theirs).order_by("pk"):
        if _ROLES[theirs[row.user_id]] > _ROLES[row.role]:
            Membership.objects.filter(pk=row.pk).update(role=theirs[row.user_id])


def _clusters(kept: int, removed: int) -> None:
    """In a cluster of both, the kept record has what either side confirmed and the higher part."""
    current = Affiliation.objects.filter(ended_on=None)
    ours = {row.cluster_id: row for row in current.filter(organization=kept)}
    for row in current.filter(organization=removed, cluster__in=ours).order_by("pk"):
        own = ours[row.cluster_id]
        delete_rows(Affiliation.objects.filter(pk=row.pk))
        Affiliation.objects.filter(pk=own.pk).update(
            cluster_confirmed_on=own.cluster_confirmed_on or row.cluster_confirmed_on,
            member_confirmed_on=own.member_confirmed_on or row.member_confirmed_on,
            role=max(own.role, row.role, key=lambda part: _PARTS[part]),
        )


def _invitations(kept: int, removed: int) -> None:
    """One open invitation an address."""
    waiting = Invitation.objects.filter(accepted_at=None, revoked_at=None)
    ours = waiting.filter(organization=kept).values_list("email", flat=True)
    addresses = {email.lower() for email in ours}
    theirs = waiting.filter(organization=removed).order_by("pk")
    twice = [row.pk for row in theirs if row.email.lower() in addresses]
    delete_rows(Invitation.objects.filter(pk__in=twice))


def _sites(kept: int, removed: int) -> None:
    """A site at the same address, or that only names a city where there is one, says no more."""
    ours = list(Site.objects.filter(organization=kept).values_list("city_id", "address"))
    cities = {city for city, _address in ours if city}
    twice = [
        site.pk
        for site in Site.objects.filter(organization=removed).order_by("pk")
        if site.city_id in cities and (not site.address or (site.city_id, site.address) in ours)
    ]
    delete_rows(Site.objects.filter(pk__in=twice))


def _references(kept: int, removed: int) -> None:
    """Two listings of one reference of a source stay two; the moved one forgets the reference."""
    for model in (Offer, Need):
        taken = model._base_manager.filter(organization=kept).exclude(source_ref="")
        same = model._base_manager.filter(
            organization=removed, source_ref__in=taken.values("source_ref")
        )
        same.update(source_ref="")


def _successors(kept: int, removed: int) -> None:
    """A record that was continued by the other one is continued by nobody now."""
    moves = LifecycleMove.objects
    moves.filter(organization=kept, successor=removed).update(successor=None)
    moves.filter(organization=removed, successor=kept).update(successor=None)


UNDECIDED = Q(status__in=(ClaimStatus.OPEN, ClaimStatus.REVIEW))

MOVERS: tuple[Mover, ...] = (
    Mover(DuplicateDecision, path="pair__first", drops=True),
    Mover(DuplicateDecision, path="pair__second", drops=True),
    Mover(DuplicatePair, path="first", drops=True),
    Mover(DuplicatePair, path="second", drops=True),
    Mover(OrganizationActivity, same=("classification",), flag="is_main"),
    Mover(Identifier, flag="is_primary"),
    Mover(Site, flag="is_main", first=_sites),
    Mover(Certificate, same=("standard", "number")),
    Mover(Capability, same=("name",)),
    Mover(Equipment),
    Mover(Headcount, same=("as_of",)),
    Mover(AnnualFigures, same=("fiscal_year",)),
    Mover(AgencyProfile, same=(), fills=True),
    Mover(AssociationProfile, same=(), fills=True),
    Mover(Leadership, same=()),  # each was consented to as a whole
    Mover(Ownership, same=(), fills=True),
    Mover(OwnershipLink, path="owner", other="owned", same=("owned",)),
    Mover(OwnershipLink, path="owned", other="owner", same=("owner",)),
    Mover(ServiceArea, same=()),
    Mover(MarketProfile, same=(), fills=True),
    Mover(Registration, same=("registry", "number")),
    Mover(SizeDeclaration, same=()),
    Mover(ResearchProfile, same=(), fills=True),
    Mover(ResearchGroup, same=("name",)),
    Mover(TechnicalService, same=("name",)),
    Mover(SocialLink, same=("url",)),
    Mover(FieldVisibility, same=("group",)),
    Mover(Membership, same=("user",), first=_people),
    Mover(Invitation, first=_invitations),
    Mover(Affiliation, first=_clusters),
    Mover(Offer, first=_references),
    Mover(Need),
    Mover(Offer.guests.through, same=("offer",)),
    Mover(Need.guests.through, same=("need",)),
    Mover(LifecycleMove, first=_successors),
    Mover(LifecycleMove, path="successor"),
    Mover(OrganizationAlias),
    Mover(OrganizationMerge, path="kept"),
    Mover(Spreadsheet, path="owner"),
    Mover(SpreadsheetRow, path="alike"),
    Mover(SpreadsheetRow),
    Mover(ColumnMemory, path="owner"),
    Mover(RegistrationDraft),
    Mover(Claim, same=("claimant", "purpose", "status"), among=UNDECIDED),
    Mover(Claim, path="voucher"),
    Mover(Delegation, same=("delegate",), other="delegate", among=Q(ended_at=None)),
    Mover(Delegation, path="delegate", same=("organization",), among=Q(ended_at=None)),
    Mover(Case),
    Mover(Contact),
    Mover(Suspension, same=(), among=Q(lifted_at=None)),
    Mover(PeopleReview),
    Mover(NumberReview, same=("scheme", "normalized", "outcome")),
    Mover(Beneficiary, drops=True, is_computed=True),
    Mover(DirectoryEntry, drops=True, is_computed=True),  # triggers of the tables keep it: last
)
