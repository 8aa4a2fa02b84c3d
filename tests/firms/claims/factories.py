"""Claims, and the cases of the team."""

import datetime as dt

import factory

from firms.models import Case, CaseKind, Claim, ClaimMethod
from tests.factories import OrganizationFactory, UserFactory


class ClaimFactory(factory.django.DjangoModelFactory):
    """Waits for its proof until 2100."""

    class Meta:
        model = Claim

    organization = factory.SubFactory(OrganizationFactory)
    claimant = factory.SubFactory(UserFactory)
    method = ClaimMethod.DOCUMENT
    expires_at = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)


class CaseFactory(factory.django.DjangoModelFactory):
    """A new organization that the team has not looked at."""

    class Meta:
        model = Case

    kind = CaseKind.REGISTRATION
    organization = factory.SubFactory(OrganizationFactory)
