"""The matching pages, as four actors see them."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from firms.models import Need, Offer, Visibility
from matching.models import DismissReason, MatchAnswer, MatchResponse, NeedSketch
from tests.factories import (
    CityFactory,
    ClassificationFactory,
    NeedFactory,
    OfferFactory,
)
from tests.firms.actors import ACTORS, Cast, make_cast
from tests.matching.run import match_need, match_offer

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
ANSWER_QUERIES = 18
LABELS = "Etiquetas autoadhesivas para botellas de vino"


def labels_offer(**fields: Any) -> Offer:
    offer = OfferFactory(title=LABELS, **fields)
    offer.classifications.add(ClassificationFactory(code="1812"))
    match_offer(offer)
    return offer


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def need(cast: Cast) -> Need:
    need = NeedFactory(
        organization=cast.organization, title="Etiquetas para 8.000 botellas de vino"
    )
    need.classifications.add(ClassificationFactory(code="1812"))
    return need


def without_token(page: Any) -> str:
    """Return a page without the token that differs each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.content.decode())


def fragment(html: str, identity: str) -> str:
    """Return the element with an id, as text without the page's own tokens."""
    start = html.index(f'id="{identity}"')
    body = html[html.rindex("<section", 0, start) :]
    depth = 0
    for tag in re.finditer(r"<(/?)section\b", body):
        depth += -1 if tag[1] else 1
        if depth == 0:
            body = body[: tag.end()]
            break
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", body).strip()


# --- A need in one sentence ------------------------------------------------------------------
@pytest.mark.parametrize("actor", ACTORS)
def test_a_sentence_is_answered_with_who_and_why_before_any_sign_up(cast: Cast, actor: str) -> None:
    offer = labels_offer()
    page = cast.browser(actor).get(reverse("matching:answer"), {"q": "etiquetas para botellas"})
    assert page.status_code == 200
    html = page.content.decode()
    assert offer.organization.legal_name in html
    assert "Su oferta habla de" in html
    assert "1 organización puede atenderla" in html


def test_an_empty_question_asks_for_one(client: Client) -> None:
    page = client.get(reverse("matching:answer"))
    assert page.status_code == 200
    assert "Escriba una frase" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"q": "x" * 501}, "500"),
        ({"q": "etiquetas", "place": "Zzyzx Qqq"}, "No conocemos ese lugar"),
        ({"q": "etiquetas", "km": "-5"}, "1"),
        ({"q": "etiquetas", "km": "cerca"}, "número"),
        ({"q": "etiquetas", "classifications": "isic4:9999"}, "ya no existe"),
        ({"q": "etiquetas", "certificates": "no-such"}, ""),
    ],
)
def test_a_wrong_part_is_told_and_the_sentence_is_kept(
    client: Client, query: dict[str, str], said: str
) -> None:
    page = client.get(reverse("matching:answer"), query | {"edited": "1"})
    html = page.content.decode()
    assert page.status_code == 422
    assert said in html
    assert query["q"] in html


def test_the_place_in_a_sentence_is_shown_and_can_be_dropped(client: Client) -> None:
    CityFactory(name="Curicó", search_name="curico")
    labels_offer()
    url = reverse("matching:answer")
    heard = client.get(url, {"q": "etiquetas cerca de Curicó"}).content.decode()
    assert 'name="place" value="Curicó, CL-LI"' in heard
    dropped = client.get(url, {"q": "etiquetas cerca de Curicó", "edited": "1"}).content.decode()
    assert 'value="Curicó' not in dropped


@pytest.mark.parametrize("visibility", [Visibility.MEMBERS, Visibility.PRIVATE])
def test_an_offer_for_others_leaves_no_trace_in_the_answer(client: Client, visibility: str) -> None:
    url = reverse("matching:answer")
    labels_offer()
    query = {"q": "etiquetas para botellas", "place": "", "edited": "1"}
    before = without_token(client.get(url, query))
    labels_offer(visibility=visibility)
    assert without_token(client.get(url, query)) == before


