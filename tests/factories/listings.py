"""Offers and needs."""

import datetime as dt

import factory

from firms.models import (
    IprRecord,
    Need,
    NeedFile,
    NeedItem,
    NeedText,
    Offer,
    OfferFile,
    OfferKind,
    OfferText,
    ResearchProject,
    Technology,
    TechnologyWish,
)
from firms.models.listing_choices import ListingStatus
from tests.factories.basics import NOW, SANTA_CRUZ, TODAY, point
from tests.factories.clusters import RegionFactory
from tests.factories.firms import OrganizationFactory


class _ListingFactory(factory.django.DjangoModelFactory):
    """Published, open on TODAY, national reach, in Santa Cruz."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    organization = factory.SubFactory(OrganizationFactory)
    admin_unit = factory.SubFactory(RegionFactory)
    point = factory.LazyFunction(lambda: point(*SANTA_CRUZ))
    place_name = "Santa Cruz"
    status = ListingStatus.PUBLISHED
    published_at = NOW
    valid_from = TODAY - dt.timedelta(days=1)
    valid_until = TODAY + dt.timedelta(days=90)


class OfferFactory(_ListingFactory):
    class Meta:
        model = Offer

    reference = factory.Sequence(lambda n: f"R-BOCL-20261124-{n}")
    title = factory.Sequence(lambda n: f"Etiquetas autoadhesivas {n}")
    kind = OfferKind.PRODUCT


class NeedFactory(_ListingFactory):
    class Meta:
        model = Need

    reference = factory.Sequence(lambda n: f"R-BRCL-20261124-{n}")
    title = factory.Sequence(lambda n: f"Necesito etiquetas para botellas {n}")


class NeedItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NeedItem

    need = factory.SubFactory(NeedFactory)
    position = factory.Sequence(lambda n: n + 1)
    description = "Botellas de 750 ml"


class OfferFileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OfferFile

    offer = factory.SubFactory(OfferFactory)
    key = factory.Sequence(lambda n: f"private/listings/{n:064}.pdf")
    name = "Ficha técnica"
    size = 2_048


class NeedFileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NeedFile

    need = factory.SubFactory(NeedFactory)
    key = factory.Sequence(lambda n: f"private/listings/n{n:063}.pdf")
    name = "Plano"
    size = 2_048


class OfferTextFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OfferText

    offer = factory.SubFactory(OfferFactory)
    language = "pt"
    title = "Rótulos autoadesivos"


class NeedTextFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NeedText

    need = factory.SubFactory(NeedFactory)
    language = "pt"
    title = "Preciso de rótulos para garrafas"


class TechnologyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Technology

    offer = factory.SubFactory(OfferFactory, kind=OfferKind.TECHNOLOGY)
    problem = "El orujo se desecha"
    trl = 5


class IprRecordFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = IprRecord

    offer = factory.SubFactory(OfferFactory, kind=OfferKind.TECHNOLOGY)
    kind = "applied"
    office = "INAPI"
    number = "CL-2025-00123"


class TechnologyWishFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TechnologyWish

    need = factory.SubFactory(NeedFactory, kind="technology")
    trl_min = 4


class ResearchProjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ResearchProject

    need = factory.SubFactory(NeedFactory, kind="research")
    program = "Fondo de innovación"
