"""Conditions are added and removed, and everyone sees who would pass."""

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse

from common.jobs.models import Job
from firms.models import OrganizationKind, SizeClass
from programs.eligibility.reading import Parameters
from programs.forms.kinds import FAMILIES, FORMS
from programs.models import Call, CallStatus, CriterionKind, EligibilityCriterion
from programs.services import editing
from programs.services.counting import count_qualifying
from programs.services.editing import CriterionContent
from tests.factories import (
    TODAY,
    CallFactory,
    CertificateStandardFactory,
    ClassificationFactory,
    CriterionFactory,
    OrganizationFactory,
    ProgramFactory,
    RegionFactory,
)
from tests.firms.actors import ACTORS, Cast, make_cast
from tests.firms.profile.factories import LeadershipFactory
from tests.programs.make import managed_firm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

COMMON = {"text": "", "clause": "", "language": "es"}


@pytest.fixture
def cast() -> Cast:
    RegionFactory(code="CL-LI")
    ClassificationFactory(code="11", path="C/11", level=2, label_es="Bebidas")
    CertificateStandardFactory()
    return make_cast(legal_name="Agencia", kind=OrganizationKind.PUBLIC_AGENCY)


@pytest.fixture
def call(cast: Cast) -> Call:
    return CallFactory(program=ProgramFactory(agency=cast.organization))


def page_of(owner: Any) -> str:
    if isinstance(owner, Call):
        return reverse("programs:call-criteria", args=[owner.public_id])
    return reverse("programs:program-criteria", args=[owner.slug])


def send(cast: Cast, owner: Any, **data: Any) -> Any:
    return cast.browser("owner").post(page_of(owner), COMMON | data)


KINDS: list[tuple[str, dict[str, Any], Parameters, str]] = [
    ("applicant_kind", {"kinds": ["firm"]}, {"kinds": ["firm"]}, "Ser empresa"),
    ("size_class", {"sizes": ["micro"]}, {"sizes": ["micro"]}, "Tamaño: micro"),
    (
        "territory",
        {"units": ["CL-LI"], "where": "any_site"},
        {"units": ["CL/CL-LI"], "where": "any_site"},
        "Tener una sede en CL-LI",
    ),
    (
        "territory",
        {"units": ["CL"], "where": "headquarters"},
        {"units": ["CL"], "where": "headquarters"},
        "Tener la sede principal en CL",
    ),
    (
        "activity",
        {"activities": ["11"], "which": "any", "min_count": "2", "min_unit": "Y"},
        {"activities": ["C/11"], "which": "any", "min_age": "P2Y"},
        "Dedicarse desde hace al menos 2 años a: Bebidas",
    ),
    (
        "years_since_start",
        {"clock": "founded", "min_count": "18", "min_unit": "M", "max_unit": "Y"},
        {"clock": "founded", "min": "P18M"},
        "Al menos 18 meses desde la constitución",
    ),
    ("women_led", {}, {}, "Estar liderada por mujeres"),
    (
        "certificate_held",
        {"standards": ["iso-9001"]},
        {"standards": ["iso-9001"]},
        "Certificado vigente de iso-9001",
    ),
]


@pytest.mark.parametrize(("kind", "data", "parameters", "words"), KINDS)
def test_each_kind_is_added_with_typed_values_and_a_sentence(
    cast: Cast, call: Call, kind: str, data: dict[str, Any], parameters: Parameters, words: str
) -> None:
    sent = send(cast, call, kind=kind, **data)
    assert (sent.status_code, sent["Location"]) == (303, page_of(call))
    row = EligibilityCriterion.objects.get()
    assert (row.call, row.kind, row.parameters) == (call, kind, parameters)
    assert words in cast.browser("owner").get(page_of(call)).content.decode()


def test_every_simple_kind_has_a_form() -> None:
    combined = {"all_of", "any_of", "k_of_n", "unless"}
    simple = {kind.value for kind in CriterionKind} - combined
    assert set(FORMS) == simple
    assert sorted(kind for _name, kinds in FAMILIES for kind in kinds) == sorted(simple)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("applicant_kind", {}),
        ("applicant_kind", {"kinds": ["martian"]}),
        ("size_class", {"sizes": ["huge"]}),
        ("territory", {"units": ["XX"], "where": "any_site"}),
        ("activity", {"activities": ["9999"], "which": "any"}),
        ("years_since_start", {"clock": "started"}),
        ("years_since_start", {"clock": "started", "min_count": "0", "min_unit": "Y"}),
        ("years_since_start", {"clock": "started", "min_count": "2", "min_unit": "W"}),
        (
            "years_since_start",
            {"clock": "started", "min_count": "3", "min_unit": "Y"}
            | {"max_count": "2", "max_unit": "Y"},
        ),
        ("certificate_held", {"standards": ["iso-0"]}),
        ("declared", {"text": " "}),
        ("women_led", {"text": "x" * 2_001}),
    ],
)
def test_wrong_values_are_told_and_nothing_is_added(
    cast: Cast, call: Call, kind: str, data: dict[str, Any]
) -> None:
    answer = send(cast, call, kind=kind, **data)
    assert answer.status_code == 422
    assert b'class="errors"' in answer.content
    assert not EligibilityCriterion.objects.exists()


@pytest.mark.parametrize("kind", ["", "telepathy", "any_of"])
def test_a_kind_that_has_no_form_adds_nothing(cast: Cast, call: Call, kind: str) -> None:
    assert send(cast, call, kind=kind).status_code == 422
    assert cast.browser("owner").get(page_of(call), {"kind": kind}).status_code == 200
    assert not EligibilityCriterion.objects.exists()


