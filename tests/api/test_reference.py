"""Places, classifications and standards: what forms and programs look things up in."""

import pytest
from django.test import Client

from clusters.models import Scheme
from tests.factories import (
    CertificateStandardFactory,
    CityFactory,
    ClassificationFactory,
    CountryFactory,
    RegionFactory,
)

pytestmark = pytest.mark.django_db


def get(path: str, **query: object) -> object:
    response = Client(HTTP_ACCEPT_LANGUAGE="es").get(f"/api/v1/{path}/", query)
    assert response.status_code == 200, response.content
    return response.json()


def test_a_country_has_its_name_in_the_readers_language() -> None:
    CountryFactory(code="BR", label_es="Brasil", label_en="Brazil")
    results = get("countries")["results"]
    assert results[0]["name"] == "Brasil"
    assert results[0]["names"] == {"es": "Brasil", "pt": "", "en": "Brazil"}
    assert results[0]["center"] == {"type": "Point", "coordinates": [-70.65, -33.45]}
    english = Client(HTTP_ACCEPT_LANGUAGE="en").get("/api/v1/countries/").json()
    assert english["results"][0]["name"] == "Brazil"


def test_divisions_are_those_of_a_country() -> None:
    RegionFactory()
    RegionFactory(code="BR-RS")
    assert [row["code"] for row in get("divisions", country="cl")["results"]] == ["CL-LI"]
    assert len(get("divisions")["results"]) == 2


def test_cities_answer_what_was_typed_the_largest_first() -> None:
    CityFactory(name="Santa Cruz", search_name="santa cruz", population=30_000)
    CityFactory(name="San José", search_name="san jose", population=340_000)
    CityFactory(name="Cartago", search_name="cartago", population=150_000)
    assert [row["name"] for row in get("cities", q="Sán")["results"]] == ["San José", "Santa Cruz"]
    assert [row["name"] for row in get("cities", q="cartgo")["results"]] == ["Cartago"]
    assert [row["name"] for row in get("cities", q="ca")["results"]] == ["Cartago"]
    assert get("cities", q="%")["results"] == []
    assert get("cities", q="_a")["results"] == []


def test_classifications_are_trees() -> None:
    top = ClassificationFactory(code="C", level=1, path="C", label_es="Manufactura")
    ClassificationFactory(code="11", level=2, path="C/11", parent=top, label_es="Bebidas")
    ClassificationFactory(scheme=Scheme.HS, code="22", level=1, path="22")
    under = get("classifications", scheme="isic4", parent_code="C")["results"]
    assert [(row["code"], row["parent_code"]) for row in under] == [("11", "C")]
    assert len(get("classifications", level=1)["results"]) == 2


def test_a_classification_is_found_by_words_or_by_code() -> None:
    ClassificationFactory(code="1102", label_es="Elaboración de vinos")
    ClassificationFactory(code="1103", label_es="Elaboración de bebidas malteadas")
    by_words = get("classifications/search", q="vinos")["results"]
    by_code = get("classifications/search", q="110", scheme="isic4")["results"]
    assert [row["code"] for row in by_words] == ["1102"]
    assert [row["code"] for row in by_code] == ["1102", "1103"]


def test_an_entry_has_an_address() -> None:
    ClassificationFactory(code="1102", label_es="Elaboración de vinos")
    assert get("classifications/isic4/1102")["name"] == "Elaboración de vinos"
    assert Client().get("/api/v1/classifications/isic4/9999/").status_code == 404


def test_standards_are_listed() -> None:
    CertificateStandardFactory(label_es="ISO 9001")
    assert get("certificate-standards")["results"][0]["family"] == "quality"
