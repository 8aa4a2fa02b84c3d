import datetime as dt

import pytest

from firms.models import ActingSession, Delegation
from tests.factories import NOW, DelegationFactory, OrganizationFactory, UserFactory
from tests.violations import violates

pytestmark = pytest.mark.django_db


def acting(**fields: object) -> ActingSession:
    given = {"started_at": NOW, "expires_at": NOW + dt.timedelta(minutes=30)}
    return ActingSession.objects.create(**{"delegation": DelegationFactory(), **given, **fields})


def test_a_consent_is_given_once_at_a_time() -> None:
    first = DelegationFactory()
    with violates("delegation_one_open_per_pair"):
        DelegationFactory(organization=first.organization, delegate=first.delegate)
    Delegation.objects.update(ended_at=NOW)
    DelegationFactory(organization=first.organization, delegate=first.delegate)


def test_nobody_consents_to_themselves() -> None:
    own = OrganizationFactory()
    with violates("delegation_to_another"):
        DelegationFactory(organization=own, delegate=own)


def test_a_consent_ends_after_it_begins() -> None:
    with violates("delegation_ends_after_it_begins"):
        DelegationFactory(ended_at=NOW - dt.timedelta(days=1))


def test_a_person_acts_for_one_organization_at_a_time() -> None:
    person = UserFactory()
    acting(user=person)
    with violates("acting_one_at_a_time"):
        acting(user=person)


def test_acting_takes_time() -> None:
    with violates("acting_expires_after_it_starts"):
        acting(user=UserFactory(), expires_at=NOW)
