"""What a sentence says of place, distance and certificates."""

import pytest
from django.utils.translation import override

from matching.services.sentence import Sentence
from matching.services.sentence import read_sentence as read
from tests.factories import TODAY, CertificateStandardFactory, CityFactory, RegionFactory

pytestmark = pytest.mark.django_db


def read_sentence(text: str, *, country_code: str = "") -> Sentence:
    return read(text, today=TODAY, country_code=country_code)


@pytest.fixture(autouse=True)
def places() -> None:
    CityFactory(name="Santa Cruz", search_name="santa cruz", population=34_914)
    brazil = RegionFactory(code="BR-RN")
    CityFactory(name="Santa Cruz", search_name="santa cruz", admin_unit=brazil, population=37_313)
    CityFactory(name="Curicó", search_name="curico")
    CityFactory(name="Vino", search_name="vino")
    CertificateStandardFactory(code="fsc", label_es="FSC (cadena de custodia)")
    CertificateStandardFactory(code="iso-9001", label_es="ISO 9001: gestión de la calidad")


@pytest.mark.parametrize(
    ("text", "city", "km"),
    [
        ("Etiquetas con papel certificado, cerca de Curicó, antes de enero", "Curicó", None),
        ("Soil analysis in Curico within 50 km", "Curicó", 50),
        ("Rótulos em Curicó, até 80 quilômetros", "Curicó", 80),
        ("Etiquetas de vino para 8.000 botellas", None, None),
        ("Etiquetas en vino blanco", None, None),
        ("soldador cerca de curicó, urgente", "Curicó", None),
        ("Vinos de Curicó", "Curicó", None),
        ("Etiquetas cerca de Nowhere", None, None),
        ("Botellas a 0 km de en", None, None),
        ("", None, None),
    ],
)
def test_a_place_follows_a_preposition_and_a_capital(
    text: str, city: str | None, km: int | None
) -> None:
    heard = read_sentence(text)
    assert (str(heard.city) if heard.city else None, heard.heard.km) == (city, km)


@pytest.mark.parametrize(
    ("reads", "country", "meant"), [("es", "", "CL"), ("pt-br", "", "BR"), ("es", "BR", "BR")]
)
def test_of_two_places_of_one_name_the_reader_s_own_is_meant(
    reads: str, country: str, meant: str
) -> None:
    with override(reads):
        heard = read_sentence("Laboratorio de suelos en Santa Cruz", country_code=country)
    assert heard.city
    assert heard.city.country.code == meant


@pytest.mark.parametrize("text", ["papel FSC", "papel fsc.", "certificado F.S.C. no", "iso9001"])
def test_certificates_are_heard_as_people_write_them(text: str) -> None:
    codes = {standard.code for standard in read_sentence(text).certificates}
    assert codes == ({"iso-9001"} if "iso" in text else set() if "F.S" in text else {"fsc"})


def test_everyday_words_hint_at_certificates_without_asking_for_them() -> None:
    CertificateStandardFactory(code="pefc", label_es="PEFC, gestión forestal")
    found = read_sentence("cajas de papel certificado, FSC")
    assert [standard.code for standard in found.certificates] == ["fsc"]
    assert [standard.code for standard in found.hinted] == ["pefc"]


def test_a_sentence_costs_two_queries_at_most(django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(2):
        read_sentence("Laboratorio de suelos en Santa Cruz o en Curicó con ISO 9001")
