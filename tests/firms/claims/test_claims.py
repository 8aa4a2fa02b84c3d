import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connections
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from common.models import Effect
from firms.models import (
    AffiliationRole,
    Case,
    CaseKind,
    Claim,
    ClaimCode,
    ClaimMethod,
    ClaimPurpose,
    ClaimStatus,
    Membership,
    Organization,
    OrganizationKind,
    OrganizationStatus,
    RemovedRecord,
    Role,
    Verification,
)
from firms.services.claims import claiming, codes
from firms.services.claims.claiming import ClaimContent
from firms.services.claims.settling import CannotClaim
from tests.factories import (
    AffiliationFactory,
    MembershipFactory,
    OrganizationFactory,
    SiteFactory,
    UserFactory,
)
from tests.firms.actors import make_cast

pytestmark = pytest.mark.django_db
ROLE_EMAIL = "contacto@vinaejemplo.cl"


def listed(**more: Any) -> Organization:
    values = {
        "source": "ror",
        "source_ref": "r-1",
        "verification": Verification.LISTED,
        "role_email": ROLE_EMAIL,
        "website": "https://www.vinaejemplo.cl/es",
    }
    return OrganizationFactory(**values | more)


def ask(organization: Organization, by: User, **content: Any) -> Claim:
    given = ClaimContent(**{"method": ClaimMethod.CODE, "email": ROLE_EMAIL} | content)
    return claiming.start_claim(by=by, organization=organization, content=given, now=timezone.now())


def code_in_mail() -> str:
    mail = Effect.objects.filter(dedup__contains=":code:").latest("pk")
    found = re.search(r"^ +(\d{6})$", mail.payload["body"], re.MULTILINE)
    assert found
    return found.group(1)


def prove(claim: Claim) -> Claim:
    now = timezone.now()
    return codes.confirm_code(by=claim.claimant, claim=claim, code=code_in_mail(), now=now)


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(CannotClaim) as caught:
        act()
    return caught.value.reason


def recipients(word: str) -> set[str]:
    return set(Effect.objects.filter(dedup__contains=word).values_list("recipient", flat=True))


@pytest.mark.parametrize(
    ("email", "level"),
    [(ROLE_EMAIL, Verification.VERIFIED), ("ana@vinaejemplo.cl", Verification.CLAIMED)],
)
def test_a_code_makes_an_administrator_and_reaches_as_far_as_its_address(
    email: str, level: str
) -> None:
    own, person = listed(), UserFactory()
    claim = prove(ask(own, person, email=email))
    own.refresh_from_db()
    assert claim.status == ClaimStatus.ACCEPTED
    assert (own.verification, own.verified_on is not None) == (level, level == "verified")
    assert Membership.objects.get(user=person).role == Role.ADMINISTRATOR
    assert recipients(":contacts") == {ROLE_EMAIL}


@pytest.mark.parametrize(
    "email", ["ana@gmail.com", "ana@sub.vinaejemplo.cl", "ana@vinaejemplo.cl.mal.org", "x"]
)
def test_no_code_goes_to_an_address_that_proves_nothing(email: str) -> None:
    own = listed()
    assert refusal(lambda: ask(own, UserFactory(), email=email)) == "code"
    assert not Effect.objects.exists()


@pytest.mark.parametrize("site", ["https://facebook.com/vina", "https://vina.wixsite.com", ""])
def test_a_site_on_a_shared_host_gives_no_domain(site: str) -> None:
    own = listed(website=site, role_email="")
    host = site.removeprefix("https://").partition("/")[0] or "vinaejemplo.cl"
    assert refusal(lambda: ask(own, UserFactory(), email=f"ana@{host}")) == "code"


def test_a_code_is_kept_as_a_hash_and_serves_once() -> None:
    claim = ask(listed(), UserFactory())
    code = code_in_mail()
    kept = ClaimCode.objects.get()
    assert code not in kept.code_hash
    prove(claim)
    assert refusal(lambda: prove(claim)) == "state"


