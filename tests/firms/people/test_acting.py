import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from firms.models import (
    ActingSession,
    ActingWrite,
    AffiliationRole,
    Delegation,
    ListingStatus,
    Membership,
    Need,
    Organization,
    OrganizationKind,
    Role,
)
from firms.policies import can_administer, can_edit, editable_organizations, role_in
from firms.policies.acting import possible_delegates
from firms.services import acting
from tests.accounts.browsers import proved
from tests.factories import (
    NOW,
    AffiliationFactory,
    ClusterFactory,
    DelegationFactory,
    MembershipFactory,
    NeedFactory,
    OrganizationFactory,
    SiteFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

CONSENT = "firms:consents"


@dataclass
class Stage:
    """A firm, the body that manages its cluster, and the people of both."""

    firm: Organization
    body: Organization
    owner: User
    manager: User
    delegation: Delegation

    def acting(self) -> Client:
        browser = proved(self.manager)
        browser.post(reverse("firms:acting-start", args=[self.delegation.public_id]))
        return browser


@pytest.fixture
def stage() -> Stage:
    firm = OrganizationFactory(legal_name="Viña Chica")
    SiteFactory(organization=firm)
    body = OrganizationFactory(kind=OrganizationKind.CLUSTER_ORGANIZATION)
    cluster = ClusterFactory()
    AffiliationFactory(organization=firm, cluster=cluster)
    AffiliationFactory(organization=body, cluster=cluster, role=AffiliationRole.MANAGER)
    return Stage(
        firm=firm,
        body=body,
        owner=MembershipFactory(organization=firm).user,
        manager=MembershipFactory(organization=body, role=Role.EDITOR).user,
        delegation=DelegationFactory(organization=firm, delegate=body, given_at=timezone.now()),
    )


def need_data(**changes: str) -> dict[str, str]:
    today = timezone.now().date()
    data = {"title": "Botellas de vidrio", "summary": "Botellas de 750 ml", "reach": "anywhere"}
    dates = {"valid_from": str(today), "valid_until": str(today + dt.timedelta(days=60))}
    return data | dates | changes


def test_who_acts_publishes_in_the_name_of_the_firm_and_all_is_kept(stage: Stage) -> None:
    browser = stage.acting()
    need = NeedFactory(organization=stage.firm, status=ListingStatus.DRAFT)
    page = browser.get(reverse("firms:need", args=[need.public_id])).content.decode()
    assert "Actúa en nombre de" in page
    assert stage.firm.name in page
    move = reverse("firms:need-move", args=[need.public_id, "hold"])
    before = ActingWrite.objects.count()
    answer = browser.post(reverse("firms:need-edit", args=[need.public_id]), {"title": ""})
    assert answer.status_code == 422
    assert ActingWrite.objects.count() == before
    assert browser.post(move).status_code == 303
    (write,) = ActingWrite.objects.all()
    assert write.action == "need-move"
    assert write.path == reverse("firms:need", args=[need.public_id])
    assert write.session.user == stage.manager
    assert write.session.delegation.organization == stage.firm
    owner = Client()
    owner.force_login(stage.owner)
    seen = owner.get(reverse(CONSENT, args=[stage.firm.public_id])).content.decode()
    assert str(stage.manager) in seen
    assert "Movió una necesidad" in seen


def test_the_form_of_a_new_need_is_for_the_firm_alone(stage: Stage) -> None:
    browser = stage.acting()
    page = browser.get(reverse("firms:need-create"))
    assert page.status_code == 200
    assert [each.pk for each in page.context["organizations"]] == [stage.firm.pk]


@pytest.mark.parametrize(
    "name",
    ["people", "organization-edit", "consents", "people-review"],
)
def test_people_identity_and_consents_are_out_of_reach(stage: Stage, name: str) -> None:
    browser = stage.acting()
    before = Membership.objects.count(), Delegation.objects.count()
    url = reverse(f"firms:{name}", args=[stage.firm.public_id])
    answer = browser.post(url, {"email": "yo@ejemplo.org", "role": Role.ADMINISTRATOR})
    assert (answer.status_code, answer["Location"]) == (303, reverse("firms:acting"))
    assert (Membership.objects.count(), Delegation.objects.count()) == before
    assert not stage.firm.invitations.exists()


def test_no_page_but_those_of_listings_is_written_to_while_acting(stage: Stage) -> None:
    browser = stage.acting()
    elsewhere = [
        reverse("accounts:settings"),
        reverse("accounts:tokens"),
        reverse("firms:organization-create"),
        reverse("firms:cluster-create"),
        reverse("programs:program-create", args=[stage.body.public_id]),
        reverse("firms:speak-for", args=[stage.body.public_id]),
    ]
    for path in elsewhere:
        assert browser.post(path)["Location"] == reverse("firms:acting"), path
    assert not ActingWrite.objects.exists()


def test_the_rights_of_acting_are_those_of_an_editor_of_listings_only(stage: Stage) -> None:
    stage.manager.acting_for_id = stage.firm.pk
    assert can_edit(stage.manager, stage.firm)
    assert not can_edit(stage.manager, stage.body)
    assert list(editable_organizations(stage.manager)) == [stage.firm]
    assert role_in(stage.manager, stage.firm) is None
    assert not can_administer(stage.manager, stage.firm)


def test_acting_ends_after_half_an_hour(stage: Stage) -> None:
    browser = stage.acting()
    session = ActingSession.objects.get()
    assert session.expires_at - session.started_at == dt.timedelta(minutes=30)
    ActingSession.objects.update(
        started_at=NOW - dt.timedelta(hours=1), expires_at=NOW - dt.timedelta(minutes=30)
    )
    _is_over(stage, browser)


def test_acting_ends_when_the_consent_is_taken_back(stage: Stage) -> None:
    browser, owner = stage.acting(), Client()
    owner.force_login(stage.owner)
    ids = [stage.firm.public_id, stage.delegation.public_id]
    assert owner.post(reverse("firms:consent-end", args=ids)).status_code == 303
    _is_over(stage, browser)
    start = reverse("firms:acting-start", args=[stage.delegation.public_id])
    assert browser.post(start).status_code == 404


@pytest.mark.parametrize("end", ["role", "person", "affiliation", "status"])
def test_acting_ends_with_whatever_it_stands_on(stage: Stage, end: str) -> None:
    browser = stage.acting()
    place = Membership.objects.filter(user=stage.manager)
    match end:
        case "role":
            place.update(role=Role.READER)
        case "person":
            place.delete()
        case "affiliation":
            stage.firm.affiliations.update(ended_on=NOW.date())
        case _:
            Organization.objects.filter(pk=stage.firm.pk).update(status="suspended")
    _is_over(stage, browser)


def _is_over(stage: Stage, browser: Client) -> None:
    need = NeedFactory(organization=stage.firm)
    edit = reverse("firms:need-edit", args=[need.public_id])
    assert browser.post(edit, need_data(title="Otro título")).status_code == 404
    need.refresh_from_db()
    assert need.title != "Otro título"
    assert "Actúa en nombre de" not in browser.get(reverse("firms:acting")).content.decode()


def test_stopping_gives_ones_own_rights_back(stage: Stage) -> None:
    browser = stage.acting()
    own = NeedFactory(organization=stage.body)
    edit = reverse("firms:need-edit", args=[own.public_id])
    assert browser.get(edit).status_code == 404
    assert browser.post(reverse("firms:acting-stop")).status_code == 303
    assert browser.get(edit).status_code == 200


def test_another_browser_of_the_same_person_does_not_act(stage: Stage) -> None:
    stage.acting()
    other = Client()
    other.force_login(stage.manager)
    assert "Actúa en nombre de" not in other.get(reverse("firms:acting")).content.decode()


@pytest.mark.parametrize("actor", ["owner", "editor", "outsider"])
def test_only_an_administrator_consents_and_takes_back(stage: Stage, actor: str) -> None:
    by = {
        "owner": stage.owner,
        "editor": MembershipFactory(organization=stage.firm, role=Role.EDITOR).user,
        "outsider": UserFactory(),
    }[actor]
    Delegation.objects.all().delete()
    browser = proved(by)
    page = reverse(CONSENT, args=[stage.firm.public_id])
    answer = browser.post(page, {"delegate": str(stage.body.public_id)})
    assert answer.status_code == (303 if actor == "owner" else 404)
    assert Delegation.objects.count() == int(actor == "owner")


def test_consent_goes_to_bodies_of_ones_clusters_and_agencies_of_ones_country(
    stage: Stage,
) -> None:
    firm = stage.firm
    agency = OrganizationFactory(kind=OrganizationKind.PUBLIC_AGENCY, country=firm.country)
    MembershipFactory(organization=agency)
    OrganizationFactory(kind=OrganizationKind.PUBLIC_AGENCY, country=firm.country)  # nobody there
    OrganizationFactory(kind=OrganizationKind.CLUSTER_ORGANIZATION, country=firm.country)
    stranger = OrganizationFactory(country=firm.country)
    assert set(possible_delegates(firm)) == {stage.body, agency}
    with pytest.raises(acting.CannotDelegate):
        acting.give_consent(by=stage.owner, organization=firm, delegate=stranger, now=NOW)
    with pytest.raises(acting.CannotDelegate):
        acting.give_consent(by=stage.owner, organization=firm, delegate=stage.body, now=NOW)


def test_a_write_that_fails_leaves_no_record_and_a_record_that_fails_no_write(
    stage: Stage, monkeypatch: Any
) -> None:
    browser = stage.acting()
    need = NeedFactory(organization=stage.firm)
    move = reverse("firms:need-move", args=[need.public_id, "hold"])
    before = Need.objects.get(pk=need.pk).status

    def broken(**_given: object) -> None:
        raise OSError

    monkeypatch.setattr("firms.middleware.record_write", broken)
    with pytest.raises(OSError):  # noqa: PT011 - the client raises what the server would answer 500
        browser.post(move)
    assert Need.objects.get(pk=need.pk).status == before
