"""Stored verdicts agree with those worked out on the spot, and are right on the day of reading."""

import datetime as dt

import pytest

from firms.models import FieldGroup, Organization, OrganizationStatus, SizeClass
from programs.models import CallStatus, Standing, Verdict
from programs.services.refresh import CHUNK, refresh_call, refresh_organization, roll_over
from programs.services.verdicts import facts_of, judge_calls, summaries
from tests.factories import (
    NOW,
    TODAY,
    CallFactory,
    CertificateFactory,
    CriterionFactory,
    DeclarationFactory,
    MembershipFactory,
    OrganizationFactory,
)
from tests.programs.make import call_for, criterion, managed_firm, work

pytestmark = pytest.mark.django_db


def standing(firm, call, now=NOW):
    found = summaries(
        organization=firm,
        calls=[call],
        facts=facts_of(organization=firm, seen=frozenset(FieldGroup)),
        now=now,
    )
    return found[call.pk].standing


def stored(firm):
    return {v.call_id: v.standing for v in Verdict.objects.filter(organization=firm)}


def test_a_refresh_stores_what_a_reader_would_be_told():
    firm = managed_firm()
    meets = call_for("size_class", {"sizes": ["small"]})
    may_meet = call_for("women_led", {})
    cannot = call_for("size_class", {"sizes": ["large"]})
    forecast = call_for("women_led", {}, status=CallStatus.FORECAST, opens_at=None, closes_at=None)
    closed = call_for("women_led", {}, closes_at=NOW)
    refresh_organization(work(firm.pk))
    assert stored(firm) == {
        meets.pk: Standing.MEETS,
        may_meet.pk: Standing.MAY_MEET,
        cannot.pk: Standing.CANNOT,
        forecast.pk: Standing.MAY_MEET,
    }
    assert closed.pk not in stored(firm)
    for call in (meets, may_meet, cannot, forecast):
        assert standing(firm, call) == stored(firm)[call.pk]


def test_a_verdict_keeps_each_result_as_data():
    firm = managed_firm()
    call = call_for("size_class", {"sizes": ["large"]})
    refresh_organization(work(firm.pk))
    verdict = Verdict.objects.get()
    assert (verdict.unmet, verdict.blockers) == (1, ["sizes"])
    assert verdict.results == [
        {
            "criterion": call.criteria.get().pk,
            "answer": "fail",
            "reason": "not_listed",
            "fact": "sizes",
            "used": ["small"],
            "origin": "profile",
            "as_of": TODAY.isoformat(),
        }
    ]


def test_criteria_of_the_program_apply_to_all_its_calls():
    firm = managed_firm()
    call = CallFactory()
    CriterionFactory(call=None, program=call.program, parameters={"sizes": ["large"]})
    other = CallFactory()
    assert standing(firm, call) == Standing.CANNOT
    assert standing(firm, other) == Standing.MEETS


def test_refreshing_twice_writes_nothing_the_second_time():
    firm = managed_firm()
    call_for("size_class", {"sizes": ["small"]})
    refresh_organization(work(firm.pk))
    before = list(Verdict.objects.values_list("pk", "evaluated_on"))
    refresh_organization(work(firm.pk, now=NOW + dt.timedelta(days=1)))
    assert list(Verdict.objects.values_list("pk", "evaluated_on")) == before


def test_an_organization_that_nobody_manages_has_no_stored_verdicts_but_is_judged():
    listed = OrganizationFactory(size_class=SizeClass.SMALL)
    call = call_for("size_class", {"sizes": ["small"]})
    refresh_organization(work(listed.pk))
    assert not Verdict.objects.exists()
    assert standing(listed, call) == Standing.MEETS


def test_verdicts_go_when_the_organization_closes_or_the_call_ends():
    firm = managed_firm()
    call_for("women_led", {})
    refresh_organization(work(firm.pk))
    Organization.objects.update(status=OrganizationStatus.CLOSED, closed_on=TODAY)
    refresh_organization(work(firm.pk))
    assert not Verdict.objects.exists()
    refresh_organization(work(999_999))  # deleted meanwhile: nothing to do


def test_a_reader_never_gets_a_verdict_of_older_facts():
    firm = managed_firm()
    call = call_for("size_class", {"sizes": ["small"]})
    refresh_organization(work(firm.pk))
    Organization.objects.update(size_class=SizeClass.LARGE)
    firm.refresh_from_db()
    assert stored(firm) == {call.pk: Standing.MEETS}
    assert standing(firm, call) == Standing.CANNOT


def test_a_reader_never_gets_a_verdict_of_older_rules():
    firm = managed_firm()
    call = call_for("size_class", {"sizes": ["small"]})
    refresh_organization(work(firm.pk))
    call.criteria.update(parameters={"sizes": ["large"]})
    call.rules_revision += 1
    call.save()
    assert standing(firm, call) == Standing.CANNOT


def test_an_age_is_right_on_the_day_it_is_read():
    firm = managed_firm(activity_start_on=dt.date(2025, 6, 1))
    call = call_for("years_since_start", {"min": "P18M"}, closes_at=None)
    refresh_organization(work(firm.pk))
    verdict = Verdict.objects.get()
    assert (verdict.standing, verdict.next_change_on) == (Standing.MAY_MEET, dt.date(2026, 12, 1))
    eve = dt.datetime(2026, 12, 1, 2, 59, tzinfo=dt.UTC)  # 30 November, 23:59 in Santiago
    assert standing(firm, call, eve) == Standing.MAY_MEET
    assert standing(firm, call, eve + dt.timedelta(minutes=1)) == Standing.MEETS
    assert list(Verdict.objects.right_on(dt.date(2026, 11, 30))) == [verdict]
    assert not Verdict.objects.right_on(dt.date(2026, 12, 1)).exists()


