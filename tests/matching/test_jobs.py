"""Jobs keep matches current, and running one again changes nothing."""

import datetime as dt

import pytest
from django.db import transaction

from firms.models import Affiliation, ListingStatus, Need, Reach, Visibility
from matching.models import (
    KeyFrequency,
    Match,
    MatchAnswer,
    MatchResponse,
    MatchRun,
    NeedDoc,
    OfferDoc,
    Side,
)
from matching.services.matching import match_need as pair_need
from matching.services.pairing import Scope
from matching.services.statistics import current_rules, fold_changes
from tests.factories import (
    NOW,
    TODAY,
    AffiliationFactory,
    CertificateFactory,
    CertificateStandardFactory,
    ClassificationFactory,
    ClusterFactory,
    MembershipFactory,
    NeedFactory,
    OfferFactory,
    OrganizationFactory,
    point,
)
from tests.matching.run import change_organization, match_need, match_offer, rebuild

pytestmark = pytest.mark.django_db

PUNTA_ARENAS = (-70.917, -53.163)


def projected(*offers):
    for offer in offers:
        match_offer(offer)


def stored(need):
    return list(
        Match.objects.filter(need=need)
        .order_by("-score", "offer")
        .values_list("offer_id", flat=True)
    )


def rows():
    """Everything that a second run could change."""
    return (
        list(Match.objects.order_by("pk").values()),
        list(OfferDoc.objects.order_by("pk").values("pk", "content_hash")),
        list(NeedDoc.objects.order_by("pk").values("pk", "content_hash", "floor")),
    )


def test_a_published_need_finds_the_offers_of_its_field():
    labels = OfferFactory(title="Etiquetas autoadhesivas para vino")
    haulier = OrganizationFactory(legal_name="Camiones del Sur")
    trucks = OfferFactory(title="Transporte refrigerado de carga", organization=haulier)
    projected(labels, trucks)
    need = NeedFactory(title="Etiquetas para botellas de vino")
    match_need(need)
    assert stored(need) == [labels.pk]
    match = Match.objects.get(need=need)
    assert match.reasons["for"][0] == {"code": "terms", "terms": ["vino", "etiquetas"]}
    assert 0 < match.score <= 1


def test_a_new_offer_finds_the_open_needs_as_the_need_would_have_found_it():
    need = NeedFactory(title="Etiquetas para botellas de vino")
    match_need(need)
    assert stored(need) == []
    offer = OfferFactory(title="Etiquetas autoadhesivas para vino")
    match_offer(offer)
    pair = Match.objects.values("score", "features", "reasons")
    reverse = pair.get(need=need)
    Match.objects.all().delete()
    rule_set, rules = current_rules()
    with transaction.atomic():
        pair_need(need, scope=Scope(rules, TODAY), rule_set=rule_set, now=NOW)
    assert pair.get(need=need) == reverse


def test_a_second_run_changes_nothing():
    for _ in range(3):
        OfferFactory()
    need = NeedFactory()
    rebuild()
    before = rows()
    match_need(need)
    rebuild(now=NOW + dt.timedelta(hours=1))
    assert rows() == before


def test_a_stale_revision_leaves_the_work_to_the_latest_one():
    projected(OfferFactory())
    need = NeedFactory(revision=3)
    old = Need(pk=need.pk, revision=2)
    match_need(old)
    assert not NeedDoc.objects.exists()
    assert not MatchRun.objects.exists()


def test_a_need_that_closes_loses_its_matches():
    offer = OfferFactory()
    projected(offer)
    need = NeedFactory()
    match_need(need)
    assert stored(need)
    need.status = ListingStatus.ON_HOLD
    need.revision += 1
    need.save()
    match_need(need)
    assert not Match.objects.exists()
    assert not NeedDoc.objects.exists()


def test_an_offer_that_closes_leaves_the_matches():
    offer = OfferFactory()
    projected(offer)
    need = NeedFactory()
    match_need(need)
    offer.status = ListingStatus.ARCHIVED
    offer.revision += 1
    offer.save()
    match_offer(offer)
    assert not Match.objects.exists()
    assert not OfferDoc.objects.exists()


def test_what_expired_is_not_matched():
    offer = OfferFactory(valid_until=TODAY)
    projected(offer)
    need = NeedFactory()
    match_need(need, now=NOW + dt.timedelta(days=1))
    assert stored(need) == []


def test_an_organization_is_not_matched_with_itself():
    offer = OfferFactory()
    projected(offer)
    need = NeedFactory(organization=offer.organization)
    match_need(need)
    assert stored(need) == []


def test_private_offers_are_not_projected():
    projected(
        OfferFactory(visibility=Visibility.PRIVATE),
        OfferFactory(organization=OrganizationFactory(visibility=Visibility.PRIVATE)),
        OfferFactory(visibility=Visibility.MEMBERS),
    )
    assert OfferDoc.objects.count() == 1


def test_an_offer_serves_no_farther_than_its_radius():
    far = OfferFactory(reach=Reach.RADIUS, reach_km=100, point=point(*PUNTA_ARENAS))
    close = OfferFactory(reach=Reach.RADIUS, reach_km=100)
    projected(far, close)
    need = NeedFactory()
    match_need(need)
    assert stored(need) == [close.pk]


