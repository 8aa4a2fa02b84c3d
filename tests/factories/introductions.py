"""Introductions."""

import datetime as dt

import factory

from matching.models import Introduction
from tests.factories.accounts import UserFactory
from tests.factories.basics import NOW
from tests.factories.firms import OrganizationFactory
from tests.factories.listings import OfferFactory


class IntroductionFactory(factory.django.DjangoModelFactory):
    """Sent at NOW over an offer, and waiting for an answer."""

    class Meta:
        model = Introduction
        skip_postgeneration_save = True

    offer = factory.SubFactory(OfferFactory)
    about = "offer"
    to_organization = factory.SelfAttribute("offer.organization")
    from_organization = factory.SubFactory(OrganizationFactory)
    asked_by = factory.SubFactory(UserFactory)
    purpose = "Queremos cotizar etiquetas para nuestra próxima cosecha."
    presentation = "Somos una viña pequeña."
    status = "sent"
    asked_at = sent_at = NOW
    due_at = NOW + dt.timedelta(days=3)
