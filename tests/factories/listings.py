"""Offers and needs."""

import datetime as dt

import factory

from firms.models import (
    Need,
    Offer,
    OfferKind,
)
from firms.models.listings import ListingStatus
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

    reference = factory.Sequence(lambda n: f"O-CL-20261124-{n}")
    title = factory.Sequence(lambda n: f"Etiquetas autoadhesivas {n}")
    kind = OfferKind.PRODUCT


class NeedFactory(_ListingFactory):
    class Meta:
        model = Need

    reference = factory.Sequence(lambda n: f"N-CL-20261124-{n}")
    title = factory.Sequence(lambda n: f"Necesito etiquetas para botellas {n}")
