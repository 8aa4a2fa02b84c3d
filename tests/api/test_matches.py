"""Matches of a need for programs of people."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from firms.models import Visibility
from matching.models import Match, MatchRun
from matching.services.statistics import current_rules
from tests.factories import NeedFactory, OfferFactory

pytestmark = pytest.mark.django_db


def dates() -> dict[str, Any]:
    today = timezone.now().date()
    return {"valid_from": today, "valid_until": today + timezone.timedelta(days=30)}


@pytest.fixture
def need() -> Any:
    return NeedFactory(**dates())


def match(need: Any, offer: Any, score: float = 0.8) -> Match:
    rule_set, _rules = current_rules()
    now = timezone.now()
    run, _created = MatchRun.objects.get_or_create(
        need=need,
        revision=need.revision,
        rule_set=rule_set,
        engine_version=1,
        defaults={"computed_at": now},
    )
    return Match.objects.create(
        need=need,
        offer=offer,
        run=run,
        score=score,
        features=[80, None, 40],
        reasons={"for": [{"code": "near", "distance_km": 12.0}], "against": None, "km": 12.0},
        updated_at=now,
    )


def ask(need: Any, **query: Any) -> Any:
    return Client(HTTP_ACCEPT_LANGUAGE="es").get(f"/api/v1/needs/{need.public_id}/matches/", query)


def test_the_best_come_first_with_their_reasons(need: Any) -> None:
    far, near = OfferFactory(**dates()), OfferFactory(**dates())
    match(need, far, 0.5)
    match(need, near, 0.9)
    found = ask(need).json()
    assert [row["offer"]["id"] for row in found["results"]] == [
        str(near.public_id),
        str(far.public_id),
    ]
    assert found["total"] == 2
    assert not found["is_pending"]
    best = found["results"][0]
    assert any("12" in text for text in best["reasons"])
    assert best["features"]["text"] == 0.8
    assert None in best["features"].values()
    assert "score" not in best


def test_a_hidden_offer_changes_no_byte(need: Any) -> None:
    match(need, OfferFactory(**dates()))
    before = ask(need).content
    hidden = OfferFactory(visibility=Visibility.PRIVATE, title="Secreta", **dates())
    match(need, hidden, 0.99)
    assert ask(need).content == before


def test_the_number_of_queries_does_not_follow_the_matches(
    need: Any, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        match(need, OfferFactory(**dates()))
    with django_assert_max_num_queries(10) as few:
        ask(need)
    for _ in range(27):
        match(need, OfferFactory(**dates()))
    with django_assert_max_num_queries(10) as many:
        assert len(ask(need, limit=100).json()["results"]) == 30
    assert len(few) == len(many)


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 101}, {"limit": "x"}, {"cursor": "x"}])
def test_a_wrong_parameter_is_a_400(need: Any, query: dict[str, Any]) -> None:
    assert ask(need, **query).status_code == 400


def test_a_need_that_one_may_not_see_has_no_matches_to_see() -> None:
    hidden = NeedFactory(visibility=Visibility.PRIVATE, **dates())
    nowhere = Client(HTTP_ACCEPT_LANGUAGE="es").get(f"/api/v1/needs/{uuid4()}/matches/")
    assert (ask(hidden).status_code, ask(hidden).content) == (404, nowhere.content)
