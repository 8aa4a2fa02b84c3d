import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import BlockEntry, BlockKind, User
from accounts.services import blocks
from common.models import Effect
from firms import quotas
from firms.models import (
    Case,
    CaseKind,
    CaseOutcome,
    CaseStatus,
    Claim,
    ClaimMethod,
    ClaimPurpose,
    ClaimStatus,
    ListingStatus,
    Membership,
    Organization,
    OrganizationStatus,
    ReasonClass,
    RemovedRecord,
    Report,
    Role,
    Verification,
)
from firms.policies import visible_needs, visible_offers, visible_organizations
from firms.services import decisions, listings, people
from firms.services.claims.settling import prove_claim
from firms.services.moderation.reports import CannotReport, report_thing
from firms.services.moderation.suspensions import lift_suspension, suspend_organization
from tests.factories import (
    MembershipFactory,
    NeedFactory,
    OfferFactory,
    OrganizationFactory,
    UserFactory,
)
from tests.firms.actors import ACTORS, make_cast
from tests.firms.claims.factories import CaseFactory, ClaimFactory

pytestmark = pytest.mark.django_db


def staff(**more: Any) -> User:
    return UserFactory(is_staff=True, **more)


def decide(case: Case, outcome: CaseOutcome, by: User | None = None) -> Case:
    ruling = decisions.Ruling(outcome, "Porque así consta.", ReasonClass.FRAUD)
    return decisions.decide_case(by=by or staff(), case=case, ruling=ruling, now=timezone.now())


def proven(organization: Organization, **more: Any) -> Claim:
    claim = ClaimFactory(organization=organization, **more)
    return prove_claim(claim=claim, level=Verification.VERIFIED, now=timezone.now())


def told(person: User) -> list[str]:
    mails = Effect.objects.filter(recipient=person.email).order_by("pk")
    return [mail.payload["body"] for mail in mails]


def refused(case: Case, outcome: CaseOutcome, by: User | None = None) -> str:
    with pytest.raises(decisions.CannotDecide) as caught:
        decide(case, outcome, by)
    return caught.value.reason


def test_an_accepted_document_makes_a_verified_administrator_who_reads_why() -> None:
    own = OrganizationFactory(source="ror", verification=Verification.LISTED)
    claim = proven(own)
    decide(claim.case, CaseOutcome.ACCEPT)
    own.refresh_from_db()
    assert own.verification == Verification.VERIFIED
    assert Membership.objects.get(user=claim.claimant).role == Role.ADMINISTRATOR
    assert "Porque así consta." in told(claim.claimant)[-1]


def test_a_refused_claimant_appeals_once_and_somebody_else_decides() -> None:
    claim, first = proven(OrganizationFactory(source="ror", verification="listed")), staff()
    case = decide(claim.case, CaseOutcome.REFUSE, first)
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.REFUSED
    now, who = timezone.now(), claim.claimant
    decisions.appeal_case(by=who, case=case, text="Sí soy yo.", now=now)
    other = staff()
    assert refused(case, CaseOutcome.ACCEPT, first) == "same"
    case = decide(case, CaseOutcome.ACCEPT, other)
    assert case.status == CaseStatus.CLOSED
    assert Membership.objects.filter(user=who, role=Role.ADMINISTRATOR).exists()
    with pytest.raises(decisions.CannotDecide):
        decisions.appeal_case(by=who, case=case, text="Otra vez.", now=now)
    assert [d.by for d in case.decisions.all()] == [first, other]


@pytest.mark.parametrize(
    ("outcome", "before", "claimant"),
    [
        (CaseOutcome.ACCEPT, Role.ADMINISTRATOR, Role.ADMINISTRATOR),
        (CaseOutcome.REPLACE, Role.READER, Role.ADMINISTRATOR),
        (CaseOutcome.REFUSE, Role.ADMINISTRATOR, None),
    ],
)
def test_a_dispute_ends_as_the_team_decides_and_both_sides_read_it(
    outcome: CaseOutcome, before: str, claimant: str | None
) -> None:
    owner = MembershipFactory()
    claim = proven(owner.organization)
    assert claim.case.kind == CaseKind.DISPUTE
    decide(claim.case, outcome)
    roles = dict(owner.organization.memberships.values_list("user", "role"))
    assert (roles[owner.user_id], roles.get(claim.claimant_id)) == (before, claimant)
    for person in (owner.user, claim.claimant):
        assert "Porque así consta." in told(person)[-1]


def test_who_lost_their_organization_gets_it_back_on_appeal() -> None:
    owner = MembershipFactory()
    claim = proven(owner.organization)
    case = decide(claim.case, CaseOutcome.REPLACE)
    now = timezone.now()
    decisions.appeal_case(by=owner.user, case=case, text="Es nuestra.", now=now)
    decide(case, CaseOutcome.REFUSE)
    roles = dict(owner.organization.memberships.values_list("user", "role"))
    assert roles == {owner.user_id: Role.ADMINISTRATOR}