def test_the_fifth_wrong_code_ends_it_even_for_the_right_one() -> None:
    claim = ask(listed(), UserFactory())
    right = code_in_mail()
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        attempt = {"by": claim.claimant, "claim": claim, "now": timezone.now()}
        assert refusal(lambda: codes.confirm_code(code=wrong, **attempt)) == "code"  # noqa: B023
    assert ClaimCode.objects.get().tries == 5
    assert refusal(lambda: prove(claim)) == "expired"


def test_a_code_lasts_a_quarter_of_an_hour_and_is_the_claimants() -> None:
    claim = ask(listed(), UserFactory())
    kept = ClaimCode.objects.get()
    late = kept.expires_at
    values = {"claim": claim, "code": code_in_mail()}
    assert refusal(lambda: codes.confirm_code(by=claim.claimant, now=late, **values)) == "expired"
    other, now = UserFactory(), timezone.now()
    assert refusal(lambda: codes.confirm_code(by=other, now=now, **values)) == "state"


def test_three_codes_an_hour_is_all_a_person_gets() -> None:
    claim = ask(listed(), UserFactory())
    for _ in range(2):
        codes.send_code(claim=claim, now=timezone.now())
    assert refusal(lambda: codes.send_code(claim=claim, now=timezone.now())) == "rate"
    assert ClaimCode.objects.filter(expires_at__gt=timezone.now()).count() == 1


def test_a_second_claimant_opens_a_dispute_and_everybody_before_is_told() -> None:
    own = listed()
    first = prove(ask(own, UserFactory())).claimant
    reader = MembershipFactory(organization=own, role=Role.READER).user
    rival = UserFactory()
    claim = ask(own, rival)
    assert claim.is_dispute
    assert recipients(":dispute") == {first.email, ROLE_EMAIL}
    assert prove(claim).status == ClaimStatus.REVIEW
    assert Case.objects.get().kind == CaseKind.DISPUTE
    people = dict(Membership.objects.filter(organization=own).values_list("user", "role"))
    assert people == {first.pk: Role.ADMINISTRATOR, reader.pk: Role.READER}


@pytest.mark.django_db(transaction=True)
def test_twenty_claims_at_once_make_one_administrator_and_nineteen_disputes() -> None:
    own = listed(kind=OrganizationKind.UNIVERSITY)
    people = [UserFactory(email=f"persona{n}@vinaejemplo.cl") for n in range(20)]
    for person in people:
        EmailAddress.objects.create(user=person, email=person.email, verified=True)

    def claim(person: User) -> str:
        try:
            return str(ask(own, person, method=ClaimMethod.UNIVERSITY, email="").status)
        except OperationalError:  # waited too long for the lock on a busy machine: asks again
            return claim(person)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(claim, people))
    assert (found.count("accepted"), found.count("review")) == (1, 19)
    assert own.memberships.filter(role=Role.ADMINISTRATOR).count() == 1
    assert Case.objects.filter(kind=CaseKind.DISPUTE).count() == 19


@pytest.mark.django_db(transaction=True)
def test_twenty_clicks_on_one_code_make_one_administrator() -> None:
    claim = ask(listed(), UserFactory())
    code = code_in_mail()

    def confirm(_turn: int) -> bool:
        try:
            codes.confirm_code(by=claim.claimant, claim=claim, code=code, now=timezone.now())
        except (CannotClaim, OperationalError):
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(confirm, range(20))).count(True) == 1
    assert Membership.objects.filter(user=claim.claimant).count() == 1


