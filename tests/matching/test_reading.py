"""Stored matches are shown to those who may see both listings, and to nobody else."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from firms.models import ListingStatus, Visibility
from matching.models import Match, MatchAnswer, MatchResponse
from matching.services.answers import CannotAnswerMatchError, answer_match
from matching.services.reading import (
    matches_of_need,
    matches_of_offer,
    matches_of_organization,
)
from tests.factories import (
    TODAY,
    MembershipFactory,
    NeedFactory,
    OfferFactory,
    OrganizationFactory,
    UserFactory,
)
from tests.matching.run import match_need, match_offer

pytestmark = pytest.mark.django_db


def member_of(listing):
    return MembershipFactory(organization=listing.organization).user


def matched(need_values=None, offer_values=None):
    """A need and an offer that match, both published."""
    offer = OfferFactory(**(offer_values or {}))
    match_offer(offer)
    need = NeedFactory(**(need_values or {}))
    match_need(need)
    assert Match.objects.filter(need=need, offer=offer).exists()
    return need, offer


def offers_shown(need, actor):
    found = matches_of_need(need, actor=actor, today=TODAY)
    return [row.ranked.best.offer for row in found.ranked]


def needs_shown(offer, actor):
    return [row.need for row in matches_of_offer(offer, actor=actor, today=TODAY).needs]


def test_owner_colleague_outsider_and_anonymous_see_public_offers():
    need, offer = matched()
    for actor in (member_of(need), member_of(need), UserFactory(), AnonymousUser()):
        assert offers_shown(need, actor) == [offer]


def test_an_offer_for_members_is_shown_to_members_only():
    need, offer = matched(offer_values={"visibility": Visibility.MEMBERS})
    assert offers_shown(need, member_of(need)) == [offer]
    assert offers_shown(need, AnonymousUser()) == []


def test_a_need_for_members_is_not_shown_with_an_offer_to_anyone():
    need, offer = matched(need_values={"visibility": Visibility.MEMBERS})
    assert needs_shown(offer, member_of(offer)) == [need]
    assert needs_shown(offer, AnonymousUser()) == []


def test_a_private_need_is_matched_for_its_owner_alone():
    need, offer = matched(need_values={"visibility": Visibility.PRIVATE})
    assert offers_shown(need, member_of(need)) == [offer]
    assert needs_shown(offer, member_of(offer)) == []
    assert needs_shown(offer, UserFactory()) == []


def test_an_offer_that_turned_private_disappears_before_its_job_runs():
    need, offer = matched()
    offer.visibility = Visibility.PRIVATE
    offer.save()
    assert offers_shown(need, member_of(need)) == []


def test_an_organization_that_turned_private_disappears_at_once():
    need, offer = matched()
    offer.organization.visibility = Visibility.PRIVATE
    offer.organization.save()
    assert offers_shown(need, member_of(need)) == []


def test_an_offer_on_hold_disappears_at_once():
    need, offer = matched()
    offer.status = ListingStatus.ON_HOLD
    offer.save()
    assert offers_shown(need, member_of(need)) == []


def test_matches_are_pending_until_the_current_text_was_matched():
    need, _ = matched()
    assert not matches_of_need(need, actor=member_of(need), today=TODAY).is_pending
    need.revision += 1
    need.save()
    assert matches_of_need(need, actor=member_of(need), today=TODAY).is_pending


def test_a_need_that_is_not_open_waits_for_nothing():
    need = NeedFactory(status=ListingStatus.ON_HOLD)
    assert not matches_of_need(need, actor=member_of(need), today=TODAY).is_pending


def test_the_ledger_of_a_need_counts_for_its_reader():
    need, _ = matched(offer_values={"visibility": Visibility.MEMBERS})
    inside = matches_of_need(need, actor=member_of(need), today=TODAY).gates
    outside = matches_of_need(need, actor=AnonymousUser(), today=TODAY).gates
    assert (inside.open_offers, inside.steps[-1].kept) == (1, 1)
    assert (outside.open_offers, outside.steps[-1].kept) == (0, 0)


def test_offers_are_grouped_by_organization_best_first():
    organization = OrganizationFactory()
    for title in ("Etiquetas", "Etiquetas para botellas"):
        match_offer(OfferFactory(organization=organization, title=title))
    need = NeedFactory(title="Etiquetas para botellas")
    match_need(need)
    (only,) = matches_of_need(need, actor=member_of(need), today=TODAY).ranked
    assert only.ranked.best.offer.title == "Etiquetas para botellas"
    assert [other.offer.title for other in only.ranked.others] == ["Etiquetas"]


def test_an_organization_sees_both_sides_of_its_matches():
    need, offer = matched()
    mine = matches_of_organization(need.organization, actor=member_of(need), today=TODAY)
    assert [row.need for row in mine.of_needs] == [need]
    assert mine.of_offers == ()
    theirs = matches_of_organization(offer.organization, actor=member_of(offer), today=TODAY)
    assert [row.needs[0].need for row in theirs.of_offers] == [need]


def query_counts():
    """How many questions each reader asks of what is stored now."""
    need = NeedFactory()
    match_need(need)
    actor = member_of(need)
    offer = OfferFactory(organization=need.organization)
    match_offer(offer)
    counts = []
    for read in (
        lambda: matches_of_need(need, actor=actor, today=TODAY),
        lambda: matches_of_offer(offer, actor=actor, today=TODAY),
        lambda: matches_of_organization(need.organization, actor=actor, today=TODAY),
    ):
        with CaptureQueriesContext(connection) as captured:
            read()
        counts.append(len(captured))
    return counts


def test_readers_ask_the_same_few_questions_of_3_matches_and_of_30():
    for _ in range(3):
        match_offer(OfferFactory())
        match_need(NeedFactory())
    few = query_counts()
    for _ in range(27):
        match_offer(OfferFactory())
    for _ in range(5):
        match_need(NeedFactory())
    assert query_counts() == few == [12, 2, 10]


def test_an_answer_is_kept_for_the_side_of_the_person_and_shown_to_them():
    need, offer = matched()
    person = member_of(need)
    answer_match(need=need, offer=offer, by=person, answer=MatchAnswer.SAVED)
    (row,) = matches_of_need(need, actor=person, today=TODAY).ranked
    assert row.response.answer == MatchAnswer.SAVED
    assert row.response.organization == need.organization
    (colleague,) = matches_of_need(need, actor=member_of(need), today=TODAY).ranked
    assert colleague.response is None


def test_the_last_answer_stands_and_seeing_again_changes_nothing():
    need, offer = matched()
    person = member_of(need)
    pair = {"need": need, "offer": offer, "by": person}
    answer_match(**pair, answer=MatchAnswer.SEEN)
    answer_match(**pair, answer=MatchAnswer.DISMISSED, reason="place")
    answer_match(**pair, answer=MatchAnswer.SEEN)
    stored = MatchResponse.objects.get()
    assert (stored.answer, stored.reason) == (MatchAnswer.DISMISSED, "place")
    answer_match(**pair, answer=MatchAnswer.SAVED)
    stored.refresh_from_db()
    assert (stored.answer, stored.reason) == (MatchAnswer.SAVED, "")


def test_who_belongs_to_neither_side_answers_nothing():
    need, offer = matched()
    with pytest.raises(CannotAnswerMatchError):
        answer_match(need=need, offer=offer, by=UserFactory(), answer=MatchAnswer.SAVED)
    with pytest.raises(CannotAnswerMatchError):
        answer_match(
            need=need, offer=offer, by=member_of(need), answer=MatchAnswer.DISMISSED, reason="odio"
        )
    assert not MatchResponse.objects.exists()
