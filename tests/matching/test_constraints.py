"""Every constraint of the matching tables is violated once."""

import pytest

from matching.models import (
    ClusterFairness,
    Impression,
    KeyFrequency,
    LexiconEntry,
    Match,
    MatchCapacity,
    MatchInvitation,
    MatchOrder,
    MatchResponse,
    MatchRun,
    NeedSketch,
    Purpose,
    Reconciliation,
    RuleSet,
    Side,
    Team,
    TeamAnswer,
    TeamMember,
    TextEpoch,
)
from tests.factories import (
    NOW,
    TODAY,
    ClusterFactory,
    MembershipFactory,
    NeedFactory,
    OfferFactory,
    OrganizationFactory,
)
from tests.violations import violates

pytestmark = pytest.mark.django_db


def rule_set(**values):
    return RuleSet.objects.create(
        **{"purpose": Purpose.PARTNERS, "version": 1, "rules": {}, **values}
    )


def run():
    return MatchRun.objects.create(
        need=NeedFactory(), revision=1, rule_set=rule_set(), engine_version=1, computed_at=NOW
    )


def match(the_run, **values):
    return Match.objects.create(
        **{
            "need": the_run.need,
            "offer": OfferFactory(),
            "run": the_run,
            "score": 0.5,
            "features": [],
            "updated_at": NOW,
            **values,
        }
    )


def lexicon(**values):
    return LexiconEntry.objects.create(
        **{
            "source_language": "es",
            "source_stem": "botell",
            "target_language": "pt",
            "target_stem": "garraf",
            "probability": 0.7,
            **values,
        }
    )


def response(**values):
    member = values.pop("member")
    return MatchResponse.objects.create(
        **{"person": member.user, "organization": member.organization, "answer": "seen", **values}
    )


def test_a_pair_is_matched_once():
    first = match(run())
    with violates("match_unique"):
        match(first.run, offer=first.offer)


@pytest.mark.parametrize("score", [-0.1, 1.1])
def test_a_score_is_between_0_and_1(score):
    the_run = run()
    with violates("match_score_in_range"):
        match(the_run, score=score)


def test_a_revision_is_run_once_per_rules_and_engine():
    first = run()
    with violates("match_run_unique"):
        MatchRun.objects.create(
            need=first.need,
            revision=1,
            rule_set=first.rule_set,
            engine_version=1,
            computed_at=NOW,
        )


def test_a_version_of_the_rules_is_written_once():
    rule_set()
    with violates("rule_set_unique"):
        rule_set()


def test_one_version_of_the_rules_is_in_force():
    rule_set(is_current=True)
    with violates("rule_set_one_current"):
        rule_set(version=2, is_current=True)


def test_a_key_is_counted_once_per_side():
    KeyFrequency.objects.create(side=Side.OFFERS, key=7, listings=1)
    KeyFrequency.objects.create(side=Side.NEEDS, key=7, listings=1)
    with violates("key_frequency_unique"):
        KeyFrequency.objects.create(side=Side.OFFERS, key=7, listings=2)


def test_a_translation_is_kept_once():
    lexicon()
    with violates("lexicon_entry_unique"):
        lexicon(probability=0.2)


@pytest.mark.parametrize("probability", [0, 1.5])
def test_a_probability_is_above_0_and_at_most_1(probability):
    with violates("lexicon_entry_probability"):
        lexicon(probability=probability)


def test_an_average_length_is_positive():
    with violates("text_epoch_length_positive"):
        TextEpoch.objects.create(average_length=0, started_at=NOW)


def test_a_person_answers_a_pair_once_for_an_organization():
    member, need, offer = MembershipFactory(), NeedFactory(), OfferFactory()
    response(member=member, need=need, offer=offer)
    with violates("match_response_unique"):
        response(member=member, need=need, offer=offer, answer="saved")


def test_only_a_dismissal_has_a_reason():
    with violates("match_response_reason_of_dismissal"):
        response(
            member=MembershipFactory(), need=NeedFactory(), offer=OfferFactory(), reason="known"
        )


def test_a_sketch_that_became_a_need_says_when():
    with violates("need_sketch_finished_has_time"):
        NeedSketch.objects.create(need=NeedFactory())


def test_an_interview_has_an_author():
    with violates("need_sketch_interview_has_author"):
        NeedSketch.objects.create(is_interview=True)


def an_order(**values):
    return MatchOrder.objects.create(
        **{
            "need": NeedFactory(),
            "rule_set": rule_set(),
            "by_score": [],
            "ranking": [],
            "floors": [],
            "pool": 1,
            "sme_in_pool": 1,
            "changed": 0,
            "computed_at": NOW,
            **values,
        }
    )


def test_what_is_served_keeps_its_rules():
    with violates("match_order_smes_in_pool"):
        an_order(sme_in_pool=2)
    with violates("cluster_fairness_alpha"):
        ClusterFairness.objects.create(cluster=ClusterFactory(), alpha=0.5)
    with violates("match_capacity_in_range"):
        MatchCapacity.objects.create(organization=OrganizationFactory(), open_invitations=0)
    with violates("reconciliation_changed_of_seen"):
        Reconciliation.objects.create(started_at=NOW, needs=1, needs_changed=2)


def test_an_impression_is_kept_once_a_day_with_its_rank():
    offer = OfferFactory()
    kept = {
        "need": NeedFactory(),
        "offer": offer,
        "organization": offer.organization,
        "shown_on": TODAY,
        "score": 0.5,
    }
    with violates("impression_rank_from_one"):
        Impression.objects.create(rank=0, **kept)
    Impression.objects.create(rank=1, **kept)
    with violates("impression_unique"):
        Impression.objects.create(rank=2, **kept)


def test_an_organization_is_invited_once_and_an_answer_closes():
    invited = {"need": NeedFactory(), "wave": 1, "place": 1, "invited_at": NOW}
    with violates("match_invitation_answer_closes"):
        MatchInvitation.objects.create(
            organization=OrganizationFactory(), is_interested=True, **invited
        )
    organization = OrganizationFactory()
    MatchInvitation.objects.create(organization=organization, **invited)
    with violates("match_invitation_unique"):
        MatchInvitation.objects.create(organization=organization, **invited)


def test_a_team_has_roles_and_asks_each_member_once():
    need = NeedFactory()
    with violates("team_has_roles"):
        Team.objects.create(need=need, organization=need.organization, roles=[])
    team = Team.objects.create(need=need, organization=need.organization, roles=["riego"])
    asked = {"team": team, "organization": OrganizationFactory(), "roles": [0], "invited_at": NOW}
    with violates("team_member_answer_dated"):
        TeamMember.objects.create(answer=TeamAnswer.ACCEPTED, **asked)
    TeamMember.objects.create(**asked)
    with violates("team_member_unique"):
        TeamMember.objects.create(**asked)
