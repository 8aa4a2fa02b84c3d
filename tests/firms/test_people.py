import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.http import HttpResponse
from django.urls import reverse

from accounts.models import User
from common.jobs.models import Effect
from firms.models import Invitation, Membership, Organization, Role
from firms.services import people
from tests.factories import NOW, MembershipFactory, OrganizationFactory, UserFactory
from tests.firms.actors import Cast, make_cast

pytestmark = pytest.mark.django_db

RANK = {Role.READER: 0, Role.EDITOR: 1, Role.ADMINISTRATOR: 2}
INVITERS = (Role.ADMINISTRATOR, Role.EDITOR, Role.READER, None)
GUEST = "invitada@ejemplo.org"


def member(organization: Organization, role: Role | None) -> User:
    if role is None:
        return UserFactory()
    return MembershipFactory(organization=organization, role=role).user


def token_in_mail() -> str:
    body = Effect.objects.latest("pk").payload["body"]
    found = re.search(r"/invitations/([\w-]+)/", body)
    assert found
    return found.group(1)


def invite(organization: Organization, role: Role = Role.EDITOR, email: str = GUEST) -> str:
    by = member(organization, Role.ADMINISTRATOR)
    people.invite_colleague(by=by, organization=organization, email=email, role=role, now=NOW)
    return token_in_mail()


@pytest.mark.parametrize("inviter", INVITERS, ids=str)
@pytest.mark.parametrize("role", list(Role))
def test_nobody_invites_above_their_own_role(inviter: Role | None, role: Role) -> None:
    organization = OrganizationFactory()
    by = member(organization, inviter)
    may = inviter in (Role.ADMINISTRATOR, Role.EDITOR) and RANK[role] <= RANK[inviter]
    details = {"organization": organization, "email": GUEST, "role": role, "now": NOW}
    if may:
        assert people.invite_colleague(by=by, **details).role == role
    else:
        with pytest.raises(people.CannotInvite):
            people.invite_colleague(by=by, **details)
    assert Invitation.objects.count() == int(may)


@pytest.mark.parametrize("inviter_now", INVITERS, ids=str)
@pytest.mark.parametrize("role", list(Role))
def test_an_invitation_is_only_as_good_as_its_inviter_is_today(
    inviter_now: Role | None, role: Role
) -> None:
    organization = OrganizationFactory()
    by = member(organization, Role.ADMINISTRATOR)
    people.invite_colleague(by=by, organization=organization, email=GUEST, role=role, now=NOW)
    if inviter_now is None:
        Membership.objects.filter(user=by).delete()
    else:
        Membership.objects.filter(user=by).update(role=inviter_now)
    guest = UserFactory(email=GUEST)
    may = inviter_now in (Role.ADMINISTRATOR, Role.EDITOR) and RANK[role] <= RANK[inviter_now]
    if may:
        joined = people.accept_invitation(by=guest, token=token_in_mail(), now=NOW)
        assert (joined.organization, joined.role) == (organization, role)
    else:
        with pytest.raises(people.CannotAccept):
            people.accept_invitation(by=guest, token=token_in_mail(), now=NOW)
        assert not Membership.objects.filter(user=guest).exists()


def test_the_mail_carries_the_link_and_the_database_only_its_hash() -> None:
    token = invite(OrganizationFactory(trade_name="Viña Ejemplo"))
    invitation = Invitation.objects.get()
    mail = Effect.objects.latest("pk")
    assert mail.recipient == GUEST
    assert "Viña Ejemplo" in mail.payload["subject"]
    assert len(token) >= 40
    assert token not in invitation.token_hash


def test_an_invitation_serves_once() -> None:
    organization, guest = OrganizationFactory(), UserFactory(email=GUEST)
    token = invite(organization)
    people.accept_invitation(by=guest, token=token, now=NOW)
    people.remove_person(by=guest, membership=Membership.objects.get(user=guest))
    with pytest.raises(people.CannotAccept):
        people.accept_invitation(by=guest, token=token, now=NOW)


