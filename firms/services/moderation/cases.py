"""Putting something before the team, once."""

from django.db import transaction

from accounts.models import User
from firms.models import Case, CaseKind, Claim, Membership, Need, Offer, Organization, Verification


@transaction.atomic
def open_case(
    *,
    kind: CaseKind,
    organization: Organization,
    claim: Claim | None = None,
    listing: Need | Offer | None = None,
) -> Case:
    """Return the case that waits about this, or a new one; under the organization's lock."""
    Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    about = {
        "kind": kind,
        "organization": organization,
        "claim": claim,
        "need": listing if isinstance(listing, Need) else None,
        "offer": listing if isinstance(listing, Offer) else None,
    }
    same = {name: value for name, value in about.items() if value is not None}
    empty = {f"{name}__isnull": True for name, value in about.items() if value is None}
    waiting = Case.objects.waiting().filter(**same, **empty).first()
    return waiting or Case.objects.create(**about)


def is_trusted(person: User) -> bool:
    """Say whether what a person registers needs no look: theirs of the team and of the verified."""
    if person.is_staff:
        return True
    own = Membership.objects.filter(user=person)
    return own.filter(organization__verification=Verification.VERIFIED).exists()
