from typing import Any

import pytest
from django.urls import reverse

from clusters.catalog import find_cities, find_classifications
from clusters.models import Scheme
from tests.factories import CityFactory, ClassificationFactory, ClusterFactory, RegionFactory

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def entries() -> None:
    ClassificationFactory(
        code="1102", label_es="Elaboración de vinos", label_en="Manufacture of wines"
    )
    ClassificationFactory(code="0121", label_es="Cultivo de uva", label_pt="Cultivo de uvas")
    ClassificationFactory(scheme=Scheme.CPV2008, code="15930000", label_es="Vinos")


@pytest.mark.parametrize(
    ("q", "codes"),
    [
        ("elaboracion vino", ["1102"]),
        ("ELABORACION", ["1102"]),
        ("elavoración", ["1102"]),
        ("wines", ["1102"]),
        ("uvas", ["0121"]),
        ("11", ["1102"]),
        ("v", []),
        ("", []),
        ("%", []),
        ("acero", []),
    ],
)
def test_activities_are_found_by_words_of_any_language_and_by_code(
    entries: None, q: str, codes: list[str]
) -> None:
    assert [entry.code for entry in find_classifications(q, [Scheme.ISIC4])] == codes


@pytest.mark.parametrize(
    ("q", "names"),
    [
        ("san", ["San Fernando", "San Vicente"]),
        ("SAN FER", ["San Fernando"]),
        ("curico", ["Curicó"]),
        ("curicoo", ["Curicó"]),
        ("s", []),
        ("zzz", []),
    ],
)
def test_cities_are_found_as_they_are_typed_larger_ones_first(q: str, names: list[str]) -> None:
    CityFactory(name="San Vicente", search_name="san vicente", population=20_000)
    CityFactory(name="San Fernando", search_name="san fernando", population=60_000)
    CityFactory(name="Curicó", search_name="curico")
    assert [city.name for city in find_cities(q)] == names


def test_cities_of_ones_own_country_come_first() -> None:
    CityFactory(name="Santa Cruz", search_name="santa cruz", population=30_000)
    bolivia = RegionFactory(code="BO-S")
    CityFactory(
        name="Santa Cruz", search_name="santa cruz", population=1_400_000, admin_unit=bolivia
    )
    assert [city.country.code for city in find_cities("santa")] == ["BO", "CL"]
    assert [city.country.code for city in find_cities("santa", "CL")] == ["CL", "BO"]


def test_a_label_that_says_just_that_comes_before_longer_ones() -> None:
    ClassificationFactory(scheme=Scheme.CPV2008, code="1", label_es="Etiquetas para equipaje")
    ClassificationFactory(scheme=Scheme.CPV2008, code="2", label_es="Etiquetas")
    found = find_classifications("etiquetas", [Scheme.CPV2008])
    assert [entry.code for entry in found] == ["2", "1"]


@pytest.mark.parametrize(
    ("url", "name", "key", "words"),
    [
        ("clusters:classifications", "activities", "isic4:1102", {"activities_search": "uva"}),
        ("clusters:cities", "city", "77", {"city_search": "curico"}),
    ],
)
def test_options_keep_what_is_ticked_and_are_part_of_their_page(
    client: Any, entries: None, url: str, name: str, key: str, words: dict[str, str]
) -> None:
    CityFactory(geonames_id=77, name="Talca")
    CityFactory(name="Curicó", search_name="curico")
    query = {"name": name, name: key, **words}
    fragment = client.get(reverse(url), query, headers=HTMX).content.decode().strip()
    assert fragment.startswith(f'<div id="{name}-options"')
    assert f'value="{key}" checked' in fragment
    assert fragment.count("<li>") == 2
    assert fragment in client.get(reverse(url), query).content.decode()


@pytest.mark.parametrize("name", ["x y", '"><script>', "A", "x" * 41, ""])
def test_a_field_name_that_no_form_has_is_refused(client: Any, name: str) -> None:
    for url in ("clusters:classifications", "clusters:cities"):
        assert client.get(reverse(url), {"name": name}).status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        {"schemes": "x,y"},
        {"classifications_search": "x" * 5000},
        {"classifications_search": "nulo\0"},
        {"classifications": ["a:b", ":", "isic4:" + "9" * 400, "nulo\0:1"]},
        {"city": ["9" * 400]},
    ],
)
def test_odd_queries_answer(client: Any, entries: None, query: dict[str, Any]) -> None:
    for url in ("clusters:classifications", "clusters:cities"):
        assert client.get(reverse(url), query).status_code in (200, 400)


def test_the_map_draws_territories_or_else_regions(client: Any) -> None:
    ClusterFactory(slug="dibujado")
    by_region = ClusterFactory(slug="por-region", territory=None)
    region = RegionFactory()
    region.boundary = ClusterFactory.build().territory
    region.save()
    by_region.admin_units.add(region)
    ClusterFactory(slug="sin-nada", territory=None)
    features = client.get(reverse("clusters:map")).json()["features"]
    assert [f["properties"]["id"] for f in features] == ["dibujado", "por-region"]
    only = client.get(reverse("clusters:map"), {"slug": "por-region"}).json()["features"]
    assert [f["properties"]["url"] for f in only] == ["/es/clusters/por-region/"]


def test_a_cluster_that_does_not_exist_answers_404(client: Any) -> None:
    assert client.get("/es/clusters/ninguno/").status_code == 404
