"""Where officers write programs and calls."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from clusters.models import AdminUnit
from common.jobs.models import Job
from firms.models import OrganizationKind, OrganizationStatus, Role
from programs.models import Call, CallStatus, Program, ProgramStatus
from tests.factories import (
    NOW,
    TODAY,
    CallFactory,
    CityFactory,
    MembershipFactory,
    OrganizationFactory,
    ProgramFactory,
    RegionFactory,
)
from tests.firms.actors import ACTORS, Cast, make_cast
from tests.programs.make import managed_firm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

ONLY_OWNER = {"owner": 200, "colleague": 404, "outsider": 404, "anonymous": 302}
PROGRAM = {
    "label_es": "Innova Colchagua",
    "objective_es": "Apoya a viñas que innovan.",
    "policy_role": "research",
    "instruments": ["subsidy", "training"],
    "territories": ["CL-LI"],
    "recurrence": "yearly",
}
CALL = {
    "title": "Innova Colchagua 2027",
    "language": "es",
    "time_zone": "America/Santiago",
    "opens_on": "2026-12-01",
    "closes_on": "2027-01-15",
}


@pytest.fixture
def cast() -> Cast:
    """Owner administrates the agency; the colleague only reads."""
    RegionFactory(code="CL-LI")
    return make_cast(legal_name="Agencia de O'Higgins", kind=OrganizationKind.PUBLIC_AGENCY)


@pytest.fixture
def program(cast: Cast) -> Program:
    row = ProgramFactory(
        agency=cast.organization, agency_name="", status=ProgramStatus.DRAFT, objective_es="Para"
    )
    row.territories.add(AdminUnit.objects.get(code="CL"))
    return row


@pytest.fixture
def call(program: Program) -> Call:
    return CallFactory(program=program, status=CallStatus.DRAFT)


def addresses(cast: Cast, call: Call) -> dict[str, str]:
    names = {
        "program-create": cast.organization.public_id,
        "program-edit": call.program.slug,
        "call-create": call.program.slug,
        "program-criteria": call.program.slug,
        "call-edit": call.public_id,
        "call-criteria": call.public_id,
    }
    return {name: reverse(f"programs:{name}", args=[key]) for name, key in names.items()}


@pytest.mark.parametrize("actor", ACTORS)
def test_only_editors_of_the_agency_open_the_forms(cast: Cast, call: Call, actor: str) -> None:
    browser = cast.browser(actor)
    for address in addresses(cast, call).values():
        assert browser.get(address).status_code == ONLY_OWNER[actor], address


@pytest.mark.parametrize("actor", ["colleague", "outsider", "anonymous"])
def test_nobody_else_writes(cast: Cast, call: Call, actor: str, database_digest: Any) -> None:
    browser, before = cast.browser(actor), database_digest()
    sent = {"program-create": PROGRAM, "program-edit": PROGRAM, "call-create": CALL}
    for name, address in addresses(cast, call).items():
        data = sent.get(name, CALL | {"kind": "women_led"})
        assert browser.post(address, data).status_code == ONLY_OWNER[actor], name
    for move in ("publish", "cancel"):
        address = reverse(f"programs:call-{move}", args=[call.public_id])
        assert browser.post(address).status_code == ONLY_OWNER[actor]
    assert database_digest() == before


@pytest.mark.parametrize("actor", ACTORS)
def test_the_desk_lists_what_one_may_write(cast: Cast, call: Call, actor: str) -> None:
    answer = cast.browser(actor).get(reverse("programs:desk"))
    assert answer.status_code == (302 if actor == "anonymous" else 200)
    if actor != "anonymous":
        seen = call.title in answer.content.decode()
        assert seen is (actor == "owner")


@pytest.mark.parametrize("count", [3, 30])
def test_the_desk_takes_the_same_queries_for_few_and_many(
    cast: Cast, program: Program, count: int, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        CallFactory(program=program)
        ProgramFactory(agency=cast.organization)
    browser = cast.browser("owner")
    with django_assert_num_queries(6):
        browser.get(reverse("programs:desk"))


def test_a_firm_and_a_closed_agency_publish_no_programs(cast: Cast) -> None:
    firm = OrganizationFactory(kind=OrganizationKind.FIRM)
    gone = OrganizationFactory(
        kind=OrganizationKind.PUBLIC_AGENCY, status=OrganizationStatus.CLOSED, closed_on=TODAY
    )
    for organization in (firm, gone):
        MembershipFactory(user=cast.owner, organization=organization, role=Role.ADMINISTRATOR)
        address = reverse("programs:program-create", args=[organization.public_id])
        assert cast.browser("owner").get(address).status_code == 404


def test_a_program_is_written_as_a_draft_of_its_agency(cast: Cast) -> None:
    address = reverse("programs:program-create", args=[cast.organization.public_id])
    sent = cast.browser("owner").post(address, PROGRAM)
    program = Program.objects.get()
    assert (sent.status_code, sent["Location"]) == (303, f"/es/programs/{program.slug}/")
    assert (program.slug, program.status) == ("innova-colchagua", ProgramStatus.DRAFT)
    assert program.agency == cast.organization
    assert program.instruments == ["subsidy", "training"]
    assert [unit.code for unit in program.territories.all()] == ["CL-LI"]


@pytest.mark.parametrize("name", ["New", "Desk", "for", "Calls", "!!!"])
def test_an_address_never_collides_with_another_page(cast: Cast, name: str) -> None:
    address = reverse("programs:program-create", args=[cast.organization.public_id])
    browser = cast.browser("owner")
    for _ in range(2):
        sent = browser.post(address, PROGRAM | {"label_es": name})
        assert browser.get(sent["Location"]).context["program"].label == name
    assert Program.objects.values("slug").distinct().count() == 2


@pytest.mark.parametrize(
    ("wrong", "at_fault"),
    [
        ({"label_es": ""}, "label_es"),
        ({"label_es": "x" * 501}, "label_es"),
        ({"objective_es": ""}, "objective_es"),
        ({"instruments": ["gold"]}, "instruments"),
        ({"territories": ["XX"]}, "territories"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"recurrence": "never"}, "recurrence"),
    ],
)
def test_a_wrong_program_is_told_and_what_was_typed_stays(
    cast: Cast, wrong: dict[str, Any], at_fault: str
) -> None:
    address = reverse("programs:program-create", args=[cast.organization.public_id])
    answer = cast.browser("owner").post(address, PROGRAM | wrong)
    assert answer.status_code == 422
    assert at_fault in answer.context["form"].errors
    assert "Apoya a viñas" in answer.content.decode() or at_fault == "objective_es"
    assert not Program.objects.exists()


def test_a_call_keeps_instants_of_its_own_zone(cast: Cast, program: Program) -> None:
    CityFactory(country=cast.organization.country)
    address = reverse("programs:call-create", args=[program.slug])
    browser = cast.browser("owner")
    assert 'value="America/Santiago" selected' in browser.get(address).content.decode()
    sent = browser.post(address, CALL | {"award_max": "5000000", "currency": "CLP"})
    call = Call.objects.get()
    assert sent["Location"] == reverse("programs:call-criteria", args=[call.public_id])
    assert call.opens_at == dt.datetime(2026, 12, 1, 3, tzinfo=dt.UTC)
    assert call.closes_at == dt.datetime(2027, 1, 16, 3, tzinfo=dt.UTC)
    assert call.status == CallStatus.DRAFT
    edit = reverse("programs:call-edit", args=[call.public_id])
    text = browser.get(edit).content.decode()
    assert 'value="2027-01-15"' in text
    browser.post(edit, CALL | {"closes_time": "15:30"})
    call.refresh_from_db()
    assert call.closes_at == dt.datetime(2027, 1, 15, 18, 30, tzinfo=dt.UTC)
    assert 'value="15:30"' in browser.get(edit).content.decode()


@pytest.mark.parametrize(
    ("wrong", "at_fault"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"closes_on": "2026-11-30"}, "closes_on"),
        ({"closes_on": "2026-02-30"}, "closes_on"),
        ({"closes_on": "", "closes_time": "15:00"}, "closes_on"),
        ({"is_continuous": "on"}, "closes_on"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"award_min": "5", "award_max": "4", "currency": "CLP"}, "__all__"),
        ({"budget": "10"}, "__all__"),
        ({"budget": "-10", "currency": "CLP"}, "__all__"),
        ({"rate": "101"}, "__all__"),
        ({"rules_url": "no es una dirección"}, "rules_url"),
    ],
)
def test_a_wrong_call_is_told_and_nothing_is_stored(
    cast: Cast, program: Program, wrong: dict[str, str], at_fault: str
) -> None:
    address = reverse("programs:call-create", args=[program.slug])
    answer = cast.browser("owner").post(address, CALL | wrong)
    assert answer.status_code == 422
    assert at_fault in answer.context["form"].errors
    assert not Call.objects.exists()


def move(cast: Cast, call: Call, name: str) -> Any:
    answer = cast.browser("owner").post(reverse(f"programs:call-{name}", args=[call.public_id]))
    call.refresh_from_db()
    call.program.refresh_from_db()
    return answer


def test_publishing_shows_the_call_and_its_program_and_asks_for_verdicts(
    cast: Cast, call: Call
) -> None:
    managed_firm()
    Job.objects.all().delete()
    sent = move(cast, call, "publish")
    assert sent["Location"] == reverse("programs:call", args=[call.public_id])
    assert (call.status, call.program.status) == (CallStatus.PUBLISHED, ProgramStatus.PUBLISHED)
    assert list(Job.objects.values_list("kind", "key")) == [("call.verdicts", call.pk)]
    assert cast.browser("anonymous").get(sent["Location"]).status_code == 200


def test_a_call_without_dates_is_published_as_a_forecast(cast: Cast, call: Call) -> None:
    Call.objects.filter(pk=call.pk).update(opens_at=None, closes_at=None)
    move(cast, call, "publish")
    assert call.status == CallStatus.FORECAST
    edit = reverse("programs:call-edit", args=[call.public_id])
    assert cast.browser("owner").post(edit, CALL).status_code == 303
    call.refresh_from_db()
    assert call.status == CallStatus.PUBLISHED


@pytest.mark.parametrize("lacking", ["objective", "territories"])
def test_a_call_waits_until_its_program_says_what_for_and_where(
    cast: Cast, call: Call, lacking: str
) -> None:
    if lacking == "objective":
        Program.objects.update(objective_es="")
    else:
        call.program.territories.clear()
    sent = move(cast, call, "publish")
    assert sent["Location"] == reverse("programs:program-edit", args=[call.program.slug])
    assert call.status == CallStatus.DRAFT


def test_a_cancelled_call_says_so_and_a_draft_stays_a_draft(cast: Cast, call: Call) -> None:
    move(cast, call, "cancel")
    assert call.status == CallStatus.DRAFT
    move(cast, call, "publish")
    move(cast, call, "cancel")
    assert call.status == CallStatus.CANCELLED
    page = cast.browser("anonymous").get(reverse("programs:call", args=[call.public_id]))
    assert "La agencia anuló esta convocatoria." in page.content.decode()
    assert not call.is_open(NOW)
