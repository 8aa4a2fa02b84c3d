"""The page that says where an organization can apply, and the answers that it asks for."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from common.jobs.models import Job
from firms.models import Organization, Role, SizeClass, Verification
from programs.models import CallStatus, Declaration
from programs.services.refresh import refresh_organization
from tests.factories import (
    NOW,
    TODAY,
    CallFactory,
    MembershipFactory,
    OrganizationFactory,
    ProgramFactory,
    UserFactory,
)
from tests.firms.actors import ACTORS, Cast, make_cast
from tests.firms.profile.factories import LeadershipFactory
from tests.programs.make import call_for, criterion, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

HTMX = {"HX-Request": "true", "HX-Target": "program-groups"}


@pytest.fixture
def cast() -> Cast:
    return make_cast(legal_name="Viña Ejemplo S.A.", size_class=SizeClass.SMALL)


def page_of(organization: Organization) -> str:
    return reverse("programs:for-organization", args=[organization.public_id])


def groups(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 200
    return {
        column["group"]: [card.call.title for card in column["cards"]]
        for column in answer.context["columns"]
    }


def without_tokens(content: bytes) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", content.decode())


@pytest.mark.parametrize(
    ("actor", "expected"),
    [("owner", 200), ("colleague", 200), ("outsider", 404), ("anonymous", 302)],
)
def test_verdicts_are_for_the_people_of_the_organization(cast, actor, expected):
    answer = cast.browser(actor).get(page_of(cast.organization))
    assert answer.status_code == expected


@pytest.mark.parametrize("actor", ACTORS)
def test_a_record_of_a_public_source_is_judged_for_everybody(cast, actor):
    listed = OrganizationFactory(verification=Verification.LISTED, source="ror")
    call = call_for("women_led", {})
    answer = cast.browser(actor).get(page_of(listed))
    assert groups(answer)["could"] == [call.title]
    assert "nadie la administra" in answer.content.decode()
    assert b'<form class="question' not in answer.content


def test_an_organization_that_does_not_exist_answers_like_one_of_others(cast):
    missing = reverse("programs:for-organization", args=["019abf3e-7c00-7d1c-9a60-2f1f6b9f0b6a"])
    assert cast.browser("outsider").get(missing).status_code == 404
    assert cast.browser("anonymous").get(missing).status_code == 302


def test_calls_fall_in_three_groups(cast):
    can = call_for("size_class", {"sizes": ["small"]})
    unknown = call_for("women_led", {})
    later = call_for(
        "size_class", {"sizes": ["small"]},
        status=CallStatus.FORECAST, opens_at=None, closes_at=None, next_opening="En marzo",
    )  # fmt: skip
    cannot = call_for("size_class", {"sizes": ["large"]})
    CallFactory(status=CallStatus.DRAFT)
    CallFactory(closes_at=NOW)
    answer = cast.browser("owner").get(page_of(cast.organization))
    assert groups(answer) == {
        "now": [can.title],
        "could": [unknown.title, later.title],
        "not": [cannot.title],
    }
    text = answer.content.decode()
    assert "Cumple todo; falta que abra" in text
    assert "En marzo" in text
    assert "1 por el tamaño" in text


def test_a_stored_verdict_and_a_fresh_one_give_the_same_page(cast):
    for sizes in (["small"], ["large"], ["small", "large"]):
        call_for("size_class", {"sizes": sizes})
    call_for("women_led", {})
    browser = cast.browser("colleague")
    fresh = without_tokens(browser.get(page_of(cast.organization)).content)
    refresh_organization(work(cast.organization.pk))
    assert without_tokens(browser.get(page_of(cast.organization)).content) == fresh


def test_each_condition_shows_the_words_the_fact_and_the_way_to_settle_it(cast):
    call = call_for("women_led", {})
    criterion(
        call, "size_class", {"sizes": ["large"]}, text="Grandes empresas", source_clause="art. 3"
    )
    criterion(call, "years_since_start", {"min": "P2Y"}, text="Dos años")
    text = cast.browser("owner").get(page_of(cast.organization)).content.decode()
    assert "Grandes empresas" in text
    assert "(art. 3)" in text
    assert "Tamaño registrado: pequeña" in text
    call_page = reverse("programs:call", args=[call.public_id])
    text = cast.browser("owner").get(call_page).content.decode()
    edit = reverse("firms:section-edit", args=[cast.organization.public_id, "identity"])
    assert f'href="{edit}#id_organization-activity_start_on"' in text
    assert "No sabemos cuándo inició actividades" in text


def test_time_alone_is_announced_with_its_day(cast):
    cast.organization.activity_start_on = dt.date(2025, 6, 1)
    cast.organization.save()
    call_for("years_since_start", {"min": "P18M"})
    text = cast.browser("owner").get(page_of(cast.organization)).content.decode()
    assert "Podrá postular desde el 1 de diciembre de 2026." in text


def test_the_page_is_right_the_day_it_is_read_without_any_job(cast, time_machine):
    cast.organization.activity_start_on = dt.date(2025, 6, 1)
    cast.organization.save()
    call_for("years_since_start", {"min": "P18M"})
    refresh_organization(work(cast.organization.pk))
    assert groups(cast.browser("owner").get(page_of(cast.organization)))["now"] == []
    time_machine.move_to(dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC))
    assert len(groups(cast.browser("owner").get(page_of(cast.organization)))["now"]) == 1


def test_a_group_shows_a_few_and_then_more(cast):
    for _ in range(8):
        call_for("women_led", {})
    browser = cast.browser("owner")
    first = browser.get(page_of(cast.organization))
    assert len(groups(first)["could"]) == 6
    more = first.context["columns"][1]["more"]
    second = browser.get(page_of(cast.organization) + more)
    assert len(groups(second)["could"]) == 8
    assert second.context["columns"][1]["more"] == ""


@pytest.mark.parametrize("count", ["-1", "x", "٣", "999999999999", "0"])
def test_a_nonsense_count_shows_the_first_few(cast, count):
    call_for("women_led", {})
    answer = cast.browser("owner").get(page_of(cast.organization), {"could": count})
    assert len(groups(answer)["could"]) == 1


def test_filters_narrow_the_groups_and_a_wrong_one_is_told(cast):
    kept = call_for("women_led", {}, program=ProgramFactory(policy_role="training"))
    call_for("women_led", {})
    browser = cast.browser("owner")
    answer = browser.get(page_of(cast.organization), {"role": "training"})
    assert groups(answer)["could"] == [kept.title]
    assert browser.get(page_of(cast.organization), {"role": "x"}).status_code == 400
    # a state is no filter here: these are always calls that are open or will be
    answer = browser.get(page_of(cast.organization), {"state": "closed"})
    assert len(groups(answer)["could"]) == 2


@pytest.mark.parametrize("query", ["", "?role=training", "?could=12"])
def test_the_partial_is_the_part_of_the_page(cast, query):
    for _ in range(8):
        call_for("declared", {"question": "q"})
    browser, address = cast.browser("owner"), page_of(cast.organization) + query
    partial = without_tokens(browser.get(address, headers=HTMX).content).strip()
    assert partial.startswith('<div id="program-groups"')
    assert partial in without_tokens(browser.get(address).content)


def test_another_pages_panel_gets_a_summary(cast):
    call_for("women_led", {})
    answer = cast.browser("owner").get(page_of(cast.organization), headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert "<html" not in text
    assert "Podría si…" in text
    assert f'href="{page_of(cast.organization)}"' in text
    assert "HX-Target" in answer["Vary"]


@pytest.mark.parametrize("count", [3, 30])
@pytest.mark.parametrize("is_stored", [True, False])
def test_the_page_takes_the_same_queries_for_few_and_many(
    cast, count, is_stored, django_assert_num_queries
):
    for _ in range(count):
        call_for("declared", {"question": "q"})
    if is_stored:
        refresh_organization(work(cast.organization.pk))
    browser = cast.browser("owner")
    with django_assert_num_queries(24 if is_stored else 25):
        browser.get(page_of(cast.organization))


def answer_question(browser: Any, organization: Organization, **data: str) -> Any:
    address = reverse("programs:declaration", args=[organization.public_id])
    return browser.post(address, {"question": "q", "answer": "yes"} | data)


def test_an_answer_is_kept_serves_at_once_and_can_be_taken_back(cast):
    call = call_for("declared", {"question": "q"})
    browser = cast.browser("owner")
    sent = answer_question(browser, cast.organization, next=page_of(cast.organization))
    assert (sent.status_code, sent["Location"]) == (303, page_of(cast.organization))
    said = Declaration.objects.get()
    assert (said.holds, said.declared_on, said.declared_by) == (True, TODAY, cast.owner)
    assert groups(browser.get(page_of(cast.organization)))["now"] == [call.title]
    assert Job.objects.filter(kind="organization.verdicts", key=cast.organization.pk).exists()
    answer_question(browser, cast.organization, answer="no")
    assert groups(browser.get(page_of(cast.organization)))["not"] == [call.title]
    answer_question(browser, cast.organization, answer="clear")
    assert not Declaration.objects.exists()


@pytest.mark.parametrize(
    ("actor", "expected"),
    [("owner", 303), ("colleague", 404), ("outsider", 404), ("anonymous", 302)],
)
def test_only_editors_answer_for_an_organization(cast, actor, expected):
    call_for("declared", {"question": "q"})
    assert answer_question(cast.browser(actor), cast.organization).status_code == expected
    assert Declaration.objects.exists() is (actor == "owner")


@pytest.mark.parametrize(
    "data", [{"answer": "maybe"}, {"answer": ""}, {"question": "never-asked"}, {"question": "\0"}]
)
def test_an_answer_to_no_question_is_refused(cast, data):
    call_for("declared", {"question": "q"})
    assert answer_question(cast.browser("owner"), cast.organization, **data).status_code == 404
    assert not Declaration.objects.exists()


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example", "javascript:x", ""])
def test_an_answer_leads_back_to_this_site_only(cast, place):
    call_for("declared", {"question": "q"})
    sent = answer_question(cast.browser("owner"), cast.organization, next=place)
    assert sent["Location"] == page_of(cast.organization)


def test_reading_the_page_changes_nothing(cast, database_digest):
    call_for("declared", {"question": "q"})
    browser = cast.browser("owner")
    before = database_digest()
    browser.get(page_of(cast.organization))
    assert database_digest() == before


def test_staff_may_read_any_page(cast):
    staff = UserFactory(is_staff=True)
    MembershipFactory(user=staff)
    browser = cast.browser("anonymous")
    browser.force_login(staff)
    assert browser.get(page_of(cast.organization)).status_code == 200


def people_of(organization: Organization) -> dict[str, Client]:
    """Return browsers of those who read an organization's verdicts."""
    users = {
        role: MembershipFactory(organization=organization, role=role).user
        for role in (Role.READER, Role.EDITOR, Role.ADMINISTRATOR)
    } | {"staff": UserFactory(is_staff=True)}
    browsers = {name: Client() for name in users}
    for name, user in users.items():
        browsers[name].force_login(user)
    return browsers


@pytest.mark.parametrize("women_led", [True, False])
def test_only_administrators_learn_from_a_verdict_who_leads(cast, women_led):
    call = call_for("women_led", {})
    own = cast.organization
    pages = [page_of(own), reverse("programs:call", args=[call.public_id])]
    pages.append(reverse("api:verdicts", args=[own.public_id]))
    browsers = people_of(own)
    read = {
        (name, page): lambda name=name, page=page: without_tokens(browsers[name].get(page).content)
        for name in browsers
        for page in pages
        if name != "staff" or page == pages[0]
    }
    before = {key: ask() for key, ask in read.items()}
    LeadershipFactory(organization=own, women_led=women_led)
    refresh_organization(work(own.pk))
    changed = {name for (name, page), ask in read.items() if ask() != before[name, page]}
    assert changed == {Role.ADMINISTRATOR}
