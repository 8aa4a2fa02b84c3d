"""Lists and pages that anybody may read."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from programs.models import CallStatus, PolicyRole, ProgramStatus
from tests.factories import (
    NOW,
    CallFactory,
    CountryFactory,
    CriterionFactory,
    MembershipFactory,
    ProgramFactory,
    RegionFactory,
)
from tests.firms.actors import ACTORS, Cast, make_cast
from tests.firms.profile.factories import LeadershipFactory
from tests.programs.make import agency, call_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def cast() -> Cast:
    return make_cast(legal_name="Viña Ejemplo S.A.")


def titles(client: Any, **query: str) -> list[str]:
    answer = client.get(reverse("programs:list"), query)
    assert answer.status_code == 200
    return [item.call.title for item in answer.context["calls"]]


@pytest.mark.parametrize("actor", ACTORS)
def test_everybody_reads_the_list_a_program_and_a_call(cast: Cast, actor: str) -> None:
    call = CallFactory()
    browser = cast.browser(actor)
    assert titles(browser) == [call.title]
    for address in (
        reverse("programs:program", args=[call.program.slug]),
        reverse("programs:call", args=[call.public_id]),
        reverse("programs:list") + "?view=programs",
    ):
        assert browser.get(address).status_code == 200


@pytest.mark.parametrize("actor", ACTORS)
def test_drafts_exist_for_their_officers_only(cast: Cast, actor: str) -> None:
    own = agency()
    draft = CallFactory(
        program=ProgramFactory(agency=own, status=ProgramStatus.DRAFT), status=CallStatus.DRAFT
    )
    MembershipFactory(user=cast.owner, organization=own)
    browser = cast.browser(actor)
    expected = 200 if actor == "owner" else 404
    for address in (
        reverse("programs:program", args=[draft.program.slug]),
        reverse("programs:call", args=[draft.public_id]),
    ):
        assert browser.get(address).status_code == expected
    assert titles(browser, state="all") == []


def test_open_calls_come_first_and_the_soonest_leads(client):
    late = CallFactory(closes_at=NOW + dt.timedelta(days=40))
    undated = CallFactory(closes_at=None)
    soon = CallFactory(closes_at=NOW + dt.timedelta(days=2))
    CallFactory(closes_at=NOW)
    CallFactory(status=CallStatus.FORECAST, opens_at=None, closes_at=None)
    assert titles(client) == [soon.title, late.title, undated.title]


def test_calls_are_narrowed_by_state_words_place_role_instrument_and_closing(client):
    chile = RegionFactory(code="CL-LI")
    program = ProgramFactory(
        label_es="Innovación vitícola", policy_role=PolicyRole.RESEARCH, instruments=["voucher"]
    )
    program.territories.add(chile)
    call = CallFactory(program=program, title="Bono", closes_at=NOW + dt.timedelta(days=5))
    peru = CallFactory(program__agency_name="ProInnóvate")
    peru.program.territories.add(CountryFactory(code="PE"))
    closed = CallFactory(closes_at=NOW)
    forecast = CallFactory(status=CallStatus.FORECAST, opens_at=None, closes_at=None)
    assert titles(client, q="innovacion viticola") == ["Bono"]
    assert titles(client, q="proinnovate") == [peru.title]
    assert titles(client, place="CL-LI") == ["Bono"]
    assert titles(client, place="CL") == ["Bono"]
    assert titles(client, place="PE") == [peru.title]
    assert titles(client, role="research") == ["Bono"]
    assert titles(client, instrument="voucher") == ["Bono"]
    assert titles(client, closes_within="7") == ["Bono"]
    assert titles(client, state="closed") == [closed.title]
    assert titles(client, state="upcoming") == [forecast.title]
    assert len(titles(client, state="all")) == 4
    assert call.program.slug in str(client.get(reverse("programs:list") + "?view=programs").content)


@pytest.mark.parametrize(
    "query",
    [{"role": "x"}, {"place": "XX"}, {"closes_within": "0"}, {"q": "x" * 121}, {"q": "a " * 17}],
)
def test_a_filter_that_does_not_exist_is_told(client, query):
    answer = client.get(reverse("programs:list"), query)
    assert answer.status_code == 400
    assert b'class="errors"' in answer.content


@pytest.mark.parametrize("page", ["0", "-3", "x", "999999"])
def test_any_page_number_gives_a_page(client, page):
    call = CallFactory()
    assert titles(client, page=page) == [call.title]


@pytest.mark.parametrize("query", ["", "?state=all", "?q=nada", "?view=programs"])
def test_the_partial_is_the_part_of_the_page(client, query):
    CallFactory()
    address = reverse("programs:list") + query
    partial = client.get(address, headers={"HX-Request": "true"}).content.decode().strip()
    assert partial.startswith('<div id="program-list"')
    assert partial in client.get(address).content.decode()


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_takes_the_same_queries_for_few_and_many(client, count, django_assert_num_queries):
    for _ in range(count):
        CallFactory(program__agency=agency())
    with django_assert_num_queries(3):
        client.get(reverse("programs:list"))


@pytest.mark.parametrize("count", [3, 25])
def test_a_program_takes_the_same_queries_for_few_and_many(
    client, count, django_assert_num_queries
):
    program = ProgramFactory()
    for _ in range(count):
        CallFactory(program=program)
        CriterionFactory(call=None, program=program)
    with django_assert_num_queries(6):
        client.get(reverse("programs:program", args=[program.slug]))


def test_a_call_says_when_it_closes_in_its_own_zone(client):
    call = CallFactory(closes_at=dt.datetime(2026, 12, 6, 18, tzinfo=dt.UTC))
    text = client.get(reverse("programs:call", args=[call.public_id])).content.decode()
    assert "Cierra en 12 días" in text
    assert "6 de diciembre de 2026 a las 15:00, hora de Santiago" in text


def test_a_call_without_a_closing_date_says_so(client):
    call = CallFactory(closes_at=None)
    text = client.get(reverse("programs:call", args=[call.public_id])).content.decode()
    assert "Sin fecha de cierre publicada" in text


def test_an_illustration_is_marked_wherever_it_is_shown(client):
    call = CallFactory(is_illustration=True)
    assert "Ejemplo" in client.get(reverse("programs:list")).content.decode()
    page = client.get(reverse("programs:call", args=[call.public_id])).content.decode()
    assert "las fechas se inventaron" in page


def test_a_condition_without_words_gets_a_sentence_of_ours(client):
    call = call_for("women_led", {})
    call.criteria.update(text="")
    page = client.get(reverse("programs:call", args=[call.public_id])).content.decode()
    assert "Estar liderada por mujeres" in page


def test_a_member_sees_whether_their_organization_qualifies(cast):
    call = call_for("women_led", {})
    LeadershipFactory(organization=cast.organization, women_led=True)
    address = reverse("programs:call", args=[call.public_id])
    assert (
        "¿Puede postular Viña Ejemplo S.A.?"
        in cast.browser("colleague").get(address).content.decode()
    )
    assert "¿Puede postular" not in cast.browser("anonymous").get(address).content.decode()


def test_who_has_several_organizations_chooses_one_and_never_a_foreign_one(cast):
    other = MembershipFactory(user=cast.owner).organization
    call = call_for("women_led", {})
    browser, address = cast.browser("owner"), reverse("programs:call", args=[call.public_id])
    chosen = browser.get(address, {"organization": str(other.public_id)}).context["chosen"]
    assert chosen == other
    foreign = MembershipFactory().organization
    chosen = browser.get(address, {"organization": str(foreign.public_id)}).context["chosen"]
    assert chosen in (other, cast.organization)
    partial = browser.get(address, headers={"HX-Request": "true"}).content.decode()
    assert partial.strip().startswith('<section id="qualification"')
