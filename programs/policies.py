"""Who may see and do what with programs, calls and verdicts.

What a person may not see does not exist for them: callers get rows through these sets.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from common.models import Change
from firms.models import Membership, Organization, OrganizationKind, Verification
from firms.policies import (
    EDITING_ROLES,
    Actor,
    can_edit,
    organizations_of,
    visible_organizations,
)
from programs.models import Award, Call, CallQuerySet, Program, ProgramQuerySet

AGENCY_KINDS = (
    OrganizationKind.PUBLIC_AGENCY,
    OrganizationKind.CHAMBER,
    OrganizationKind.CLUSTER_ORGANIZATION,
    OrganizationKind.LENDER,
    OrganizationKind.NGO,
    OrganizationKind.UNIVERSITY,
    OrganizationKind.RESEARCH_CENTER,
    OrganizationKind.TECHNOLOGY_CENTER,
)


def agencies_of(actor: Actor) -> QuerySet[Organization]:
    """Return the organizations for which an actor may publish programs."""
    if not actor.is_authenticated:
        return Organization.objects.none()
    edited = Membership.objects.filter(
        user=actor, role__in=EDITING_ROLES, organization=OuterRef("pk")
    )
    return Organization.objects.active().filter(Exists(edited), kind__in=AGENCY_KINDS)


def editable_programs(actor: Actor) -> ProgramQuerySet:
    """Return the programs that an actor may write: those of the agencies they edit for."""
    return Program.objects.filter(agency__in=agencies_of(actor).values("pk"))


def visible_programs(actor: Actor) -> ProgramQuerySet:
    """Return the programs that an actor may see: published ones, and drafts they may write."""
    if actor.is_authenticated and actor.is_staff:
        return Program.objects.all()
    own = editable_programs(actor).values("pk")
    published = Program.objects.published().values("pk")
    return Program.objects.filter(Q(pk__in=published) | Q(pk__in=own))


def visible_awards(actor: Actor) -> QuerySet[Award]:
    """Return what an actor may know to have been given: by and to whom they may see."""
    programs = visible_programs(actor).order_by().values("pk")
    holders = visible_organizations(actor).order_by().values("pk")
    return Award.objects.filter(program__in=programs, organization__in=holders)


def programs_with_history(actor: Actor) -> ProgramQuerySet:
    """Return the programs whose history an actor may read: those of their agency; staff, all."""
    if actor.is_authenticated and actor.is_staff:
        return Program.objects.all()
    return Program.objects.filter(agency__in=organizations_of(actor).values("pk"))


def changes_of_program(program: Program) -> QuerySet[Change]:
    """Return what changed of a program, its calls and their criteria."""
    return Change.objects.filter(subject="program", subject_id=program.pk)


def editable_calls(actor: Actor) -> CallQuerySet:
    """Return the calls of the programs that an actor may write."""
    return Call.objects.filter(program__in=editable_programs(actor).values("pk"))


def visible_calls(actor: Actor) -> CallQuerySet:
    """Return the calls that an actor may see: public ones, and drafts they may write."""
    if actor.is_authenticated and actor.is_staff:
        return Call.objects.all()
    own = editable_calls(actor).values("pk")
    return Call.objects.filter(Q(pk__in=Call.objects.public().values("pk")) | Q(pk__in=own))


def judged_organizations(actor: Actor) -> QuerySet[Organization]:
    """Return the organizations whose verdicts an actor may read.

    Their own; and those known from public sources only, since their facts are public. What an
    organization that manages its record told us is for its own people, and each part of it for
    who may see that (``facts_of``).
    """
    listed = visible_organizations(actor).filter(verification=Verification.LISTED)
    if not actor.is_authenticated:
        return listed
    if actor.is_staff:
        return Organization.objects.all()
    own = organizations_of(actor).values("pk")
    return Organization.objects.filter(Q(pk__in=own) | Q(pk__in=listed.values("pk")))


def can_declare_for(actor: Actor, organization: Organization) -> bool:
    """Say whether an actor may answer programs' questions for an organization."""
    return can_edit(actor, organization)