def test_the_answer_part_equals_the_page_loaded_fresh(client: Client) -> None:
    labels_offer()
    url, query = reverse("matching:answer"), {"q": "etiquetas para botellas"}
    page = client.get(url, query).content.decode()
    part = client.get(url, query, headers=HTMX).content.decode()
    assert fragment(part, "answer") == fragment(page, "answer")
    assert "<html" not in part


def test_an_answer_costs_the_same_with_three_offers_and_with_thirty(
    client: Client, django_assert_num_queries: Any
) -> None:
    url, query = reverse("matching:answer"), {"q": "etiquetas para botellas", "edited": "1"}
    for _ in range(3):
        labels_offer()
    client.get(url, query)  # labels and lexicon are read once per process
    for more in (0, 27):
        for _ in range(more):
            labels_offer()
        with django_assert_num_queries(ANSWER_QUERIES):
            assert client.get(url, query).status_code == 200


def test_publishing_carries_the_sentence_and_its_parts(cast: Cast) -> None:
    city = CityFactory(name="Curicó", search_name="curico")
    labels_offer()
    browser = cast.browser("owner")
    html = browser.get(
        reverse("matching:answer"), {"q": "etiquetas a menos de 60 km en Curicó"}
    ).content.decode()
    sent = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', html))
    begun = browser.post(reverse("matching:write"), sent, follow=True)
    sketch = NeedSketch.objects.get(owner=cast.owner)
    where = sketch.answers["where"]
    assert begun.redirect_chain[-1][0].endswith("/what/")
    assert sketch.title == "etiquetas a menos de 60 km en Curicó"
    assert (where["reach"], where["km"]) == (["radius"], ["60"])
    assert where["place"][0].startswith(city.name)


# --- While a need is being written -----------------------------------------------------------
def test_the_preview_counts_as_one_writes_and_never_refuses(cast: Cast) -> None:
    labels_offer()
    browser = cast.browser("owner")
    for query in ({}, {"title": "x" * 900}, {"reach": "moon", "city": "abc", "reach_km": "-1"}):
        assert browser.get(reverse("matching:preview"), query).status_code == 200
    page = browser.get(reverse("matching:preview"), {"title": "etiquetas para botellas"})
    assert "<b>1 organización</b>" in page.content.decode()


def test_suggestions_leave_out_what_is_chosen(cast: Cast) -> None:
    entry = ClassificationFactory(code="1812", label_es="Etiquetas impresas")
    url, browser = reverse("matching:suggestions"), cast.browser("owner")
    labels_offer()
    key = f"isic4:{entry.code}"
    assert key in browser.get(url, {"title": "etiquetas impresas"}).content.decode()
    chosen = browser.get(url, {"title": "etiquetas impresas", "classifications": key})
    assert key not in chosen.content.decode()


def test_activities_are_suggested_for_what_an_organization_does(cast: Cast) -> None:
    entry = ClassificationFactory(code="1812", label_es="Etiquetas impresas")
    ClassificationFactory(scheme="cpv2008", code="22900000", label_es="Etiquetas impresas")
    url, browser = reverse("matching:suggestions"), cast.browser("owner")
    asked = {"one_line": "etiquetas impresas", "field": "activities", "schemes": "isic4"}
    page = browser.get(url, asked).content.decode()
    assert f'name="activities" value="isic4:{entry.code}"' in page
    assert 'hx-target="#activities-options"' in page
    assert "cpv2008" not in page
    chosen = browser.get(url, asked | {"activities": f"isic4:{entry.code}"}).content.decode()
    assert entry.code not in chosen
    for wrong in ({"field": "<b>"}, {"schemes": "moon"}, {"one_line": "x" * 900}):
        assert browser.get(url, asked | wrong).status_code == 200


# --- Stored matches --------------------------------------------------------------------------
@pytest.mark.parametrize("actor", ACTORS)
def test_a_need_shows_who_could_serve_it_and_its_editors_may_answer(
    cast: Cast, need: Need, actor: str
) -> None:
    offer = labels_offer()
    match_need(need)
    page = cast.browser(actor).get(reverse("matching:for-need", args=[need.public_id]))
    html = page.content.decode()
    assert page.status_code == 200
    assert offer.organization.legal_name in html
    assert ("Guardar" in html) == (actor == "owner")


