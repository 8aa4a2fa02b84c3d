"""Organizations and what belongs to them."""

import factory

from accounts.models import (
    LawfulBasis,
)
from firms.models import (
    Affiliation,
    Certificate,
    Contact,
    ContactView,
    Delegation,
    Identifier,
    Membership,
    Organization,
    OrganizationActivity,
    OrganizationKind,
    Role,
    Site,
)
from tests.factories.accounts import UserFactory
from tests.factories.basics import NOW, SANTA_CRUZ, TODAY, point
from tests.factories.clusters import (
    CertificateStandardFactory,
    ClassificationFactory,
    ClusterFactory,
    CountryFactory,
    RegionFactory,
)


class OrganizationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organization
        skip_postgeneration_save = True

    kind = OrganizationKind.FIRM
    legal_name = factory.Sequence(lambda n: f"Viña {n} S.A.")
    country = factory.SubFactory(CountryFactory)


class SiteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Site

    organization = factory.SubFactory(OrganizationFactory)
    is_main = True
    point = factory.LazyFunction(lambda: point(*SANTA_CRUZ))
    admin_unit = factory.SubFactory(RegionFactory)


class ActivityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OrganizationActivity

    organization = factory.SubFactory(OrganizationFactory)
    classification = factory.SubFactory(ClassificationFactory)


class IdentifierFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Identifier

    organization = factory.SubFactory(OrganizationFactory)
    scheme = "CL-RUT"
    value = factory.Sequence(lambda n: f"{76_000_000 + n}")
    normalized = factory.SelfAttribute("value")


class CertificateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Certificate

    organization = factory.SubFactory(OrganizationFactory)
    standard = factory.SubFactory(CertificateStandardFactory)


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organization = factory.SubFactory(OrganizationFactory)
    role = Role.ADMINISTRATOR


class DelegationFactory(factory.django.DjangoModelFactory):
    """A consent that stands."""

    class Meta:
        model = Delegation

    organization = factory.SubFactory(OrganizationFactory)
    delegate = factory.SubFactory(OrganizationFactory, kind=OrganizationKind.CLUSTER_ORGANIZATION)
    given_by = factory.SubFactory(UserFactory)
    given_at = NOW


class AffiliationFactory(factory.django.DjangoModelFactory):
    """Confirmed by both sides."""

    class Meta:
        model = Affiliation

    organization = factory.SubFactory(OrganizationFactory)
    cluster = factory.SubFactory(ClusterFactory)
    cluster_confirmed_on = TODAY
    member_confirmed_on = TODAY


class ContactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contact

    organization = factory.SubFactory(OrganizationFactory)
    role = "Compras"
    role_email = "compras@ejemplo.org"
    lawful_basis = LawfulBasis.LEGITIMATE_INTEREST


class ContactViewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ContactView

    contact = factory.SubFactory(ContactFactory)
    viewer = factory.SubFactory(UserFactory)
    viewed_at = NOW
