"""One factory per table of the profile; each gives a valid row with no argument."""

import factory

from firms.models import (
    AgencyProfile,
    AnnualFigures,
    AssociationProfile,
    Band,
    Capability,
    CapabilityAlias,
    Equipment,
    FieldGroup,
    FieldLevel,
    FieldVisibility,
    Headcount,
    Leadership,
    MarketProfile,
    Ownership,
    OwnershipLink,
    Registration,
    ResearchGroup,
    ResearchProfile,
    ServiceArea,
    SizeDeclaration,
    SocialLink,
    SocialNetwork,
    TechnicalService,
)
from tests.factories import NOW, TODAY, OrganizationFactory, UserFactory


class _OfOrganization(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True
        skip_postgeneration_save = True

    organization = factory.SubFactory(OrganizationFactory)


class FieldVisibilityFactory(_OfOrganization):
    class Meta:
        model = FieldVisibility

    group = FieldGroup.CERTIFICATES
    level = FieldLevel.ADMINISTRATORS


class ServiceAreaFactory(_OfOrganization):
    class Meta:
        model = ServiceArea

    radius_km = 120


class MarketProfileFactory(_OfOrganization):
    class Meta:
        model = MarketProfile


class CapabilityFactory(_OfOrganization):
    class Meta:
        model = Capability

    name = factory.Sequence(lambda n: f"Corte láser {n}")


class CapabilityAliasFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CapabilityAlias

    name = factory.Sequence(lambda n: f"Corte con láser {n}")


class EquipmentFactory(_OfOrganization):
    class Meta:
        model = Equipment

    name = "Prensa hidráulica"


class RegistrationFactory(_OfOrganization):
    class Meta:
        model = Registration

    registry = "RENIECYT"
    number = factory.Sequence(lambda n: f"{n:07d}")


class SizeDeclarationFactory(_OfOrganization):
    class Meta:
        model = SizeDeclaration

    rule = "cl-20416"


class HeadcountFactory(_OfOrganization):
    class Meta:
        model = Headcount

    as_of = TODAY
    total = 20


class AnnualFiguresFactory(_OfOrganization):
    class Meta:
        model = AnnualFigures

    fiscal_year = 2025
    sales_band = Band.TO_1M


class OwnershipFactory(_OfOrganization):
    class Meta:
        model = Ownership


class OwnershipLinkFactory(factory.django.DjangoModelFactory):
    """Said by both ends."""

    class Meta:
        model = OwnershipLink

    owner = factory.SubFactory(OrganizationFactory)
    owned = factory.SubFactory(OrganizationFactory)
    percentage = 80
    owner_confirmed_on = TODAY
    owned_confirmed_on = TODAY


class LeadershipFactory(_OfOrganization):
    class Meta:
        model = Leadership

    consented_by = factory.SubFactory(UserFactory)
    consented_at = NOW
    consent_version = "1"


class ResearchProfileFactory(_OfOrganization):
    class Meta:
        model = ResearchProfile


class ResearchGroupFactory(_OfOrganization):
    class Meta:
        model = ResearchGroup

    name = factory.Sequence(lambda n: f"Enología {n}")


class TechnicalServiceFactory(_OfOrganization):
    class Meta:
        model = TechnicalService

    name = factory.Sequence(lambda n: f"Análisis de suelos {n}")


class AgencyProfileFactory(_OfOrganization):
    class Meta:
        model = AgencyProfile


class AssociationProfileFactory(_OfOrganization):
    class Meta:
        model = AssociationProfile


class SocialLinkFactory(_OfOrganization):
    class Meta:
        model = SocialLink

    network = SocialNetwork.LINKEDIN
    url = factory.Sequence(lambda n: f"https://www.linkedin.com/company/{n}")