def test_time_mends_a_refusal_only_before_the_call_closes():
    firm = managed_firm(activity_start_on=dt.date(2025, 6, 7))
    too_late = call_for(
        "years_since_start", {"min": "P18M"}
    )  # closes on the 6th, completes the 7th
    assert standing(firm, too_late) == Standing.CANNOT
    firm.activity_start_on = dt.date(2025, 6, 6)
    firm.save()
    assert standing(firm, too_late) == Standing.MAY_MEET


def test_a_certificate_that_ran_out_can_be_renewed():
    firm = managed_firm()
    CertificateFactory(organization=firm, valid_until=TODAY - dt.timedelta(days=1))
    call = call_for("certificate_held", {"standards": ["iso-9001"]})
    assert standing(firm, call) == Standing.MAY_MEET
    criterion(call, "size_class", {"sizes": ["large"]})
    assert standing(firm, call) == Standing.CANNOT


def test_one_declaration_answers_every_call_that_asks_the_same():
    firm = managed_firm()
    calls = [call_for("declared", {"question": "cl-no-labor-debt"}) for _ in range(2)]
    assert [standing(firm, call) for call in calls] == [Standing.MAY_MEET] * 2
    DeclarationFactory(organization=firm)
    assert [standing(firm, call) for call in calls] == [Standing.MEETS] * 2


def test_a_rule_that_cannot_be_read_refuses_nobody():
    call = call_for("size_class", {"sizes": ["small"]})
    call.criteria.update(kind="from_the_future", parameters={"x": 1})
    assert standing(managed_firm(), call) == Standing.MAY_MEET


def test_a_changed_call_judges_every_managed_organization_in_chunks():
    firms = [managed_firm() for _ in range(3)]
    OrganizationFactory()
    call = call_for("size_class", {"sizes": ["small"]})
    assert refresh_call(work(call.pk, "call.verdicts")) is None
    assert Verdict.objects.count() == 3
    assert {v.organization_id for v in Verdict.objects.all()} == {firm.pk for firm in firms}


def test_a_long_refresh_runs_on_from_where_it_stopped(monkeypatch):
    monkeypatch.setattr("programs.services.refresh.CHUNK", 2)
    assert CHUNK > 2
    for _ in range(5):
        managed_firm()
    call = call_for("size_class", {"sizes": ["small"]})
    payload, chunks = {}, 0
    while (more := refresh_call(work(call.pk, "call.verdicts", payload=payload))) is not None:
        assert more.done <= more.total
        payload, chunks = more.payload, chunks + 1
    assert (chunks, Verdict.objects.count()) == (2, 5)


def test_a_call_that_ended_takes_its_verdicts_with_it():
    firm = managed_firm()
    call = call_for("women_led", {})
    refresh_organization(work(firm.pk))
    call.status = CallStatus.CANCELLED
    call.save()
    refresh_call(work(call.pk, "call.verdicts"))
    assert not Verdict.objects.exists()


def test_rolling_over_keeps_stored_counts_right_as_days_go_by():
    firm = managed_firm(activity_start_on=dt.date(2025, 6, 1))
    call = call_for("years_since_start", {"min": "P18M"})
    ending = call_for("women_led", {}, closes_at=NOW + dt.timedelta(hours=1))
    refresh_organization(work(firm.pk))
    assert set(stored(firm)) == {call.pk, ending.pk}
    roll_over(work(now=dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)))
    assert stored(firm) == {call.pk: Standing.MEETS}


@pytest.mark.parametrize("count", [3, 30])
def test_a_refresh_takes_the_same_queries_for_few_calls_and_many(count, django_assert_num_queries):
    firm = managed_firm()
    for _ in range(count):
        call_for("size_class", {"sizes": ["small"]})
    with django_assert_num_queries(17):
        refresh_organization(work(firm.pk))


@pytest.mark.parametrize("count", [10, 300])
def test_many_calls_are_judged_with_the_queries_of_few(count, django_assert_num_queries):
    firm = managed_firm(activity_start_on=dt.date(2020, 1, 1))
    calls = CallFactory.create_batch(count)
    rules = [
        ("applicant_kind", {"kinds": ["firm"]}),
        ("territory", {"units": ["ES/ES-CT"]}),
        ("size_class", {"sizes": ["micro", "small"]}),
        ("years_since_start", {"min": "P2Y"}),
    ]
    model = CriterionFactory._meta.model
    model.objects.bulk_create(
        model(call=call, kind=kind, parameters=values, text="x")
        for call in calls
        for kind, values in rules
    )
    facts = facts_of(organization=firm, seen=frozenset(FieldGroup))
    with django_assert_num_queries(1):
        assert len(judge_calls(calls=calls, facts=facts, now=NOW)) == count


def test_the_members_of_an_organization_do_not_multiply_its_verdicts():
    firm = managed_firm()
    MembershipFactory(organization=firm)
    call = call_for("size_class", {"sizes": ["small"]})
    refresh_call(work(call.pk, "call.verdicts"))
    assert Verdict.objects.count() == 1
