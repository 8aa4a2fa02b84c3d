"""One buyer, and sellers whose offers fit every need that will be published."""

from django.db import transaction
from django.utils import timezone

from bench.fault_lab.handlers import POISON
from bench.fault_lab.world import SELLERS
from common.jobs import enqueue
from common.jobs.drain import drain
from firms.models import Verification
from firms.services.listings import OfferContent, create_offer, place_of, publish_offer
from tests.factories import (
    ClassificationFactory,
    CountryFactory,
    MembershipFactory,
    OrganizationFactory,
    RegionFactory,
    UserFactory,
)

VERIFIED = {"verification": Verification.VERIFIED}  # others may have few listings open


def seed(poison: int) -> None:
    """Make the world, match its offers, and leave so many poison jobs waiting."""
    country = CountryFactory()
    region, kind = RegionFactory(parent=country), ClassificationFactory()
    person, now = UserFactory(), timezone.now()
    buyer = OrganizationFactory(country=country, **VERIFIED, verified_on=now.date())
    MembershipFactory(user=person, organization=buyer)
    for number in range(SELLERS):
        seller = OrganizationFactory(legal_name=f"Imprenta {number} S.A.", country=country)
        content = OfferContent(
            title="Etiquetas autoadhesivas para botellas",
            place=place_of(where=region),
            classifications=[kind],
        )
        offer = create_offer(by=person, organization=seller, content=content, now=now)
        publish_offer(by=person, offer=offer, now=now)
    drain("fast", budget_s=60)
    with transaction.atomic():
        for number in range(poison):
            enqueue(POISON, number)
