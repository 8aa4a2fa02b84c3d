"""Orders are fair and logged, needs are offered in waves, and what was shown is written down."""

import datetime as dt

import pytest
from django.urls import reverse

from firms.models import AffiliationRole, Organization, SizeClass, Verification
from insights.services.exposure import audit_exposure
from matching.models import (
    ClusterFairness,
    Impression,
    Match,
    MatchCapacity,
    MatchInvitation,
    MatchOrder,
    MatchRun,
)
from matching.services.fair.orders import order_needs
from matching.services.fair.waves import PATIENCE, advance, answer_invitation, begin
from matching.services.statistics import current_rules
from tests.factories import (
    NOW,
    TODAY,
    AffiliationFactory,
    ClusterFactory,
    MembershipFactory,
    NeedFactory,
    OfferFactory,
    OrganizationFactory,
)
from tests.matching.run import match_need

pytestmark = pytest.mark.django_db

VERIFIED = Verification.VERIFIED


def matched(large=20, small=20):
    """Return a need whose large organizations all score above its small ones."""
    need = NeedFactory()
    match_need(need)
    run = MatchRun.objects.get(need=need)
    sizes = [SizeClass.LARGE] * large + [SizeClass.SMALL] * small
    for place, size in enumerate(sizes):
        owner = OrganizationFactory(size_class=size, verification=VERIFIED, verified_on=TODAY)
        Match.objects.create(
            need=need,
            offer=OfferFactory(organization=owner),
            run=run,
            score=round(0.9 - place / 100, 4),
            features=[],
            reasons={},
            updated_at=NOW,
        )
    return need


def ordered(need):
    rule_set, rules = current_rules()
    order_needs([need], rule_set=rule_set, rules=rules, now=NOW)
    return MatchOrder.objects.filter(need=need).first()


def test_qualified_small_firms_are_seen_both_orders_are_logged_and_the_cluster_may_switch_it_off():
    need = matched()
    order = ordered(need)
    small = set(order.by_score[20:])
    held = [sum(pk in small for pk in order.ranking[:k]) for k in range(1, 11)]
    assert all(h >= floor for h, floor in zip(held, order.floors, strict=True))
    assert held[-1] >= 1
    assert order.changed
    assert 0.9 < order.utility_retained < 1
    assert sorted(order.ranking) == sorted(order.by_score)
    ordered(need)
    assert MatchOrder.objects.filter(need=need).count() == 1  # the same is not logged again
    cluster = ClusterFactory()
    AffiliationFactory(organization=need.organization, cluster=cluster)
    ClusterFairness.objects.create(cluster=cluster, is_on=False)
    plain = ordered(need)
    assert (plain.alpha, plain.changed, plain.ranking) == (None, 0, order.by_score)


def test_a_declared_size_counts_only_once_verified():
    need = matched()
    small = Organization.objects.filter(size_class=SizeClass.SMALL)
    small.update(verification=Verification.CLAIMED)
    assert ordered(need).sme_in_pool == 0


def test_a_need_is_offered_to_ten_then_to_ten_more_while_few_are_interested():
    need = matched(large=25, small=0)
    order = ordered(need)
    busy, paused = order.ranking[0], order.ranking[1]
    MatchCapacity.objects.create(organization_id=busy, open_invitations=1)
    MatchInvitation.objects.create(
        need=NeedFactory(), organization_id=busy, wave=1, place=1, invited_at=NOW
    )
    MatchCapacity.objects.create(organization_id=paused, paused_until=TODAY)
    begin([need], now=NOW)
    begin([need], now=NOW)
    invited = list(need.match_invitations.values_list("organization_id", flat=True))
    assert invited == order.ranking[2:12]
    assert advance(NOW + PATIENCE - dt.timedelta(minutes=1)) == 0
    assert advance(NOW + PATIENCE) == 1
    second = list(need.match_invitations.filter(wave=2).values_list("organization_id", flat=True))
    # the first two have room again: one need is over, one pause has ended
    assert second == [*order.ranking[:2], *order.ranking[12:20]]
    for invitation in need.match_invitations.all()[:3]:
        answer_invitation(need, organization=invitation.organization, is_interested=True, now=NOW)
    assert advance(NOW + 2 * PATIENCE) == 0
    advance(NOW + dt.timedelta(days=400))
    assert not need.match_invitations.filter(closed_at=None).exists()


def test_a_page_tells_its_order_and_what_it_showed_is_kept_once_a_day_without_its_reader(client):
    need = matched(large=12, small=12)
    order = ordered(need)
    begin([need], now=NOW)
    page = client.get(reverse("matching:for-need", args=[need.public_id]))
    shown = [item.offer for item in page.context["items"]]
    assert [offer.organization_id for offer in shown] == order.ranking
    assert not Impression.objects.exists()
    address = reverse("matching:served", args=[need.public_id])
    stranger = OfferFactory()
    listed = [str(stranger.public_id), "x", *(str(offer.public_id) for offer in shown)]
    for _ in range(2):
        assert client.post(address, {"offer": listed}).status_code == 204
    kept = list(Impression.objects.order_by("rank").values_list("offer_id", "rank", "size_class"))
    assert [offer for offer, _, _ in kept] == [offer.pk for offer in shown]
    assert kept[0][1] == 2
    assert {size for _, _, size in kept} == {"large", "small"}
    audit = audit_exposure(since=TODAY, until=TODAY + dt.timedelta(days=9_999))
    assert (audit.smes.organizations, audit.large.organizations) == (12, 12)
    assert audit.smes.impressions + audit.large.impressions == len(shown)
    assert audit.treatment_ratio < 1  # small firms stand behind by score, floors apart
    assert audit.is_even is None  # 24 impressions tell nothing
    author = MembershipFactory(organization=need.organization).user
    client.force_login(author)
    assert client.post(address, {"widen": "1"}).status_code == 303
    assert need.match_invitations.filter(wave=2).count() == 10
    client.force_login(MembershipFactory().user)
    assert client.post(address, {"widen": "1"}).status_code == 404


def test_managers_set_floors_and_administrators_set_capacity(client):
    cluster = ClusterFactory()
    manager = MembershipFactory(role="administrator")
    AffiliationFactory(
        organization=manager.organization, cluster=cluster, role=AffiliationRole.MANAGER
    )
    client.force_login(manager.user)
    address = reverse("matching:fairness", args=[cluster.slug])
    assert b'value="0.1"' in client.get(address).content
    assert client.post(address, {"alpha": "0.3"}).status_code == 422
    assert client.post(address, {"alpha": "0.2"}).status_code == 303
    kept = ClusterFairness.objects.get(cluster=cluster)
    assert (kept.is_on, kept.alpha) == (False, 0.2)
    address = reverse("matching:capacity", args=[manager.organization.public_id])
    assert client.post(address, {"open_invitations": "0"}).status_code == 422
    past = {"open_invitations": "3", "paused_until": "2020-01-01"}
    assert client.post(address, past).status_code == 422
    assert client.post(address, {"open_invitations": "3"}).status_code == 303
    assert MatchCapacity.objects.get().open_invitations == 3