@pytest.mark.parametrize("keeps", [True, False])
def test_a_removal_stays_hidden_or_comes_back(keeps: bool) -> None:
    own = OrganizationFactory(source="ror", source_ref="1", verification=Verification.LISTED)
    claim = proven(own, purpose=ClaimPurpose.REMOVAL, method=ClaimMethod.CODE)
    decide(claim.case, CaseOutcome.ACCEPT if keeps else CaseOutcome.REFUSE)
    own.refresh_from_db()
    assert (own.status == OrganizationStatus.SUSPENDED) is keeps
    assert RemovedRecord.objects.exists() is keeps


def test_nobody_decides_about_their_own_and_only_the_team_decides() -> None:
    case = CaseFactory()
    assert refused(case, CaseOutcome.KEEP, UserFactory()) == "state"
    own = MembershipFactory(organization=case.organization, user=staff()).user
    assert refused(case, CaseOutcome.KEEP, own) == "party"
    assert refused(case, CaseOutcome.REPLACE) == "outcome"
    decide(case, CaseOutcome.KEEP)
    assert refused(case, CaseOutcome.SUSPEND) == "state"


def test_a_suspended_organization_and_its_listings_are_seen_by_its_people_alone() -> None:
    cast = make_cast()
    need = NeedFactory(organization=cast.organization)
    offer = OfferFactory(organization=cast.organization)
    case = CaseFactory(organization=cast.organization)
    decide(case, CaseOutcome.SUSPEND)
    pages = {
        "organization": cast.organization.public_id,
        "need": need.public_id,
        "offer": offer.public_id,
    }
    for actor in ACTORS:
        status = 200 if actor in ("owner", "colleague") else 404
        for name, key in pages.items():
            answer = cast.browser(actor).get(reverse(f"firms:{name}", args=[key]))
            assert answer.status_code == status, (actor, name)
    text = (
        cast.browser("owner")
        .get(reverse("firms:organization", args=[cast.organization.public_id]))
        .content.decode()
    )
    assert "Porque así consta." in text
    assert reverse("firms:case-appeal", args=[case.public_id]) in text
    for rows in (visible_organizations, visible_needs, visible_offers):
        assert not rows(cast.outsider).filter(pk__in=[cast.organization.pk]).exists()


def test_an_appealed_suspension_is_lifted() -> None:
    owner = MembershipFactory()
    case = decide(CaseFactory(organization=owner.organization), CaseOutcome.SUSPEND)
    assert "apelar una vez" in told(owner.user)[-1]
    decisions.appeal_case(by=owner.user, case=case, text="Existe.", now=timezone.now())
    decide(case, CaseOutcome.KEEP)
    owner.organization.refresh_from_db()
    assert owner.organization.status == OrganizationStatus.ACTIVE
    assert not owner.organization.suspensions.filter(lifted_at=None).exists()


def test_an_organization_that_paused_itself_is_not_opened_by_lifting() -> None:
    own = OrganizationFactory(status=OrganizationStatus.SUSPENDED)
    assert lift_suspension(organization=own, now=timezone.now()).status == "suspended"
    assert suspend_organization(organization=own, reason=ReasonClass.FRAUD).status == "suspended"


def test_a_listing_taken_down_comes_back_as_a_draft_on_appeal() -> None:
    owner = MembershipFactory()
    need = NeedFactory(organization=owner.organization)
    case = CaseFactory(kind=CaseKind.REPORT, organization=owner.organization, need=need)
    decide(case, CaseOutcome.TAKE_DOWN)
    need.refresh_from_db()
    assert need.status == ListingStatus.REMOVED
    decisions.appeal_case(by=owner.user, case=case, text="Es real.", now=timezone.now())
    decide(case, CaseOutcome.KEEP)
    need.refresh_from_db()
    assert need.status == ListingStatus.DRAFT


def test_reports_of_many_are_one_case_and_their_authors_are_shown_to_nobody() -> None:
    cast = make_cast()
    url = reverse("firms:organization-report", args=[cast.organization.public_id])
    for _ in range(2):
        reporter = UserFactory(name="Quien Avisa")
        browser = cast.browser("anonymous")
        browser.force_login(reporter)
        assert browser.post(url, {"reason": "fraud", "text": "No entregan."}).status_code == 303
    assert browser.post(url, {"reason": "fraud", "text": "De nuevo"}).status_code == 422
    case = Case.objects.get()
    assert case.reports.count() == 2
    browser.force_login(staff())
    page = browser.get(reverse("firms:moderation-case", args=[case.public_id])).content.decode()
    assert "No entregan." in page
    assert "Quien Avisa" not in page
    decide(case, CaseOutcome.SUSPEND)
    own = cast.browser("owner").get(reverse("firms:case-appeal", args=[case.public_id]))
    assert "No entregan." not in own.content.decode()
    assert all("Quien Avisa" not in body for body in told(cast.owner))
    assert "Porque así consta." not in told(reporter)[-1]


