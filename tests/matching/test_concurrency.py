"""Two workers at once: no pair is lost, none is doubled, nobody waits for ever."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from matching.models import KeyFrequency, Match, MatchRun, NeedDoc, OfferDoc, Side
from matching.services.statistics import fold_changes
from tests.factories import NeedFactory, OfferFactory
from tests.matching.run import match_need, match_offer

pytestmark = pytest.mark.django_db(transaction=True)


def together(*tasks):
    """Run the tasks at the same time, each with a connection of its own."""
    start = threading.Barrier(len(tasks))

    def one(task):
        try:
            start.wait(timeout=10)
            task()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        for future in [pool.submit(one, task) for task in tasks]:
            future.result(timeout=60)
    connection.close()


def test_the_same_need_matched_twice_at_once_is_matched_once():
    for _ in range(4):
        match_offer(OfferFactory())
    need = NeedFactory()
    together(*[lambda: match_need(need)] * 3)
    assert Match.objects.filter(need=need).count() == 4
    assert MatchRun.objects.filter(need=need).count() == 1
    assert NeedDoc.objects.count() == 1


def test_a_need_and_an_offer_published_at_once_find_each_other():
    for _ in range(5):
        need, offer = NeedFactory(), OfferFactory()
        together(lambda n=need: match_need(n), lambda o=offer: match_offer(o))
        assert Match.objects.filter(need=need, offer=offer).count() == 1


def test_frequencies_add_up_whoever_folds_them():
    offers = [OfferFactory() for _ in range(8)]
    together(
        *[lambda o=offer: match_offer(o) for offer in offers],
        *[lambda: fold_changes(at_least=1)] * 2,
    )
    fold_changes(at_least=1)
    total = KeyFrequency.objects.get(side=Side.OFFERS, key=0).listings
    assert total == OfferDoc.objects.count() == 8
