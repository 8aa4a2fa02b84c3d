"""Whose drafts of registrations are whose, who learns who holds a number, who decides on it."""

from django.db.models import QuerySet

from firms.identifiers import is_personal
from firms.models import (
    Identifier,
    NumberReview,
    Organization,
    OrganizationKind,
    RegistrationDraft,
    RegistrationDraftQuerySet,
)
from firms.policies.actors import Actor
from firms.policies.organizations import organizations_of, visible_organizations


def own_drafts(actor: Actor) -> RegistrationDraftQuerySet:
    """Return the registrations that a person has begun, finished ones too, the newest first."""
    if not actor.is_authenticated:
        return RegistrationDraft.objects.none()
    return RegistrationDraft.objects.filter(owner=actor).order_by("-updated_at", "-pk")


def holder_shown_to(actor: Actor, held: Identifier) -> Organization | None:
    """Return who holds a number if this person may learn it by typing the number.

    A natural person's number leads to nobody but those of that organization: it would give away
    whose number it is.
    """
    own = organizations_of(actor).filter(pk=held.organization_id).first()
    if own is not None:
        return own
    shown = visible_organizations(actor).filter(pk=held.organization_id).first()
    if shown is None or shown.kind == OrganizationKind.SOLE_TRADER:
        return None
    return None if is_personal(held.scheme, held.normalized) else shown


def reviewable_numbers(actor: Actor) -> QuerySet[NumberReview]:
    """Return the declared numbers that wait for the team, to the team."""
    if not (actor.is_authenticated and actor.is_staff):
        return NumberReview.objects.none()
    return NumberReview.objects.filter(outcome="").order_by("created_at", "pk")


def own_number_reviews(actor: Actor) -> QuerySet[NumberReview]:
    """Return the numbers of a person's organizations that wait for the team."""
    if not actor.is_authenticated:
        return NumberReview.objects.none()
    own = organizations_of(actor).order_by().values("pk")
    return NumberReview.objects.filter(outcome="", organization__in=own).order_by("pk")
