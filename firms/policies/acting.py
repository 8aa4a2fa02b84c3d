"""Who may act in the name of an organization that is not theirs, and what they may do in it."""

from django.db.models import Q, QuerySet

from accounts.models import User
from firms.models import (
    Affiliation,
    AffiliationRole,
    Delegation,
    Membership,
    Organization,
    OrganizationKind,
    OrganizationQuerySet,
    OrganizationStatus,
)
from firms.policies.organizations import EDITING_ROLES

SESSION_KEY = "acting"  # where a browser's session keeps which acting it began
# All that may be written in somebody else's name: what its editors publish. Never who belongs to
# it, who it is, what it claims, what it declares, or which cluster it joins.
ACTING_VIEWS = frozenset(
    f"firms:{kind}-{what}" for kind in ("need", "offer") for what in ("create", "edit", "move")
) | {
    "matching:respond",
    "matching:write",
    "matching:write-step",
    "matching:introduction-ask",
    "matching:introduction",
}
ALWAYS = frozenset({"firms:acting-stop", "account_logout"})


def possible_delegates(organization: Organization) -> OrganizationQuerySet:
    """Return who may be let act for an organization.

    The bodies that manage its clusters, the agencies of its clusters, and those of its country in
    which somebody works with Racimo.
    """
    clusters = Affiliation.objects.confirmed().filter(organization=organization).values("cluster")
    beside = Affiliation.objects.confirmed().filter(cluster__in=clusters)
    managers = beside.filter(role=AffiliationRole.MANAGER).values("organization")
    agency = Q(kind=OrganizationKind.PUBLIC_AGENCY)
    staffed = Membership.objects.filter(role__in=EDITING_ROLES).values("organization")
    near = Q(pk__in=beside.values("organization")) | Q(
        country_id=organization.country_id, pk__in=staffed
    )
    rows = Organization.objects.filter(status=OrganizationStatus.ACTIVE)
    rows = rows.filter(Q(pk__in=managers) | (agency & near))
    return rows.exclude(pk=organization.pk).order_by("legal_name", "pk")


def usable_delegations(actor: User) -> QuerySet[Delegation]:
    """Return the consents under which a person may act now: theirs is the body, it still may."""
    own = Membership.objects.filter(user=actor, role__in=EDITING_ROLES).values("organization")
    rows = Delegation.objects.filter(ended_at=None, delegate__in=own)
    rows = rows.filter(
        organization__status=OrganizationStatus.ACTIVE, delegate__status=OrganizationStatus.ACTIVE
    )
    rows = rows.select_related("organization", "delegate")
    return rows.order_by("organization__legal_name", "pk")


def may_act(actor: User, delegation: Delegation) -> bool:
    """Say whether the person, the consent and the tie between both bodies still stand."""
    if not usable_delegations(actor).filter(pk=delegation.pk).exists():
        return False
    return possible_delegates(delegation.organization).filter(pk=delegation.delegate_id).exists()


def may_write_there(view_name: str) -> bool:
    """Say whether a page may be written to in somebody else's name."""
    return view_name in ACTING_VIEWS or view_name in ALWAYS