def test_equal_words_of_one_agency_are_one_question(cast: Cast, call: Call) -> None:
    other = CallFactory(program=call.program)
    for owner in (call, other):
        send(cast, owner, kind="declared", text="Sin deudas laborales")
    questions = {row.parameters["question"] for row in EligibilityCriterion.objects.all()}
    assert len(questions) == 1


def test_a_changed_rule_makes_stored_verdicts_stale_and_asks_for_new_ones(
    cast: Cast, call: Call
) -> None:
    managed_firm()
    send(cast, call, kind="women_led")
    call.refresh_from_db()
    assert call.rules_revision == 2
    assert Job.objects.filter(kind="call.verdicts", key=call.pk).count() == 1
    key = EligibilityCriterion.objects.get().pk
    address = reverse("programs:call-criterion-remove", args=[call.public_id, key])
    assert cast.browser("owner").post(address).status_code == 303
    call.refresh_from_db()
    assert call.rules_revision == 3
    assert not EligibilityCriterion.objects.exists()
    assert cast.browser("owner").post(address).status_code == 404


def test_a_rule_of_the_program_touches_all_its_calls(cast: Cast, call: Call) -> None:
    draft = CallFactory(program=call.program, status=CallStatus.DRAFT)
    send(cast, call.program, kind="women_led")
    assert set(Call.objects.values_list("rules_revision", flat=True)) == {2}
    assert not Job.objects.filter(key=draft.pk, kind="call.verdicts").exists()


@pytest.mark.parametrize("actor", ["colleague", "outsider", "anonymous"])
def test_nobody_else_removes_a_condition(cast: Cast, call: Call, actor: str) -> None:
    row = CriterionFactory(call=call)
    address = reverse("programs:call-criterion-remove", args=[call.public_id, row.pk])
    expected = 302 if actor == "anonymous" else 404
    assert cast.browser(actor).post(address).status_code == expected
    assert EligibilityCriterion.objects.exists()


def test_a_condition_of_another_call_is_not_removed_through_ones_own(
    cast: Cast, call: Call
) -> None:
    foreign = CriterionFactory()
    address = reverse("programs:call-criterion-remove", args=[call.public_id, foreign.pk])
    assert cast.browser("owner").post(address).status_code == 404
    assert EligibilityCriterion.objects.filter(pk=foreign.pk).exists()


def test_there_is_a_limit_of_conditions(cast: Cast, call: Call, monkeypatch: Any) -> None:
    monkeypatch.setattr(editing, "MAX_CRITERIA", 1)
    assert send(cast, call, kind="women_led").status_code == 303
    assert send(cast, call, kind="women_led").status_code == 422
    assert EligibilityCriterion.objects.count() == 1


def test_the_count_says_who_passes_who_does_not_and_of_whom_nothing_is_known(
    cast: Cast, call: Call
) -> None:
    for size in (SizeClass.MICRO, SizeClass.SMALL, SizeClass.LARGE, ""):
        OrganizationFactory(size_class=size)
    row = CriterionFactory(call=call)
    count = count_qualifying(owner=call, draft=None, today=TODAY)
    assert not count.is_sample
    registered = dict(count.answers)
    assert (registered["pass"], registered["fail"]) == (2, 1)
    assert count.failing[row.pk] == 1
    assert count.unknown[row.pk] == registered["unknown"] == count.registered - 3


def test_a_large_registry_is_judged_by_a_sample_that_says_so(cast: Cast, call: Call) -> None:
    for _ in range(30):
        LeadershipFactory(women_led=True)
    draft = CriterionContent(kind="women_led")
    count = count_qualifying(owner=call, draft=draft, today=TODAY, limit=10)
    assert count.is_sample
    assert 0 < count.judged <= 10
    assert sum(count.answers.values()) == count.judged


def test_trying_a_condition_out_shows_the_count_and_keeps_nothing(
    cast: Cast, call: Call, database_digest: Any
) -> None:
    LeadershipFactory(women_led=True)
    browser, data = cast.browser("owner"), COMMON | {"kind": "women_led", "try": "1"}
    before = database_digest()
    answer = browser.post(page_of(call), data)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Con esta condición más:" in text
    assert "Estar liderada por mujeres" in text
    assert answer.context["answers"]["pass"] == 1
    assert database_digest() == before


def test_the_live_count_is_the_part_of_the_page(cast: Cast, call: Call) -> None:
    browser, data = cast.browser("owner"), COMMON | {"kind": "women_led", "try": "1"}
    partial = browser.post(page_of(call), data, headers={"HX-Request": "true"}).content.decode()
    assert partial.strip().startswith('<section id="live"')
    page = browser.post(page_of(call), data).content.decode()
    assert re.sub(r"\s+", " ", partial.strip()) in re.sub(r"\s+", " ", page)


@pytest.mark.parametrize("count", [3, 30])
def test_the_editor_takes_the_same_queries_for_few_and_many(
    cast: Cast, call: Call, count: int, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        CriterionFactory(call=call)
        OrganizationFactory(activity_start_on=dt.date(2020, 1, 1))
    browser = cast.browser("owner")
    with django_assert_num_queries(20):
        browser.get(page_of(call))


@pytest.mark.parametrize("actor", ACTORS)
def test_a_program_page_offers_editing_to_its_officers_only(
    cast: Cast, call: Call, actor: str
) -> None:
    page = cast.browser(actor).get(reverse("programs:program", args=[call.program.slug]))
    assert ("Nueva convocatoria" in page.content.decode()) is (actor == "owner")
