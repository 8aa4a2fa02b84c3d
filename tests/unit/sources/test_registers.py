"""Rows of the three registers, and the organizations that they describe."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

import pytest

from firms.models import OfferKind, OrganizationKind, Partnership, Precision, SiteKind
from firms.sources import contracts, establishments, kinds, ror
from firms.sources.drafts import Record, Register, RowRejectedError
from firms.sources.kinds import kind_of
from tests.imports.rows import contract, plant, research

PLANTS = establishments.register({"331310": "2420", "325110": "2011"})


def rejection(register: Register, row: dict[str, str]) -> tuple[str, str]:
    with pytest.raises(RowRejectedError) as caught:
        register.read(row)
    return caught.value.reason, caught.value.detail


def read_all(register: Register, *rows: dict[str, str]) -> list[Record]:
    return [register.read(row) for row in rows]


def data_of(register: Register, *rows: dict[str, str]) -> list[Mapping[str, str]]:
    return [record.data for record in read_all(register, *rows)]


class TestContracts:
    def test_speaks_about_buyer_and_seller(self):
        record = contracts.read(contract())
        assert record.parties == ("PT-NIF:506613399", "PT-NIF:510382258")
        assert record.countries == ("PT",)
        assert record.codes == (("cpv2008", "45233200"),)

    @pytest.mark.parametrize(
        ("cells", "reason"),
        [
            ({"id": ""}, "empty"),
            ({"object": "<br>"}, "empty"),
            ({"supplier_nif": "510382259"}, "check_digit"),
            ({"supplier_nif": "123456789"}, "person"),
            ({"supplier_nif": "GB679216109"}, "number"),
            ({"supplier_nif": "510382258|506613399"}, "consortium"),
            ({"published": "02/01/2024"}, "date"),
            ({"published": "1524-01-01"}, "date"),
            ({"price_eur": "-1"}, "price"),
            ({"price_eur": "1e30"}, "price"),
            ({"price_eur": "mil"}, "price"),
            ({"cpv": "45"}, "cpv"),
        ],
    )
    def test_says_why_a_row_is_rejected(self, cells, reason):
        assert rejection(contracts.REGISTER, contract(**cells))[0] == reason

    def test_groups_what_was_sold_by_kind_of_thing(self):
        rows = [
            contract(id="1", object="Asfaltagem da rua A"),
            contract(id="2", object="Asfaltagem da rua B", published="2024-01-09"),
            contract(id="3", object="Sinais", cpv="34992200-9", cpv_label_pt="Sinais de trânsito"),
        ]
        draft = contracts.draft("PT-NIF:510382258", data_of(contracts.REGISTER, *rows))
        assert [offer.source_ref for offer in draft.offers] == ["cpv:349", "cpv:452"]
        roads = draft.offers[1]
        assert roads.description == "Asfaltagem da rua B\nAsfaltagem da rua A"
        assert roads.published == dt.date(2024, 1, 9)
        assert draft.needs == ()
        assert draft.legal_name == "Sociasfaltos Asfaltagem de Vias de Comunicação Unipessoal Lda."

    def test_a_consortium_sells_as_each_of_its_members(self):
        row = contract(supplier_nif="501720324|502197714", supplier="Um, Lda|Dois, S.A.")
        record = contracts.read(row)
        assert record.parties[1:] == ("PT-NIF:501720324", "PT-NIF:502197714")
        names = [contracts.draft(party, [record.data]).legal_name for party in record.parties[1:]]
        assert names == ["Um, Lda", "Dois, S.A."]

    def test_knows_spanish_and_european_numbers(self):
        assert contracts.read(contract(supplier_nif="B78218872")).parties[1] == "ES-NIF:B78218872"
        assert contracts.read(contract(supplier_nif="ESB82612599")).countries == ("PT", "ES")
        assert contracts.read(contract(supplier_nif="FR40303265045")).countries == ("PT", "FR")

    def test_a_buyer_asks_once_for_the_same_text(self):
        rows = [contract(id="1"), contract(id="2"), contract(id="3", object="Outra coisa")]
        draft = contracts.draft("PT-NIF:506613399", data_of(contracts.REGISTER, *rows))
        assert len(draft.needs) == 2
        assert draft.needs[0].budget == Decimal("27849.0")
        assert draft.kind == "public_agency"

    def test_places_a_public_body_where_its_name_says(self):
        draft = contracts.draft("PT-NIF:506613399", [contracts.read(contract()).data])
        assert [site.spot.municipality for site in draft.sites] == ["Góis"]
        elsewhere = contracts.read(contract(place="Portugal, Lisboa, Lisboa"))
        assert contracts.draft("PT-NIF:506613399", [elsewhere.data]).sites == ()


class TestPlants:
    @pytest.mark.parametrize(
        ("cells", "reason"),
        [
            ({"nra": ""}, "empty"),
            ({"firm": " . "}, "empty"),
            ({"scian": "31"}, "scian"),
            ({"lat": "norte"}, "coordinates"),
            ({"lat": "91"}, "coordinates"),
            ({"lon": "-181"}, "coordinates"),
            ({"lat": "nan"}, "coordinates"),
            ({"lat": "0", "lon": "0"}, "coordinates"),
        ],
    )
    def test_says_why_a_row_is_rejected(self, cells, reason):
        assert rejection(PLANTS, plant(**cells))[0] == reason

    def test_puts_the_plants_of_a_firm_together(self):
        rows = [
            plant(nra="A1", firm="ALMEXA ALUMINIO SA DE CV", plant="PLANTA NORTE"),
            plant(nra="B2", firm="ALMEXA ALUMINIO, S.A. DE C.V.", plant=""),
            plant(nra="C3", firm="ALMEXA ALUMINIO", plant="S.A. DE C.V.,ALMEXA"),
        ]
        records = read_all(PLANTS, *rows)
        assert {record.parties for record in records} == {("almexaaluminio",)}
        draft = PLANTS.draft("almexaaluminio", [record.data for record in records])
        assert draft.legal_name == "Almexa Aluminio, S.A. de C.V."
        assert [site.name for site in draft.sites] == ["Planta Norte", "", ""]
        assert draft.activities == ("2420",)

    def test_offers_each_main_activity_once(self):
        rows = [
            plant(nra="A1", main_activity="FUNDICION DE ALUMINIO"),
            plant(nra="A2", main_activity="Fundición de aluminio."),
            plant(
                nra="A3", main_activity="REFINACION", scian="325110", scian_es="Petroquímica básica"
            ),
            plant(nra="A4", main_activity="Alimento para aves (autoconsumo)"),
        ]
        draft = PLANTS.draft("x", data_of(PLANTS, *rows))
        assert [o.title for o in draft.offers] == ["Fundición de aluminio", "Petroquímica básica"]
        assert draft.offers[0].codes == ("2420",)
        assert len(draft.offers[0].spots) == 2

    def test_an_activity_without_a_class_is_left_out(self):
        draft = PLANTS.draft("x", [PLANTS.read(plant(scian="999999")).data])
        assert draft.activities == ()


class TestResearch:
    @pytest.mark.parametrize(
        ("cells", "reason"),
        [
            ({"ror_id": ""}, "empty"),
            ({"ror_id": "12345"}, "ror"),
            ({"country": "Chile"}, "country"),
            ({"types": "band"}, "kind"),
            ({"lat": ""}, "empty"),
            ({"lon": "x"}, "coordinates"),
        ],
    )
    def test_says_why_a_row_is_rejected(self, cells, reason):
        assert rejection(ror.REGISTER, research(**cells))[0] == reason

    def test_takes_the_name_in_the_language_of_the_country(self):
        spanish = ror.read(research(name="University of Talca", name_es="Universidad de Talca"))
        assert ror.draft("01s4gpq44", [spanish.data]).legal_name == "Universidad de Talca"
        bare = ror.read(research(name="CODELCO (Chile)", types="company"))
        draft = ror.draft("01s4gpq44", [bare.data])
        assert (draft.legal_name, draft.kind) == ("CODELCO", "firm")

    def test_makes_up_no_offer(self):
        draft = ror.draft("01s4gpq44", [ror.read(research()).data])
        assert draft.offers == draft.needs == ()
        assert draft.identifiers[0].value == "https://ror.org/01s4gpq44"
        assert draft.founded_on == dt.date(1981, 1, 1)

    @pytest.mark.parametrize(
        "address", ["javascript:alert(1)", "//x", "http://", "x" * 400, "http://[x"]
    )
    def test_keeps_no_address_that_is_not_a_web_address(self, address):
        assert ror.draft("01s4gpq44", [ror.read(research(website=address)).data]).website == ""


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Município de Góis", "public_agency"),
        ("Câmara Municipal de Felgueiras", "public_agency"),
        ("Hospital de Braga, E. P. E.", "public_agency"),
        ("Instituto do Emprego e Formação Profissional, IP", "public_agency"),
        ("Universidade do Algarve", "university"),
        ("Instituto Politécnico de Santarém", "university"),
        ("Santa Casa da Misericórdia de Lisboa", "ngo"),
        ("Cooperativa Agrícola de Vagos, CRL", "cooperative"),
        ("Águas do Vale do Tejo, S.A.", "firm"),
        ("Penasegur - Mediação de Seguros, Lda", "firm"),
        ("", "firm"),
    ],
)
def test_tells_the_kind_of_an_organization_by_its_name(name, kind):
    assert kind_of(name) == kind


def test_every_word_of_a_source_is_one_that_the_registry_has():
    values = [value for name, value in vars(kinds).items() if name.isupper() and name[0] != "_"]
    assert set(values) | {kind for _, kind in ror.KINDS} <= set(OrganizationKind.values)
    assert {"product", "service"} <= set(OfferKind.values)
    assert {"supply", "service"} <= set(Partnership.values)
    assert {"hq", "plant"} <= set(SiteKind.values)
    assert {"exact", "locality"} <= set(Precision.values)
