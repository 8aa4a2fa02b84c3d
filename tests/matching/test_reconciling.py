"""The night mends what the day left wrong and says how much; the day does nothing twice."""

import pytest

from matching.models import KeyFrequency, Match, MatchRun, OfferDoc, Reconciliation, Side
from matching.services.statistics import current_rules
from tests.factories import NeedFactory, OfferFactory
from tests.matching.run import match_need, match_offer, rebuild

pytestmark = pytest.mark.django_db


def test_what_did_not_change_is_not_paired_again_and_the_night_mends_what_is_wrong():
    need = NeedFactory(title="Etiquetas para vino")
    offers = [OfferFactory(title="Etiquetas para vino") for _ in range(3)]
    for offer in offers:
        match_offer(offer)
    match_need(need)
    found = set(Match.objects.values_list("offer_id", flat=True))
    assert found == {offer.pk for offer in offers}
    Match.objects.filter(offer=offers[0]).delete()
    need.revision += 1
    need.save()
    match_need(need)
    match_offer(offers[0])
    assert Match.objects.count() == 2  # nobody looked: neither text had changed
    rule_set, _ = current_rules()
    assert MatchRun.objects.filter(need=need, revision=need.revision, rule_set=rule_set).exists()
    rebuild()
    first = Reconciliation.objects.get()
    assert (first.needs, first.needs_changed, first.pairs_added) == (1, 1, 1)
    assert set(Match.objects.values_list("offer_id", flat=True)) == found
    KeyFrequency.objects.filter(side=Side.OFFERS, key=0).update(listings=70)
    OfferDoc.objects.filter(pk=offers[1].pk).update(content_hash=b"x" * 16)
    rebuild()
    second = Reconciliation.objects.first()
    assert (second.frequencies, second.projections, second.needs_changed) == (1, 1, 0)
    assert second.finished_at
    assert KeyFrequency.objects.get(side=Side.OFFERS, key=0).listings == 3
