"""People of the demo world."""

import datetime as dt

from allauth.account.models import EmailAddress

from accounts.models import Pace, User
from firms.models import Listed, Membership, Organization, Role, SavedSearch
from programs.models import Declaration
from registry.demo.entries import AccountsEntry, CannotLoadDemo, PersonEntry
from registry.demo.organizations import SOURCE

SEARCHES = {
    "pyme@racimo.example": {
        "Ofertas de botellas": (Listed.OFFERS, "q=botellas", Pace.WEEKLY),
        "Necesidades en Chile": (Listed.NEEDS, "country=CL", Pace.DAILY),
    },
    "agencia@racimo.example": {
        "Empresas apoyadas": (Listed.ORGANIZATIONS, "beneficiary=on", Pace.NONE),
    },
}


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
            _keep_searches(user, person, today)
        EmailAddress.objects.update_or_create(
            user=user, email=person.email, defaults={"verified": True, "primary": True}
        )
        _join(user, person, today)
    return len(accounts.people)


def _keep_searches(user: User, person: PersonEntry, today: dt.date) -> None:
    """Give a person searches whose news of the last two weeks they have not seen."""
    since = dt.datetime.combine(today - dt.timedelta(days=14), dt.time(), dt.UTC)
    for name, (listed, query, pace) in SEARCHES.get(person.email, {}).items():
        kept = {"listed": listed, "query": query, "pace": pace}
        SavedSearch.objects.create(user=user, name=name, told_until=since, seen_until=since, **kept)


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