@pytest.mark.parametrize(
    ("email", "verified", "accepted"),
    [
        ("ana@vinaejemplo.cl", True, True),
        ("ana@vinaejemplo.cl", False, False),
        ("ana@alumnos.vinaejemplo.cl", True, False),
    ],
)
def test_a_university_knows_its_own_by_their_proven_address(
    email: str, verified: bool, accepted: bool
) -> None:
    own, person = listed(kind=OrganizationKind.UNIVERSITY), UserFactory(email=email)
    EmailAddress.objects.create(user=person, email=email, verified=verified)
    values = {"method": ClaimMethod.UNIVERSITY, "email": ""}
    if accepted:
        assert ask(own, person, **values).status == ClaimStatus.ACCEPTED
    else:
        assert refusal(lambda: ask(own, person, **values)) == "university"


def body_that_covers(own: Organization, verification: str = "verified") -> Organization:
    SiteFactory(organization=own)
    more = {"verified_on": timezone.now().date()} if verification == "verified" else {}
    managing = AffiliationFactory(
        organization=OrganizationFactory(
            kind=OrganizationKind.CLUSTER_ORGANIZATION, verification=verification, **more
        ),
        role=AffiliationRole.MANAGER,
    )
    return managing.organization


def test_a_verified_body_that_covers_the_place_vouches_by_an_administrator() -> None:
    own = listed()
    body = body_that_covers(own)
    administrator = MembershipFactory(organization=body).user
    editor = MembershipFactory(organization=body, role=Role.EDITOR).user
    claim = ask(own, UserFactory(), method=ClaimMethod.VOUCHING, email="", voucher=body)
    assert recipients(":vouch") == {administrator.email}
    said = {"claim": claim, "vouched": True, "now": timezone.now()}
    assert refusal(lambda: claiming.answer_vouching(by=editor, **said)) == "vouch"
    assert claiming.answer_vouching(by=administrator, **said).status == ClaimStatus.ACCEPTED
    own.refresh_from_db()
    assert own.verification == Verification.VERIFIED


def test_a_body_that_nobody_verified_vouches_for_nobody() -> None:
    own = listed()
    body = body_that_covers(own, verification="claimed")
    values = {"method": ClaimMethod.VOUCHING, "email": "", "voucher": body}
    assert refusal(lambda: ask(own, UserFactory(), **values)) == "vouching"


def test_who_asks_does_not_vouch_for_themselves_and_a_no_ends_it() -> None:
    own = listed()
    body = body_that_covers(own)
    both = MembershipFactory(organization=body).user
    other = MembershipFactory(organization=body).user
    claim = ask(own, both, method=ClaimMethod.VOUCHING, email="", voucher=body)
    said = {"claim": claim, "now": timezone.now()}
    assert refusal(lambda: claiming.answer_vouching(by=both, vouched=True, **said)) == "vouch"
    answered = claiming.answer_vouching(by=other, vouched=False, **said)
    assert answered.status == ClaimStatus.EXPIRED
    assert recipients(":unvouched") == {both.email}


def test_a_proven_removal_hides_the_record_at_once_and_is_remembered() -> None:
    own = listed()
    claim = prove(ask(own, UserFactory(), purpose=ClaimPurpose.REMOVAL))
    own.refresh_from_db()
    assert (own.status, claim.status) == (OrganizationStatus.SUSPENDED, ClaimStatus.REVIEW)
    assert RemovedRecord.objects.get().source_ref == own.source_ref
    page = reverse("firms:organization", args=[own.public_id])
    assert make_cast().browser("anonymous").get(page).status_code == 404


def test_removal_is_for_records_that_nobody_administers() -> None:
    own = OrganizationFactory(role_email=ROLE_EMAIL)
    removal = {"purpose": ClaimPurpose.REMOVAL}
    assert refusal(lambda: ask(own, UserFactory(), **removal)) == "removal"


def test_a_claim_is_withdrawn_by_its_claimant_and_another_can_follow() -> None:
    own, person = listed(), UserFactory()
    claim = ask(own, person)
    assert refusal(lambda: ask(own, person)) == "open"
    assert refusal(lambda: claiming.withdraw_claim(by=UserFactory(), claim=claim)) == "state"
    assert claiming.withdraw_claim(by=person, claim=claim).status == ClaimStatus.WITHDRAWN
    assert ask(own, person).pk != claim.pk


