import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from common.jobs import Work
from common.models import Effect
from firms.models import ClosingReason, Need, Offer, Organization, OrganizationStatus, Role
from firms.policies import visible_needs, visible_organizations
from firms.services.lifecycle import freshness, moves, settling
from tests.accounts.browsers import proved
from tests.factories import (
    NOW,
    TODAY,
    AffiliationFactory,
    IdentifierFactory,
    MembershipFactory,
    NeedFactory,
    OfferFactory,
    OrganizationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
ENDED = {"close_reason": "solved_here", "closed_on": TODAY}


def owned(**fields: object) -> tuple[Organization, object]:
    row = MembershipFactory(organization=OrganizationFactory(**fields), role=Role.ADMINISTRATOR)
    return row.organization, row.user


def close(organization: Organization, by: object, **more: object) -> object:
    closing = moves.Closing(**({"reason": ClosingReason.CEASED, "on": TODAY} | more))
    return moves.close_organization(organization, by=by, closing=closing, now=NOW)


def test_a_closed_one_is_hidden_from_all_but_its_people_and_comes_back_whole() -> None:
    own, who = owned()
    need = NeedFactory(organization=own)
    before = Need.objects.filter(pk=need.pk).values().get()
    close(own, who)
    outsider = UserFactory()
    for actor in (outsider, AnonymousUser()):
        assert not visible_organizations(actor).filter(pk=own.pk).exists()
        assert not visible_needs(actor).filter(pk=need.pk).exists()
    assert visible_organizations(who).filter(pk=own.pk).exists()
    moves.reopen_organization(own, by=who, now=NOW + 29 * DAY)
    assert visible_organizations(outsider).filter(pk=own.pk).exists()
    assert Need.objects.filter(pk=need.pk).values().get() == before


def settle(days: int) -> None:
    work = Work("organizations.settle", 0, 0, {}, None, NOW + days * DAY)
    assert settling.settle_closings(work) is None


def test_after_thirty_days_a_closing_ends_what_it_had_and_its_people_were_told() -> None:
    own, who = owned()
    draft = NeedFactory(organization=own, status="draft")
    done = NeedFactory(organization=own, status="fulfilled", **ENDED)
    offer, member = OfferFactory(organization=own), AffiliationFactory(organization=own)
    MembershipFactory(organization=own, role=Role.EDITOR)
    assert settling.ending_of(own) == settling.Ending(listings=2, clusters=1)
    close(own, who)
    told = [Effect.objects.filter(dedup__contains="closing-of:").count()]
    for days in (22, 24, 29):
        settle(days)
        told.append(Effect.objects.filter(dedup__contains="closing-of:").count())
    assert told == [1, 1, 2, 2]
    assert settling.ending_of(own) == settling.Ending(listings=2, clusters=1)
    settle(30)
    states = [Need.objects.get(pk=row.pk).status for row in (draft, done)]
    assert [*states, Offer.objects.get(pk=offer.pk).status] == ["archived", "fulfilled", "archived"]
    member.refresh_from_db()
    assert member.ended_on == (NOW + 30 * DAY).date()
    before = Offer.objects.filter(pk=offer.pk).values().get()
    settle(31)
    assert Offer.objects.filter(pk=offer.pk).values().get() == before
    with pytest.raises(moves.CannotMove):
        moves.reopen_organization(own, by=who, now=NOW + 30 * DAY)
    assert "en firme" in proved(who).get(reverse("firms:lifecycle", args=[own.public_id])).text


def test_what_was_reopened_never_settles() -> None:
    own, who = owned()
    need, closing = NeedFactory(organization=own), close(own, who)
    moves.reopen_organization(own, by=who, now=NOW + 29 * DAY)
    settle(40)
    assert not settling.settle(closing, now=NOW + 40 * DAY)
    moves.close_organization(
        own, by=who, closing=moves.Closing(ClosingReason.CEASED, TODAY), now=NOW + 41 * DAY
    )
    settle(60)
    assert Need.objects.get(pk=need.pk).status == "published"


def test_where_a_closed_one_stood_people_read_when_it_closed_and_who_continues() -> None:
    own, who = owned(legal_name="Metalmecánica Sur")
    heir, theirs = owned(legal_name="Sur Continuadora")
    page = reverse("firms:organization", args=[own.public_id])
    move = close(own, who, successor=heir)
    anyone = Client(HTTP_ACCEPT_LANGUAGE="es")
    told = anyone.get(page)
    assert told.status_code == 410
    assert "Metalmecánica Sur" in told.text
    assert "Sur Continuadora" not in told.text
    moves.answer_succession(move, by=theirs, accepts=True, now=NOW)
    assert reverse("firms:organization", args=[heir.public_id]) in anyone.get(page).text
    assert proved(who).get(page).status_code == 200


@pytest.mark.parametrize(
    ("fields", "reason"),
    [({"kind": "sole_trader"}, "ceased"), ({"visibility": "members"}, "ceased"), ({}, "leaves")],
)
def test_nothing_is_told_of_people_of_the_hidden_and_of_who_left(
    fields: dict[str, str], reason: str
) -> None:
    own, who = owned(**fields)
    close(own, who, reason=ClosingReason(reason))
    assert Client().get(reverse("firms:organization", args=[own.public_id])).status_code == 404


def test_a_successor_is_found_by_name_or_number_among_those_that_one_sees() -> None:
    own, who = owned()
    heir = OrganizationFactory(legal_name="Envases del Maipo SpA")
    IdentifierFactory(organization=heir, value="76.086.428-5", normalized="760864285")
    OrganizationFactory(legal_name="Envases Secretos", visibility="private")
    address, found = reverse("firms:lifecycle", args=[own.public_id]), "firms:organizations-found"
    client = proved(who)
    for typed in ("envaces maipo", "envases", "76.086.428-5"):
        asked = {"name": "successor", "successor_search": typed}
        fragment = client.get(reverse(found), asked, headers={"HX-Request": "true"}).text
        assert str(heir.public_id) in fragment
        assert "Secretos" not in fragment
    looking = client.post(address, {"look": "successor", "successor_search": "maipo"})
    assert looking.status_code == 200
    assert str(heir.public_id) in looking.text
    sent = {"move": "close", "reason": "succeeded", "on": TODAY, "successor": heir.public_id}
    assert client.post(address, sent).status_code == 303
    assert own.lifecycle_moves.get().successor == heir


@pytest.mark.parametrize("role", [Role.READER, Role.EDITOR, None])
def test_only_who_administers_closes(role: Role | None) -> None:
    own, _who = owned()
    by = MembershipFactory(organization=own, role=role).user if role else UserFactory()
    with pytest.raises(moves.CannotMove):
        close(own, by)


def test_what_manages_a_cluster_hands_it_over_first() -> None:
    own, who = owned()
    AffiliationFactory(organization=own, role="manager")
    with pytest.raises(moves.CannotMove):
        close(own, who)


def test_a_successor_shows_once_its_own_side_confirms() -> None:
    own, who = owned()
    heir, theirs = owned()
    move = close(own, who, successor=heir)
    assert move.successor_confirmed_at is None
    with pytest.raises(moves.CannotMove):
        moves.answer_succession(move, by=who, accepts=True, now=NOW)
    assert moves.answer_succession(move, by=theirs, accepts=True, now=NOW).successor == heir


def test_a_pause_is_ended_by_who_began_it() -> None:
    own, who = owned()
    moves.pause_organization(own, by=who, now=NOW)
    assert Organization.objects.get(pk=own.pk).status == OrganizationStatus.SUSPENDED
    moves.resume_organization(own, by=who, now=NOW)
    assert Organization.objects.get(pk=own.pk).status == OrganizationStatus.ACTIVE


def test_the_page_closes_with_what_was_typed() -> None:
    own, who = owned()
    address = reverse("firms:lifecycle", args=[own.public_id])
    client = proved(who)
    assert client.get(address).status_code == 200
    assert client.post(address, {"move": "close"}).status_code == 422
    sent = {"move": "close", "reason": "ceased", "on": "2020-05-04"}
    assert client.post(address, sent).status_code == 303
    assert Organization.objects.get(pk=own.pk).closed_on == dt.date(2020, 5, 4)


@pytest.mark.parametrize(("age", "is_fresh"), [(455, True), (456, False)])
def test_what_nobody_confirms_leaves_the_lists_after_the_grace(age: int, is_fresh: bool) -> None:
    own = OrganizationFactory(last_confirmed_on=TODAY - age * DAY)
    listed = OrganizationFactory(
        last_confirmed_on=TODAY - age * DAY, verification="listed", source="retc"
    )
    need = NeedFactory(organization=own)
    fresh = set(Organization.objects.fresh_on(TODAY).values_list("pk", flat=True))
    assert (own.pk in fresh) == is_fresh
    assert listed.pk in fresh
    assert Need.objects.open_on(TODAY).filter(pk=need.pk).exists() == is_fresh


def remind(now: dt.datetime) -> None:
    freshness.ask_to_confirm(Work("organizations.remind", 0, 0, {}, None, now))


def test_who_administers_is_asked_once_and_reminded_once() -> None:
    owned(last_confirmed_on=TODAY - 365 * DAY)
    owned(last_confirmed_on=TODAY - 364 * DAY)
    counts = []
    for days in (0, 0, 30, 60, 61):
        remind(NOW + days * DAY)
        counts.append(Effect.objects.filter(dedup__contains="reconfirm:").count())
    assert counts == [1, 1, 2, 3, 4]


def test_the_link_confirms_without_signing_in_and_only_once() -> None:
    own, who = owned(last_confirmed_on=TODAY - 500 * DAY)
    address = reverse("firms:reconfirm", args=[freshness.confirmation_token(own, who)])
    client = Client()
    assert client.get(address).status_code == 200
    assert Organization.objects.get(pk=own.pk).last_confirmed_on == own.last_confirmed_on
    assert client.post(address).status_code == 200
    assert Organization.objects.get(pk=own.pk).last_confirmed_on > own.last_confirmed_on
    assert client.get(address).status_code == client.post(address).status_code == 404


def test_a_link_dies_with_the_role_and_a_false_one_says_nothing() -> None:
    own, who = owned(last_confirmed_on=TODAY - 500 * DAY)
    token = freshness.confirmation_token(own, who)
    who.memberships.update(role=Role.READER)
    for each in (token, "falso"):
        assert Client().post(reverse("firms:reconfirm", args=[each])).status_code == 404


def test_the_page_says_since_when_nobody_has_confirmed_and_one_click_helps() -> None:
    own, who = owned(last_confirmed_on=TODAY - 500 * DAY)
    page = reverse("firms:organization", args=[own.public_id])
    confirm = reverse("firms:organization-confirm", args=[own.public_id])
    client = proved(who)
    assert confirm in client.get(page).content.decode()
    assert "Nadie ha confirmado" in Client().get(page, HTTP_ACCEPT_LANGUAGE="es").content.decode()
    assert client.post(confirm).status_code == 303
    assert confirm not in client.get(page).content.decode()
