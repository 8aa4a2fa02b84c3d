"""Who may look at cases, decide them, and appeal."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import BlockEntry, User
from firms.models import Case, CaseOutcome, CaseQuerySet, CaseStatus, Decision, Membership, Role
from firms.policies.actors import Actor

AGAINST_ORGANIZATION = (
    CaseOutcome.SUSPEND,
    CaseOutcome.TAKE_DOWN,
    CaseOutcome.ACCEPT,
    CaseOutcome.REPLACE,
)


def moderated_cases(actor: Actor) -> CaseQuerySet:
    """Return every case to the team; to anyone else there are none."""
    if not (actor.is_authenticated and actor.is_staff):
        return Case.objects.none()
    return Case.objects.select_related("organization__country", "claim__claimant", "need", "offer")


def own_cases(actor: Actor) -> CaseQuerySet:
    """Return the decided cases that concern a person: refused claims, and their organizations'.

    What an organization reads of is what was decided against it; who reported it is never there.
    """
    if not actor.is_authenticated:
        return Case.objects.none()
    decided = Case.objects.exclude(status=CaseStatus.OPEN)
    own = Membership.objects.filter(user=actor).exclude(role=Role.READER).values("organization")
    against = Decision.objects.filter(case=OuterRef("pk"), outcome__in=AGAINST_ORGANIZATION)
    disputed = Q(claim__is_dispute=True) & Q(
        organization__in=Membership.objects.filter(user=actor).values("organization")
    )
    concerns = Q(claim__claimant=actor) | (
        (Q(claim=None, organization__in=own) | disputed) & Q(Exists(against))
    )
    return decided.filter(concerns).select_related("organization", "claim", "need", "offer")


def is_party(person: User, case: Case) -> bool:
    """Say whether a person has a stake in a case: nobody decides about their own."""
    if case.claim and case.claim.claimant_id == person.pk:
        return True
    return Membership.objects.filter(user=person, organization=case.organization_id).exists()


def block_entries(actor: Actor) -> QuerySet[BlockEntry]:
    """Return the block list to the team; to anyone else it does not exist."""
    if not (actor.is_authenticated and actor.is_staff):
        return BlockEntry.objects.none()
    return BlockEntry.objects.select_related("added_by")