@pytest.mark.parametrize("days", [7, 8])
def test_an_invitation_expires_in_seven_days(days: int) -> None:
    token, guest = invite(OrganizationFactory()), UserFactory(email=GUEST)
    last_moment = NOW + dt.timedelta(days=7) - dt.timedelta(seconds=1)
    assert people.find_invitation(by=guest, token=token, now=last_moment)
    with pytest.raises(people.CannotAccept):
        people.accept_invitation(by=guest, token=token, now=NOW + dt.timedelta(days=days))


def test_an_invitation_is_for_one_address() -> None:
    token = invite(OrganizationFactory())
    with pytest.raises(people.CannotAccept):
        people.accept_invitation(by=UserFactory(), token=token, now=NOW)
    assert people.accept_invitation(by=UserFactory(email=GUEST), token=token, now=NOW)


def test_a_withdrawn_invitation_and_one_of_a_closed_organization_serve_nobody() -> None:
    organization, guest = OrganizationFactory(), UserFactory(email=GUEST)
    first = invite(organization)
    admin = member(organization, Role.ADMINISTRATOR)
    people.revoke_invitation(by=admin, invitation=Invitation.objects.get(), now=NOW)
    second = invite(organization)
    Organization.objects.update(status="suspended")
    for token in (first, second, "inventado"):
        with pytest.raises(people.CannotAccept):
            people.accept_invitation(by=guest, token=token, now=NOW)


def test_inviting_again_replaces_the_first_invitation() -> None:
    organization, guest = OrganizationFactory(), UserFactory(email=GUEST)
    first, second = invite(organization, Role.ADMINISTRATOR), invite(organization, Role.READER)
    with pytest.raises(people.CannotAccept):
        people.accept_invitation(by=guest, token=first, now=NOW)
    assert people.accept_invitation(by=guest, token=second, now=NOW).role == Role.READER


def test_who_is_in_already_is_not_invited_and_keeps_the_role_they_have() -> None:
    organization = OrganizationFactory()
    guest = UserFactory(email=GUEST)
    token = invite(organization, Role.READER)
    MembershipFactory(user=guest, organization=organization, role=Role.EDITOR)
    with pytest.raises(people.CannotInvite):
        invite(organization)
    assert people.accept_invitation(by=guest, token=token, now=NOW).role == Role.EDITOR


def test_an_editor_cannot_withdraw_the_invitation_of_an_administrator() -> None:
    organization = OrganizationFactory()
    invite(organization, Role.ADMINISTRATOR)
    with pytest.raises(people.CannotChangePeople):
        people.revoke_invitation(
            by=member(organization, Role.EDITOR), invitation=Invitation.objects.get(), now=NOW
        )


@pytest.mark.parametrize("by_role", INVITERS, ids=str)
def test_only_an_administrator_changes_roles_and_takes_people_out(by_role: Role | None) -> None:
    organization = OrganizationFactory()
    member(organization, Role.ADMINISTRATOR)
    by, other = (
        member(organization, by_role),
        MembershipFactory(organization=organization, role=Role.EDITOR),
    )
    if by_role == Role.ADMINISTRATOR:
        assert people.change_role(by=by, membership=other, role=Role.READER).role == Role.READER
        people.remove_person(by=by, membership=other)
        assert not Membership.objects.filter(pk=other.pk).exists()
        return
    with pytest.raises(people.CannotChangePeople):
        people.change_role(by=by, membership=other, role=Role.READER)
    with pytest.raises(people.CannotChangePeople):
        people.remove_person(by=by, membership=other)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.READER])
def test_nobody_raises_their_own_role(role: Role) -> None:
    organization = OrganizationFactory()
    member(organization, Role.ADMINISTRATOR)
    own = MembershipFactory(organization=organization, role=role)
    with pytest.raises(people.CannotChangePeople):
        people.change_role(by=own.user, membership=own, role=Role.ADMINISTRATOR)