def test_a_person_reports_ten_things_a_day() -> None:
    reporter, now = UserFactory(), timezone.now()
    more = {"reason": ReasonClass.WRONG, "text": "", "now": now}
    for _ in range(quotas.REPORTS_PER_DAY):
        report_thing(by=reporter, thing=OrganizationFactory(), **more)
    with pytest.raises(CannotReport):
        report_thing(by=reporter, thing=OrganizationFactory(), **more)
    assert Report.objects.count() == quotas.REPORTS_PER_DAY


@pytest.mark.parametrize("actor", ACTORS)
def test_the_queue_is_for_the_team(actor: str) -> None:
    cast = make_cast()
    CaseFactory()
    answer = cast.browser(actor).get(reverse("firms:moderation"))
    assert answer.status_code == (302 if actor == "anonymous" else 404)


@pytest.mark.parametrize("many", [3, 30])
def test_the_queue_asks_as_often_for_30_cases_as_for_3(
    many: int, client: Any, django_assert_num_queries: Any
) -> None:
    for _ in range(many):
        CaseFactory()
    client.force_login(staff())
    url = reverse("firms:moderation")
    client.get(url)
    with django_assert_num_queries(6):
        client.get(url)


def test_the_queue_decides_and_keeps_what_was_typed(client: Any) -> None:
    case = CaseFactory()
    client.force_login(staff())
    url = reverse("firms:moderation-case", args=[case.public_id])
    answer = client.post(url, {"reason": "Falta decidir."})
    assert answer.status_code == 422
    assert "Falta decidir." in answer.content.decode()
    sent = {"outcome": "keep", "reason": "Existe.", "reason_class": "other"}
    assert client.post(url, sent).status_code == 303
    shown = client.get(reverse("firms:moderation"), {"state": "decided"}).content.decode()
    assert case.organization.name in shown


@pytest.mark.parametrize(("verification", "allowed"), [("claimed", False), ("verified", True)])
def test_listings_of_the_unverified_are_limited(verification: str, allowed: bool) -> None:
    today = timezone.now().date()
    own = OrganizationFactory(verification=verification, verified_on=today)
    NeedFactory.create_batch(quotas.OPEN_LISTINGS, organization=own)
    draft = NeedFactory(organization=own, status=ListingStatus.DRAFT)
    publish = {"by": UserFactory(), "need": draft, "now": timezone.now()}
    if allowed:
        assert listings.publish_need(**publish).status == ListingStatus.PUBLISHED
    else:
        with pytest.raises(listings.CannotPublish, match="many"):
            listings.publish_need(**publish)


def test_invitations_of_the_unverified_are_limited() -> None:
    place = MembershipFactory()
    sent = {"by": place.user, "organization": place.organization, "role": Role.READER}
    for number in range(quotas.INVITATIONS_PER_DAY):
        email = f"i{number}@ejemplo.org"
        people.invite_colleague(email=email, now=timezone.now(), **sent)
    with pytest.raises(people.CannotInvite):
        people.invite_colleague(email="otra@ejemplo.org", now=timezone.now(), **sent)
    tomorrow = timezone.now() + dt.timedelta(days=1, minutes=1)
    assert people.invite_colleague(email="otra@ejemplo.org", now=tomorrow, **sent)


@pytest.mark.parametrize(
    ("text", "found"),
    [("Gran CASINO en línea", True), ("Cásino", True), ("Casinos", False), ("Vinos", False)],
)
def test_a_blocked_word_is_found_whole_in_any_case_and_accent(text: str, found: bool) -> None:
    blocks.add_block(by=staff(), kind=BlockKind.WORD, value=" casino ")
    draft = NeedFactory(title=text, status=ListingStatus.DRAFT)
    publish = {"by": UserFactory(), "need": draft, "now": timezone.now()}
    if found:
        with pytest.raises(listings.CannotPublish, match="blocked"):
            listings.publish_need(**publish)
    else:
        listings.publish_need(**publish)


def test_a_blocked_domain_neither_signs_up_nor_publishes(client: Any) -> None:
    blocks.add_block(by=staff(), kind=BlockKind.EMAIL_DOMAIN, value="@Estafa.example")
    sent = {"email": "ana@mail.estafa.example", "password1": "una frase larga de prueba"}
    answer = client.post(reverse("account_signup"), sent)
    assert "dominio" in answer.content.decode()
    assert not User.objects.filter(email=sent["email"]).exists()
    draft = NeedFactory(status=ListingStatus.DRAFT)
    who = UserFactory(email="a@estafa.example")
    with pytest.raises(listings.CannotPublish):
        listings.publish_need(by=who, need=draft, now=timezone.now())


def test_the_team_blocks_and_unblocks(client: Any) -> None:
    client.force_login(staff())
    url = reverse("firms:block-list")
    sent = {"kind": "identifier", "value": "76.086.428-5", "note": "suplantación"}
    assert client.post(url, sent).status_code == 303
    assert client.post(url, sent).status_code == 422
    assert blocks.is_blocked_identifier("760864285")
    entry = BlockEntry.objects.get()
    client.post(reverse("firms:block-remove", args=[entry.public_id]))
    assert not blocks.is_blocked_identifier("760864285")
