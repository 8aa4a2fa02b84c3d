import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from common.jobs import Work
from common.models import Effect
from firms.models import ClosingReason, Need, Organization, OrganizationStatus, Role
from firms.policies import visible_needs, visible_organizations
from firms.services.lifecycle import freshness, moves
from tests.accounts.browsers import proved
from tests.factories import (
    NOW,
    TODAY,
    AffiliationFactory,
    MembershipFactory,
    NeedFactory,
    OrganizationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


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


def test_reopening_ends_after_thirty_days() -> None:
    own, who = owned()
    close(own, who)
    with pytest.raises(moves.CannotMove):
        moves.reopen_organization(own, by=who, now=NOW + 31 * DAY)


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
