"""Who may see and answer claims."""

from django.db.models import QuerySet

from firms.models import Claim, ClaimQuerySet, Membership, Organization, Role
from firms.policies.actors import Actor
from firms.policies.organizations import visible_organizations


def own_claims(actor: Actor, organization: Organization | None = None) -> ClaimQuerySet:
    """Return the claims that a person made, the newest first."""
    if not actor.is_authenticated:
        return Claim.objects.none()
    rows = Claim.objects.filter(claimant=actor).select_related("organization", "voucher")
    return rows.filter(organization=organization) if organization else rows


def claims_to_vouch(actor: Actor) -> ClaimQuerySet:
    """Return the claims that wait for the word of an organization that a person administers."""
    if not actor.is_authenticated:
        return Claim.objects.none()
    own = Membership.objects.filter(user=actor, role=Role.ADMINISTRATOR).values("organization")
    rows = Claim.objects.undecided().filter(voucher__in=own, vouched_by=None)
    return rows.exclude(claimant=actor).select_related("organization", "voucher", "claimant")


def claims_with_documents(actor: Actor) -> ClaimQuerySet:
    """Return the claims whose document a person may open: their own, and all to the team."""
    if not actor.is_authenticated:
        return Claim.objects.none()
    rows = Claim.objects.exclude(document_key="")
    return rows if actor.is_staff else rows.filter(claimant=actor)


def claimable_organizations(actor: Actor) -> QuerySet[Organization]:
    """Return the organizations that a person may claim: those that they see and that operate."""
    return visible_organizations(actor).active()
