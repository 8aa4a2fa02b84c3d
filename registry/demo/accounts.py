"""People of the demo world."""

import datetime as dt

from allauth.account.models import EmailAddress

from accounts.models import User
from firms.models import Membership, Organization, Role
from programs.models import Declaration
from registry.demo.entries import AccountsEntry, CannotLoadDemo, PersonEntry
from registry.demo.organizations import SOURCE


def write_accounts(accounts: AccountsEntry, *, today: dt.date) -> int:
    """Make the people who are not there yet; return how many there are to sign in as."""
    for person in accounts.people:
        user = User.objects.filter(email=person.email).first()
        if user is None:
            user = User.objects.create_user(
                person.email, accounts.password, name=person.name, is_staff=person.is_staff
            )
            user.is_superuser = person.is_staff
            user.save()
        EmailAddress.objects.update_or_create(
            user=user, email=person.email, defaults={"verified": True, "primary": True}
        )
        _join(user, person, today)
    return len(accounts.people)


def _join(user: User, person: PersonEntry, today: dt.date) -> None:
    if not person.organization:
        return
    organization = Organization.objects.filter(
        source=SOURCE, source_ref=person.organization
    ).first()
    if organization is None:
        raise CannotLoadDemo(f"{person.email}: {person.organization}?")
    Membership.objects.get_or_create(
        user=user, organization=organization, defaults={"role": Role.ADMINISTRATOR}
    )
    for question in person.declares:
        Declaration.objects.get_or_create(
            organization=organization,
            question=question,
            defaults={"holds": True, "declared_on": today, "declared_by": user},
        )
