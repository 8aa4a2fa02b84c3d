"""Which proofs a person can bring for an organization, and how far each one reaches."""

from collections.abc import Sequence
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from clusters.models import Cluster
from firms.domains import domain_of, is_free, own_domain
from firms.models import (
    Affiliation,
    AffiliationRole,
    ClaimMethod,
    ClaimPurpose,
    FieldGroup,
    Membership,
    Organization,
    OrganizationKind,
    OrganizationQuerySet,
    Role,
    Site,
    Verification,
)
from firms.policies import visible_fields

UNIVERSITIES = (OrganizationKind.UNIVERSITY, OrganizationKind.RESEARCH_CENTER)
REGISTER_OF_UNIVERSITIES = "ror"
MAX_VOUCHERS = 20


@dataclass(frozen=True)
class Proofs:
    """What is open to one person for one organization."""

    role_email: str
    website: str
    domain: str
    by_university: bool
    vouchers: Sequence[Organization]
    documents: bool = True


def proofs_for(organization: Organization, *, by: User, purpose: ClaimPurpose) -> Proofs:
    """Return the proofs that this person can bring.

    Who administers the organization already wrote its addresses: only others can vouch for it.
    """
    administers = is_administrator(organization, by)
    mail = not administers
    shown = FieldGroup.WEB in visible_fields(by, organization)  # a hidden site is not told here
    website = organization.website if shown else ""
    return Proofs(
        role_email=organization.role_email if mail else "",
        website=website,
        domain=own_domain(website) if mail else "",
        by_university=mail and is_of_university(organization, by),
        vouchers=list(vouchers_of(organization).order_by("legal_name", "pk")[:MAX_VOUCHERS])
        if purpose == ClaimPurpose.OURS
        else [],
    )


def is_administrator(organization: Organization, person: User) -> bool:
    """Say whether a person administers an organization."""
    own = Membership.objects.filter(organization=organization, user=person)
    return own.filter(role=Role.ADMINISTRATOR).exists()


def is_of_university(organization: Organization, person: User) -> bool:
    """Say whether a person's proven address is at the domain that a register gives a university.

    The very domain counts, not the ones below it, where many of them keep their students.
    """
    domain = own_domain(organization.website)
    known = organization.kind in UNIVERSITIES and organization.source == REGISTER_OF_UNIVERSITIES
    if not known or not domain or domain_of(person.email) != domain:
        return False
    proven = EmailAddress.objects.filter(user=person, email__iexact=person.email, verified=True)
    return bool(proven.exists())


def vouchers_of(organization: Organization) -> OrganizationQuerySet:
    """Return who may vouch: verified cluster organizations and agencies that cover it.

    A cluster covers its confirmed members and whoever works in its territory. An agency covers the
    division where it has its seat, and the clusters that it belongs to.
    """
    main = Site.objects.filter(organization=organization, is_main=True).first()
    clusters = set(
        Affiliation.objects.confirmed()
        .filter(organization=organization)
        .order_by()
        .values_list("cluster", flat=True)
    )
    if main:
        inside = Cluster.objects.filter(territory__covers=main.point)
        clusters |= set(inside.order_by().values_list("pk", flat=True))
    covers = Affiliation.objects.confirmed().filter(
        organization=OuterRef("pk"), cluster__in=clusters
    )
    near = Site.objects.filter(
        organization=OuterRef("pk"),
        is_main=True,
        admin_unit=main.admin_unit_id if main else None,
    )
    managing = Exists(covers.filter(role=AffiliationRole.MANAGER))
    rows = Organization.objects.active().filter(verification=Verification.VERIFIED)
    return rows.exclude(pk=organization.pk).filter(
        Q(managing, kind=OrganizationKind.CLUSTER_ORGANIZATION)
        | Q(Exists(covers) | Exists(near), kind=OrganizationKind.PUBLIC_AGENCY)
    )


def level_of(method: str, *, organization: Organization, email: str = "") -> Verification:
    """Say how far an accepted proof reaches.

    The address that a register holds, a document, and the word of a verified body verify. An
    address at the organization's domain shows that somebody works or studies there: it claims.
    """
    if method in (ClaimMethod.DOCUMENT, ClaimMethod.VOUCHING):
        return Verification.VERIFIED
    registered = organization.verification == Verification.LISTED and bool(email)
    at_register = registered and email.lower() == organization.role_email.lower()
    return Verification.VERIFIED if at_register and not is_free(email) else Verification.CLAIMED
