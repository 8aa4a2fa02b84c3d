"""What is typed is understood, what is counted is true, and pages go on without a gap."""

import datetime as dt
import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import F
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from firms import directory
from firms.kinds import KINDS
from firms.models.words import Term
from firms.paging import Order, _read
from firms.reading import nearest, parse
from firms.services.directory.tallies import recount
from tests.factories import CountryFactory, OrganizationFactory, SiteFactory

URL = "firms:directory"


def names(client: Client, query: str) -> list[str]:
    text = client.get(f"{reverse(URL)}?{query}").content.decode()
    return re.findall(r'<a class="name" href="[^"]*">([^<]*)</a>', text)


def test_a_search_is_read_as_words_phrases_and_exclusions() -> None:
    assert parse('Cartón "envases de vidrio" -vino') == [
        Term(("carton",)),
        Term(("envases de vidrio",), is_phrase=True),
        Term(("vino",), is_negated=True),
    ]
    assert parse("uva or olivo") == [Term(("uva", "olivo"))]
    assert parse("-uva") == [Term(("uva",))]
    assert parse("de la y") == []


@given(st.text(max_size=300))
def test_whatever_is_typed_becomes_terms_of_letters_and_digits(typed: str) -> None:
    for term in parse(typed):
        assert all(re.fullmatch(r"[0-9a-z ]+", word) for word in term.words)


@pytest.mark.parametrize(
    ("word", "like", "meant"),
    [
        ("etiqetas", ["etiquetas", "etiqueta"], "etiquetas"),
        ("vnio", ["vino"], "vino"),
        ("uba", ["uva"], ""),
        ("queso", ["quiebre"], ""),
    ],
)
def test_a_slip_is_corrected_and_no_more(word: str, like: list[str], meant: str) -> None:
    assert nearest(word, like) == meant


@pytest.mark.django_db
def test_phrases_exclusions_and_either_narrow_the_list(client: Client) -> None:
    OrganizationFactory(legal_name="Uno", one_line="Envases de vidrio y cartón")
    OrganizationFactory(legal_name="Dos", one_line="Vidrio para envases")
    OrganizationFactory(legal_name="Tres", one_line="Quesos")
    assert names(client, "q=%22envases+de+vidrio%22") == ["Uno"]
    assert sorted(names(client, "q=vidrio")) == ["Dos", "Uno"]
    assert names(client, "q=vidrio+-carton") == ["Dos"]
    assert sorted(names(client, "q=queso+or+carton")) == ["Tres", "Uno"]


@pytest.mark.django_db
def test_a_correction_is_said(client: Client) -> None:
    OrganizationFactory(legal_name="Quesería Sur", one_line="Quesos maduros")
    page = client.get(reverse(URL), {"q": "qesos"}).content.decode()
    assert "buscamos «quesos»" in page
    assert "Quesería Sur" in page


def facets(query: str = "") -> directory.Facets:
    filters = KINDS["organizations"].narrow(
        QueryDict(query), by=AnonymousUser(), today=dt.date(2026, 11, 24)
    )
    assert filters.is_valid()
    return filters.facets()


@pytest.mark.django_db
def test_a_facet_leaves_its_own_choice_aside() -> None:
    for kind, size in (("firm", "small"), ("firm", "large"), ("ngo", "small")):
        OrganizationFactory(kind=kind, size_class=size)
    found = facets("kind=firm")
    assert {k: a.count for k, a in found.values["kind"].items()} == {"firm": 2, "ngo": 1}
    assert {k: a.count for k, a in found.values["size"].items()} == {"small": 1, "large": 1}
    assert found.total == directory.Amount(2)


@pytest.mark.django_db
def test_large_sets_say_the_least_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory, "COUNTED", 2)
    for n in range(5):
        OrganizationFactory(one_line="Quesos", kind="ngo" if n else "firm")
    assert facets("q=quesos").total.is_least
    assert facets().total.is_least  # nothing is tallied yet
    recount()
    whole = facets("kind=ngo")
    assert whole.total == directory.Amount(4)
    assert {k: a.count for k, a in whole.values["kind"].items()} == {"ngo": 4, "firm": 1}


@pytest.mark.django_db
def test_nothing_found_names_what_to_drop(client: Client) -> None:
    OrganizationFactory(kind="university")
    OrganizationFactory(kind="firm", size_class="small")
    page = client.get(reverse(URL), {"kind": "university", "size": "small"}).content.decode()
    assert "Sin «Tipo: Universidad»" in page
    assert "Sin «Tamaño: Pequeña»" in page


@pytest.mark.django_db
def test_a_chip_drops_its_condition_and_keeps_the_others(client: Client) -> None:
    CountryFactory()
    OrganizationFactory(legal_name="Firma")
    page = client.get(reverse(URL), {"kind": "ngo", "country": "CL"}).content.decode()
    links = [unescape(url) for url in re.findall(r'class="chip key" href="([^"]*)"', page)]
    assert "?country=CL" in links
    assert "?kind=ngo" in links


@pytest.mark.django_db
@pytest.mark.parametrize("sort", ["", "name", "new"])
def test_pages_go_forth_and_back_to_the_same_rows(client: Client, sort: str) -> None:
    OrganizationFactory.create_batch(45)
    url, pages = f"{reverse(URL)}?sort={sort}", []
    while url:
        text = client.get(url).content.decode()
        pages.append((re.findall(r'class="name" href="([^"]*)"', text), text))
        found = re.search(r'rel="next" href="([^"]*)"', text)
        url = reverse(URL) + unescape(found[1]) if found else ""
    back = re.search(r'rel="prev" href="([^"]*)"', pages[2][1])
    assert back
    again = client.get(reverse(URL) + unescape(back[1])).content.decode()
    assert re.findall(r'class="name" href="([^"]*)"', again) == pages[1][0]
    assert 'rel="prev"' in again
    assert 'rel="prev"' not in pages[0][1]


@pytest.mark.django_db
def test_distance_is_measured_on_the_grid_only(client: Client) -> None:
    site = SiteFactory()
    before: Any = names(client, "bbox=-71.371,-34.641,-71.369,-34.639")
    assert before
    type(site).objects.filter(pk=site.pk).update(point="SRID=4326;POINT(-71.3741 -34.6441)")
    assert names(client, "bbox=-71.371,-34.641,-71.369,-34.639") == before
    assert names(client, "bbox=-71.375,-34.645,-71.373,-34.643") == []


@given(st.text(max_size=200))
def test_no_token_breaks_a_page(token: str) -> None:
    read = _read(token, Order("name", F("legal_name")))
    assert read is None or isinstance(read[2], int)


@pytest.mark.django_db
def test_who_is_real_and_fresh_comes_first(client: Client) -> None:
    day = dt.date(2026, 11, 1)
    made = {
        "Aa": {"verification": "listed", "source": "registro"},
        "Bb": {"verification": "claimed"},
        "Cc": {"verification": "claimed", "last_confirmed_on": day},
        "Dd": {"verification": "verified", "verified_on": day},
        "Ee": {"verification": "claimed", "last_confirmed_on": day},
    }
    for name, values in made.items():
        OrganizationFactory(legal_name=name, **values)
    assert names(client, "") == ["Dd", "Cc", "Ee", "Bb", "Aa"]
    assert names(client, "sort=name") == ["Aa", "Bb", "Cc", "Dd", "Ee"]