@pytest.mark.parametrize("actor", ACTORS)
def test_what_an_offer_could_serve_is_for_its_people(cast: Cast, need: Need, actor: str) -> None:
    offer = OfferFactory(title=LABELS, organization=cast.organization)
    wanted = NeedFactory(title="Busco etiquetas para botellas de vino")
    match_need(wanted)
    match_offer(offer)
    expected = {"owner": 200, "colleague": 200, "outsider": 404, "anonymous": 302}[actor]
    for name, key in (
        ("matching:for-offer", offer.public_id),
        ("matching:for-organization", cast.organization.public_id),
    ):
        page = cast.browser(actor).get(reverse(name, args=[key]))
        assert page.status_code == expected
        if expected == 200:
            assert wanted.title in page.content.decode()


def test_a_need_that_is_not_matched_yet_says_so_and_asks_again(cast: Cast, need: Need) -> None:
    page = cast.browser("owner").get(reverse("matching:for-need", args=[need.public_id]))
    assert "Estamos buscando" in page.content.decode()
    match_need(need)
    page = cast.browser("owner").get(reverse("matching:for-need", args=[need.public_id]))
    assert "Estamos buscando" not in page.content.decode()


def test_the_matches_part_equals_the_page_loaded_fresh(cast: Cast, need: Need) -> None:
    labels_offer()
    match_need(need)
    url, browser = reverse("matching:for-need", args=[need.public_id]), cast.browser("owner")
    page = browser.get(url).content.decode()
    part = browser.get(url, headers=HTMX).content.decode()
    assert fragment(part, "matches") == fragment(page, "matches")


@pytest.mark.parametrize("actor", ACTORS)
def test_only_editors_answer_a_match(cast: Cast, need: Need, actor: str) -> None:
    offer = labels_offer()
    match_need(need)
    url = reverse("matching:respond", args=[need.public_id, offer.public_id])
    page = cast.browser(actor).post(url, {"answer": "saved"})
    expected = {"owner": 303, "colleague": 404, "outsider": 404, "anonymous": 302}[actor]
    assert page.status_code == expected
    assert MatchResponse.objects.count() == (1 if actor == "owner" else 0)


def test_dismissing_asks_why_moves_the_match_and_can_be_undone(cast: Cast, need: Need) -> None:
    offer = labels_offer()
    match_need(need)
    url = reverse("matching:respond", args=[need.public_id, offer.public_id])
    browser = cast.browser("owner")
    assert browser.post(url, {"answer": "dismissed"}).status_code == 400
    assert browser.post(url, {"answer": "nonsense"}).status_code == 400
    answer = {"answer": "dismissed", "reason": DismissReason.PLACE}
    after = browser.post(url, answer, follow=True).content.decode()
    assert "1 descartada" in after
    assert MatchResponse.objects.get().answer == MatchAnswer.DISMISSED
    match_need(need)
    assert MatchResponse.objects.get().reason == DismissReason.PLACE
    after = browser.post(url, {"answer": ""}, follow=True).content.decode()
    assert "descartada" not in after
    assert not MatchResponse.objects.exists()


def test_somebody_else_s_draft_and_a_missing_need_are_one(cast: Cast, client: Client) -> None:
    draft = NeedFactory(visibility=Visibility.PRIVATE)
    missing = reverse("matching:for-need", args=["019abf3e-7c00-7d1c-9a60-2f1f6b9f0b6a"])
    hidden = reverse("matching:for-need", args=[draft.public_id])
    for browser in (client, cast.browser("outsider")):
        assert browser.get(hidden).status_code == browser.get(missing).status_code == 404


def test_an_organization_in_two_matches_is_listed_once(cast: Cast, need: Need) -> None:
    offer = labels_offer()
    labels_offer(organization=offer.organization)
    match_need(need)
    page = cast.browser("owner").get(reverse("matching:for-need", args=[need.public_id]))
    assert "1 organización puede atenderla" in page.content.decode()
