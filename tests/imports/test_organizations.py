"""What the registers become: organizations, sites, identifiers, offers and needs."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from firms.models import (
    ImportKind,
    ListingStatus,
    Need,
    Offer,
    Organization,
    Site,
    Source,
    Verification,
)
from tests.factories import IdentifierFactory, OfferFactory, OrganizationFactory
from tests.imports.rows import contract, plant, research

pytestmark = pytest.mark.django_db

CONTRACTS, PLANTS, ROR = ImportKind.CONTRACTS, ImportKind.ESTABLISHMENTS, ImportKind.ROR


class TestContracts:
    def test_a_seller_is_listed_with_its_number_and_what_it_sold(self, import_rows):
        import_rows(CONTRACTS, contract())
        seller = Organization.objects.get(identifiers__normalized="510382258")
        assert seller.verification == Verification.LISTED
        assert (seller.source, seller.source_ref) == ("pt-base", "PT-NIF:510382258")
        assert seller.country.code == "PT"
        offer = seller.offers.get()
        assert offer.title == "Obras diversas de pavimentação"
        assert offer.description == "Ligação EN 342 a placa de S. Martinho"
        assert [c.code for c in offer.classifications.all()] == ["45233200"]
        assert (offer.place_name, offer.admin_unit.code) == ("Góis", "PT-06")
        assert offer.reference.startswith("R-SOPT-")
        assert offer.source == Source.IMPORT

    def test_an_offer_is_open_for_a_year_and_as_old_as_its_last_contract(self, import_rows):
        import_rows(CONTRACTS, contract())
        offer, today = Offer.objects.get(), timezone.now().date()
        assert offer.is_open_on(today)
        assert offer.is_open_on(today + dt.timedelta(days=364))
        assert offer.published_at is not None
        assert offer.published_at.date() == dt.date(2024, 1, 2)

    def test_what_was_bought_is_a_need_that_was_fulfilled(self, import_rows):
        import_rows(CONTRACTS, contract())
        buyer = Organization.objects.get(identifiers__normalized="506613399")
        need = buyer.needs.get()
        assert need.status == ListingStatus.FULFILLED
        assert need.closed_on == dt.date(2024, 1, 2)
        assert (need.budget_max, need.currency) == (Decimal("27849.00"), "EUR")
        assert not Need.objects.open_on(timezone.now().date()).exists()
        assert buyer.sites.get().city.name == "Góis"

    def test_a_later_file_adds_to_what_was_sold_before(self, import_rows):
        import_rows(CONTRACTS, contract(id="1", object="Estrada municipal"))
        first = Offer.objects.get()
        batch = import_rows(CONTRACTS, contract(id="2", object="Ponte", published="2024-02-01"))
        offer = Offer.objects.get()
        assert batch.created == 1
        assert offer.pk == first.pk
        assert offer.description == "Ponte\nEstrada municipal"
        assert offer.revision == first.revision + 1

    def test_a_contract_that_changed_hands_leaves_the_first_seller(self, import_rows):
        import_rows(CONTRACTS, contract())
        batch = import_rows(CONTRACTS, contract(supplier_nif="B78218872", supplier="Össur, S.L."))
        assert batch.updated == 1
        old = Offer.objects.get(organization__source_ref="PT-NIF:510382258")
        new = Offer.objects.get(organization__country__code="ES")
        assert old.status == ListingStatus.ARCHIVED
        assert new.status == ListingStatus.PUBLISHED

    def test_an_organization_that_people_claimed_is_left_to_them(self, import_rows):
        claimed = OrganizationFactory(legal_name="Nossa", country__code="PT")
        IdentifierFactory(organization=claimed, scheme="PT-NIF", normalized="510382258")
        offer = OfferFactory(organization=claimed)
        import_rows(CONTRACTS, contract())
        claimed.refresh_from_db()
        assert claimed.legal_name == "Nossa"
        assert list(claimed.offers.all()) == [offer]
        assert Organization.objects.count() == 2  # ours and the buyer

    def test_one_that_another_source_brought_gains_offers_and_keeps_its_profile(self, import_rows):
        known = OrganizationFactory(
            legal_name="De outra fonte",
            country__code="PT",
            verification=Verification.LISTED,
            source="ror",
            source_ref="x",
        )
        IdentifierFactory(organization=known, scheme="PT-NIF", normalized="510382258")
        import_rows(CONTRACTS, contract())
        known.refresh_from_db()
        assert known.legal_name == "De outra fonte"
        assert known.offers.count() == 1


class TestPlants:
    def test_a_firm_stands_on_the_map_with_its_plants(self, import_rows):
        import_rows(
            PLANTS,
            plant(nra="A1", industrial_park="PARQUE EL SALTO"),
            plant(nra="A2", lat="25.7", lon="-100.3", state="Nuevo León", municipality="Monterrey"),
        )
        firm = Organization.objects.get()
        assert firm.legal_name == "Almexa Aluminio, S.A. de C.V."
        sites = list(Site.objects.order_by("pk"))
        assert [site.admin_unit.code for site in sites] == ["MX-JAL", "MX-NLE"]
        assert sites[0].is_main
        assert (sites[0].point.x, sites[0].point.y) == (-103.39, 20.72)
        assert sites[0].address == "Parque el Salto, Zapopan"
        assert [a.classification.code for a in firm.activity_records.all()] == ["2420"]
        offer = firm.offers.get()
        assert offer.title == "Fundición y laminación de aluminio"
        assert (offer.language, offer.place_name) == ("es", "Zapopan")

    def test_a_plant_outside_the_country_is_rejected(self, import_rows):
        batch = import_rows(PLANTS, plant(lat="-34", lon="-71"))
        assert batch.rejections.get().reason == "outside"
        assert not Organization.objects.exists()

    def test_a_plant_that_moved_moves_its_site(self, import_rows):
        import_rows(PLANTS, plant())
        import_rows(PLANTS, plant(lat="20.9"))
        assert Site.objects.get().point.y == 20.9


class TestResearch:
    def test_a_university_has_its_place_website_and_number(self, import_rows):
        import_rows(ROR, research())
        university = Organization.objects.get()
        assert university.kind == "university"
        assert university.identifiers.get().scheme == "XI-ROR"
        assert university.website == "https://www.utalca.cl"
        site = university.sites.get()
        assert (site.city.name, site.admin_unit.code) == ("Santa Cruz", "CL-LI")
        assert not university.offers.exists()

    def test_a_name_that_changed_is_written_over_the_old_one(self, import_rows):
        import_rows(ROR, research())
        batch = import_rows(ROR, research(name="Universidad de Talca, Campus Colchagua"))
        university = Organization.objects.get()
        assert batch.updated == 1
        assert university.legal_name.endswith("Colchagua")
        assert university.revision == 2

    def test_a_country_that_is_not_known_is_said(self, import_rows):
        batch = import_rows(ROR, research(country="ZZ"))
        rejection = batch.rejections.get()
        assert (rejection.reason, rejection.detail) == ("country", "ZZ")