def test_a_need_looks_no_farther_than_its_radius():
    far = OfferFactory(point=point(*PUNTA_ARENAS))
    close = OfferFactory()
    projected(far, close)
    need = NeedFactory(reach=Reach.RADIUS, reach_km=100)
    match_need(need)
    assert stored(need) == [close.pk]


def test_a_required_certificate_must_be_held_and_valid():
    standard = CertificateStandardFactory()
    holder, expired, without = (OfferFactory() for _ in range(3))
    CertificateFactory(organization=holder.organization, standard=standard)
    CertificateFactory(
        organization=expired.organization, standard=standard, valid_until=TODAY - dt.timedelta(1)
    )
    projected(holder, expired, without)
    need = NeedFactory()
    need.required_certificates.add(standard)
    match_need(need)
    assert stored(need) == [holder.pk]
    codes = [reason["code"] for reason in Match.objects.get(need=need).reasons["for"]]
    assert "holds_certificates" in codes


def test_codes_match_through_their_common_ancestor():
    wine, spirits = ClassificationFactory(code="1102"), ClassificationFactory(code="1101")
    offer = OfferFactory(title="Viña")
    offer.classifications.add(wine)
    projected(offer)
    need = NeedFactory(title="Aguardiente")
    need.classifications.add(spirits)
    match_need(need)
    reason = Match.objects.get(need=need).reasons["for"][0]
    assert reason == {
        "code": "same_classification",
        "scheme": "isic4",
        "exact": 0,
        "level": 3,
        "entry": "110",
    }


def test_sharing_a_cluster_is_a_reason():
    cluster = ClusterFactory()
    offer, need = OfferFactory(title="Etiquetas"), NeedFactory(title="Etiquetas")
    for listing in (offer, need):
        AffiliationFactory(organization=listing.organization, cluster=cluster)
    assert Affiliation.objects.confirmed().count() == 2
    projected(offer)
    match_need(need)
    reasons = Match.objects.get(need=need).reasons["for"]
    assert {"code": "same_cluster", "ids": [cluster.pk]} in reasons


def test_answers_survive_recomputation():
    offer = OfferFactory()
    projected(offer)
    need = NeedFactory()
    match_need(need)
    member = MembershipFactory(organization=need.organization)
    MatchResponse.objects.create(
        need=need,
        offer=offer,
        person=member.user,
        organization=need.organization,
        answer=MatchAnswer.SAVED,
    )
    before = list(MatchResponse.objects.values())
    offer.title = "Transporte de carga"
    offer.revision += 1
    offer.save()
    match_offer(offer)
    assert not Match.objects.exists()
    rebuild()
    assert list(MatchResponse.objects.values()) == before


def test_frequencies_count_open_listings_however_they_change():
    offers = [OfferFactory(title="Etiquetas de papel") for _ in range(3)]
    projected(*offers)
    offers[0].title = "Bolsas de papel"
    offers[0].revision += 1
    offers[0].save()
    match_offer(offers[0])
    offers[1].status = ListingStatus.ON_HOLD
    offers[1].revision += 1
    offers[1].save()
    match_offer(offers[1])
    assert fold_changes(at_least=1)
    expected: dict[int, int] = {0: OfferDoc.objects.count()}
    for keys in OfferDoc.objects.values_list("keys", flat=True):
        for key in keys:
            expected[key] = expected.get(key, 0) + 1
    counted = KeyFrequency.objects.filter(side=Side.OFFERS).values_list("key", "listings")
    assert dict(counted) == expected


def test_a_change_of_an_organization_reaches_its_listings():
    standard = CertificateStandardFactory()
    offer = OfferFactory()
    projected(offer)
    need = NeedFactory()
    need.required_certificates.add(standard)
    match_need(need)
    assert stored(need) == []
    CertificateFactory(organization=offer.organization, standard=standard)
    change_organization(offer.organization_id)
    assert stored(need) == [offer.pk]


def test_a_rebuild_projects_and_matches_everything_in_chunks(monkeypatch):
    monkeypatch.setattr("matching.services.rebuild.PROJECTED_PER_CHUNK", 2)
    monkeypatch.setattr("matching.services.rebuild.MATCHED_PER_CHUNK", 2)
    for _ in range(5):
        OfferFactory()
    needs = [NeedFactory() for _ in range(3)]
    assert rebuild() > 8
    assert OfferDoc.objects.count() == 5
    assert {len(stored(need)) for need in needs} == {5}


def test_at_most_three_offers_of_an_organization_are_kept():
    organization = OrganizationFactory()
    projected(*(OfferFactory(organization=organization) for _ in range(5)))
    other = OfferFactory()
    projected(other)
    need = NeedFactory()
    match_need(need)
    assert len(stored(need)) == 4
    late = OfferFactory(organization=organization, title=need.title)
    match_offer(late)
    assert len(stored(need)) == 4
    assert stored(need)[0] == late.pk
