import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections, transaction

from common.jobs.models import Job
from firms.models import CloseReason, Listing, Need, Offer, Reach
from firms.models.listing_choices import ListingStatus
from firms.services import listings
from firms.services.listings import (
    CannotChangeListing,
    NeedContent,
    OfferContent,
    Place,
    place_of,
)
from firms.services.references import take_references
from tests.factories import (
    NOW,
    TODAY,
    CertificateStandardFactory,
    CityFactory,
    ClassificationFactory,
    NeedFactory,
    OfferFactory,
    OrganizationFactory,
    RegionFactory,
    UserFactory,
    point,
)

pytestmark = pytest.mark.django_db


def need_content(**changes: Any) -> NeedContent:
    place = Place(RegionFactory(), point(-71.366, -34.639), "Santa Cruz")
    return NeedContent(**{"title": "Etiquetas para 8.000 botellas", "place": place} | changes)


def matching_jobs(listing: Listing) -> list[int]:
    kind = "need.match" if isinstance(listing, Need) else "offer.match"
    jobs = Job.objects.filter(kind=kind, key=listing.pk).order_by("pk")
    return list(jobs.values_list("revision", flat=True))


def test_a_draft_asks_for_no_match_and_publishing_asks_for_one() -> None:
    person, organization = UserFactory(), OrganizationFactory()
    need = listings.create_need(
        by=person, organization=organization, content=need_content(), now=NOW
    )
    assert (need.status, need.reference) == (ListingStatus.DRAFT, "R-BRCL-20261124-1")
    assert matching_jobs(need) == []

    need = listings.publish_need(by=person, need=need, now=NOW)

    assert need.status == ListingStatus.PUBLISHED
    assert need.valid_until == TODAY + dt.timedelta(days=90)
    assert matching_jobs(need) == [2]


def test_an_offer_stays_open_for_a_year() -> None:
    place = place_of(where=CityFactory(name="Curicó"))
    assert place
    content = OfferContent(title="Etiquetas autoadhesivas", place=place, kind="product")
    offer = listings.create_offer(
        by=UserFactory(), organization=OrganizationFactory(), content=content, now=NOW
    )
    offer = listings.publish_offer(by=UserFactory(), offer=offer, now=NOW)

    assert (offer.place_name, offer.valid_until) == ("Curicó", TODAY + dt.timedelta(days=365))
    assert matching_jobs(offer) == [2]


def test_relations_are_kept() -> None:
    label = ClassificationFactory(code="1811")
    standard = CertificateStandardFactory(code="fsc")
    region = RegionFactory(code="CL-ML")
    content = need_content(
        classifications=[label],
        required_certificates=[standard],
        reach=Reach.TERRITORIES,
        reach_units=[region],
        partnerships=("supply",),
    )
    need = listings.create_need(
        by=UserFactory(), organization=OrganizationFactory(), content=content, now=NOW
    )
    assert list(need.classifications.all()) == [label]
    assert list(need.required_certificates.all()) == [standard]
    assert list(need.reach_units.all()) == [region]
    assert need.partnerships == ["supply"]


def test_an_edit_raises_the_revision_once_and_saying_the_same_again_does_not() -> None:
    need, person = NeedFactory(), UserFactory()
    content = need_content(title="Etiquetas con papel certificado")
    edited = listings.update_need(by=person, need=need, content=content)
    again = listings.update_need(by=person, need=need, content=content)

    assert (edited.title, edited.revision, again.revision) == (content.title, 2, 2)
    assert matching_jobs(need) == [2]


@pytest.mark.parametrize(
    ("before", "move", "after"),
    [
        (ListingStatus.PUBLISHED, listings.hold_listing, ListingStatus.ON_HOLD),
        (ListingStatus.ON_HOLD, listings.resume_listing, ListingStatus.PUBLISHED),
        (ListingStatus.PUBLISHED, listings.archive_listing, ListingStatus.ARCHIVED),
        (ListingStatus.DRAFT, listings.archive_listing, ListingStatus.ARCHIVED),
    ],
)
def test_a_change_of_state_asks_for_matches_again(before: str, move: Any, after: str) -> None:
    offer = OfferFactory(status=before)
    assert move(by=UserFactory(), listing=offer).status == after
    assert matching_jobs(offer) == [2]


@pytest.mark.parametrize(
    ("before", "move"),
    [
        (ListingStatus.DRAFT, listings.hold_listing),
        (ListingStatus.PUBLISHED, listings.resume_listing),
        (ListingStatus.ARCHIVED, listings.archive_listing),
        (ListingStatus.FULFILLED, listings.hold_listing),
    ],
)
def test_a_state_that_does_not_allow_the_change_refuses_it(before: str, move: Any) -> None:
    closed = {"close_reason": CloseReason.CANCELLED, "closed_on": TODAY}
    need = NeedFactory(status=before, **(closed if before == ListingStatus.FULFILLED else {}))
    with pytest.raises(CannotChangeListing):
        move(by=UserFactory(), listing=need)
    assert matching_jobs(need) == []


def test_a_closed_need_keeps_its_reason_and_can_no_longer_be_edited() -> None:
    need = listings.fulfill_listing(
        by=UserFactory(), listing=NeedFactory(), reason=CloseReason.SOLVED_HERE, today=TODAY
    )
    assert (need.close_reason, need.closed_on) == (CloseReason.SOLVED_HERE, TODAY)
    with pytest.raises(CannotChangeListing):
        listings.update_need(by=UserFactory(), need=need, content=need_content())


def test_a_need_is_renewed_twice_and_an_offer_once() -> None:
    person, need, offer = UserFactory(), NeedFactory(), OfferFactory()
    first = listings.renew_listing(by=person, listing=need, today=TODAY)
    assert first.valid_until == need.valid_until + dt.timedelta(days=90)
    listings.renew_listing(by=person, listing=need, today=TODAY)
    listings.renew_listing(by=person, listing=offer, today=TODAY)
    for row in (need, offer):
        with pytest.raises(CannotChangeListing):
            listings.renew_listing(by=person, listing=row, today=TODAY)


def test_a_closed_organization_publishes_nothing() -> None:
    organization = OrganizationFactory(status="suspended")
    need = NeedFactory(organization=organization, status=ListingStatus.DRAFT)
    with pytest.raises(CannotChangeListing):
        listings.publish_need(by=UserFactory(), need=need, now=NOW)


def test_a_city_and_a_region_give_a_place_and_a_region_without_a_point_none() -> None:
    city, region = CityFactory(name="Curicó"), RegionFactory(code="CL-ML", label_es="Maule")
    assert place_of(where=city) == Place(city.admin_unit, city.point, "Curicó")
    assert place_of(where=region) == Place(region, region.center, "Maule")
    region.center = None
    assert place_of(where=region) is None


@pytest.mark.django_db(transaction=True)
def test_references_taken_at_the_same_time_are_never_the_same() -> None:
    def take(_turn: int) -> list[str]:
        try:
            with transaction.atomic():
                return take_references(
                    model=Offer, kind="product", country_code="CL", day=TODAY, count=3
                )
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        taken = [reference for batch in pool.map(take, range(24)) for reference in batch]
    connection.close()

    assert sorted(taken) == sorted(f"R-BOCL-20261124-{n}" for n in range(1, 73))