def test_a_claim_that_was_never_proven_makes_room_after_its_term() -> None:
    own, person = listed(), UserFactory()
    first = ask(own, person)
    Claim.objects.update(expires_at=timezone.now())
    second = ask(own, person)
    first.refresh_from_db()
    assert (first.status, second.status) == (ClaimStatus.EXPIRED, ClaimStatus.OPEN)


@pytest.mark.parametrize(
    ("actor", "sees_page", "proofs"),
    [
        ("owner", 200, ["document"]),
        ("colleague", 200, ["role", "domain", "document"]),
        ("outsider", 200, ["role", "domain", "document"]),
        ("anonymous", 302, []),
    ],
)
def test_each_actor_is_offered_the_proofs_that_are_theirs(
    actor: str, sees_page: int, proofs: list[str]
) -> None:
    cast = make_cast(role_email=ROLE_EMAIL, website="https://vinaejemplo.cl")
    answer = cast.browser(actor).get(reverse("firms:claim", args=[cast.organization.public_id]))
    assert answer.status_code == sees_page
    text = answer.content.decode()
    assert re.findall(r'name="proof" value="(\w+)"', text) == proofs
    assert ROLE_EMAIL not in text


def test_a_document_goes_to_the_team_and_comes_back_as_a_sealed_download() -> None:
    cast = make_cast()
    own = listed()
    page = reverse("firms:claim", args=[own.public_id])
    browser = cast.browser("outsider")
    sent = {"purpose": "ours", "proof": "document", "message": "Soy la gerente."}
    bad = SimpleUploadedFile("poder.pdf", b"<script>alert(1)</script>")
    answer = browser.post(page, {**sent, "document": bad})
    assert answer.status_code == 422
    assert "Soy la gerente." in answer.content.decode()
    good = SimpleUploadedFile("poder.pdf", b"%PDF-1.7 poder")
    assert browser.post(page, {**sent, "document": good}).status_code == 303
    claim = Claim.objects.get()
    assert (claim.status, Case.objects.get().kind) == (ClaimStatus.REVIEW, CaseKind.CLAIM)
    assert not Membership.objects.filter(organization=own).exists()
    link = reverse("firms:claim-document", args=[claim.public_id])
    for actor, status in (("owner", 404), ("colleague", 404), ("anonymous", 302)):
        assert cast.browser(actor).get(link).status_code == status
    download = browser.get(link)
    assert download.content == b"%PDF-1.7 poder"
    assert download["Content-Disposition"].startswith("attachment")
    assert download["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in download["Content-Security-Policy"]
    assert "poder" not in claim.document_key


def test_the_page_takes_the_code_and_leads_to_the_organization() -> None:
    cast, own = make_cast(), listed()
    browser = cast.browser("outsider")
    page = reverse("firms:claim", args=[own.public_id])
    assert browser.post(page, {"purpose": "ours", "proof": "role"}).status_code == 303
    claim = Claim.objects.get()
    assert "c•••@vinaejemplo.cl" in browser.get(page).content.decode()
    url = reverse("firms:claim-code", args=[claim.public_id])
    code = code_in_mail()
    answer = browser.post(url, {"code": f"{code[:3]} {code[3:]}"})
    assert answer["Location"] == reverse("firms:organization", args=[own.public_id])
    shown = browser.get(answer["Location"]).content.decode()
    assert "con un código enviado a su correo" in shown


def test_an_imported_record_says_so_and_offers_both_ways() -> None:
    own = listed()
    text = (
        make_cast()
        .browser("anonymous")
        .get(reverse("firms:organization", args=[own.public_id]))
        .content.decode()
    )
    claim = reverse("firms:claim", args=[own.public_id])
    assert "ROR" in text
    assert f'href="{claim}"' in text
    assert f'href="{claim}?purpose=removal"' in text