def test_the_last_administrator_stays() -> None:
    organization = OrganizationFactory()
    last = MembershipFactory(organization=organization, role=Role.ADMINISTRATOR)
    member(organization, Role.EDITOR)
    with pytest.raises(people.CannotChangePeople):
        people.remove_person(by=last.user, membership=last)
    with pytest.raises(people.CannotChangePeople):
        people.change_role(by=last.user, membership=last, role=Role.READER)
    MembershipFactory(organization=organization, role=Role.ADMINISTRATOR)
    people.remove_person(by=last.user, membership=last)


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_demote_each_other_leave_one() -> None:
    organization = OrganizationFactory()
    pair = [MembershipFactory(organization=organization) for _ in range(2)]

    def demote(turn: int) -> bool:
        try:
            people.change_role(by=pair[turn].user, membership=pair[1 - turn], role=Role.READER)
        except people.CannotChangePeople:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(demote, range(2)))
    assert sorted(done) == [False, True]
    assert organization.memberships.filter(role=Role.ADMINISTRATOR).count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_acceptances_at_once_make_one_membership() -> None:
    token, guest = invite(OrganizationFactory()), UserFactory(email=GUEST)

    def accept(_turn: int) -> bool:
        try:
            people.accept_invitation(by=guest, token=token, now=NOW)
        except people.CannotAccept:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(accept, range(20)))
    assert done.count(True) == 1
    assert Membership.objects.filter(user=guest).count() == 1


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_an_invitation_goes_from_the_page_to_the_mail_to_the_organization(cast: Cast) -> None:
    page = reverse("firms:people", args=[cast.organization.public_id])
    answer = cast.browser("owner").post(page, {"email": GUEST, "role": Role.EDITOR})
    assert (answer.status_code, answer["Location"]) == (303, page)
    guest = UserFactory(email=GUEST)
    browser = cast.browser("anonymous")
    link = reverse("firms:invitation", args=[token_in_mail()])
    assert browser.get(link).status_code == 302
    browser.force_login(guest)
    assert cast.organization.name in browser.get(link).content.decode()
    assert not Membership.objects.filter(user=guest).exists()
    assert browser.post(link).status_code == 303
    assert Membership.objects.get(user=guest).role == Role.EDITOR
    assert browser.get(link).status_code == 404


def test_a_refused_invitation_keeps_what_was_typed(cast: Cast) -> None:
    page = reverse("firms:people", args=[cast.organization.public_id])
    for email in ("no es un correo", cast.colleague.email):
        answer = cast.browser("owner").post(page, {"email": email, "role": Role.EDITOR})
        assert answer.status_code == 422
        assert email in answer.content.decode()


def what_is_said(answer: HttpResponse) -> str:
    """Return a page without the signs that differ from one answer to the next."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return re.sub(r"/invitations/[\w-]+/", "", text)


def test_any_invitation_that_does_not_serve_answers_alike(cast: Cast) -> None:
    token = invite(cast.organization)
    outsider = cast.browser("outsider")
    answers = [outsider.get(reverse("firms:invitation", args=[text])) for text in (token, "x" * 43)]
    assert [a.status_code for a in answers] == [404, 404]
    first, second = (what_is_said(answer) for answer in answers)
    assert first == second


@pytest.mark.parametrize("actor", ["colleague", "outsider", "anonymous"])
def test_others_cannot_change_people_by_address(cast: Cast, actor: str) -> None:
    other = MembershipFactory(organization=cast.organization, role=Role.EDITOR)
    for name, data in (("person-role", {"role": Role.READER}), ("person-remove", {})):
        url = reverse(f"firms:{name}", args=[cast.organization.public_id, other.user.public_id])
        cast.browser(actor).post(url, data)
    other.refresh_from_db()
    assert other.role == Role.EDITOR


def test_a_person_of_one_organization_is_not_reached_through_another(cast: Cast) -> None:
    mine = MembershipFactory(user=cast.owner, role=Role.ADMINISTRATOR)
    url = reverse(
        "firms:person-remove", args=[mine.organization.public_id, cast.colleague.public_id]
    )
    assert cast.browser("owner").post(url).status_code == 404
