"""Answers about facts: kept in their form, used by every program, and never against anybody."""

import pytest
from django.urls import reverse

from common.jobs.models import Job
from programs.eligibility.answers import Answer
from programs.eligibility.facts import FactName
from programs.eligibility.told import FORMS, Form, UnreadableAnswerError, read_value
from programs.eligibility.values import Amount, Interval
from programs.models import FactAnswer
from programs.services.answers import CannotAnswer, Question, answer_fact
from programs.services.facts import gather_facts
from programs.services.verdicts import judge_calls
from tests.factories import NOW, TODAY, CallFactory, MembershipFactory
from tests.firms.actors import make_cast
from tests.programs.make import call_for, criterion, managed_firm


@pytest.fixture
def cast(db):
    return make_cast()


def page(organization, fact, call=None):
    address = reverse("programs:fact-answer", args=[organization.public_id, fact])
    return f"{address}?call={call.public_id}" if call else address


def test_an_answer_serves_every_call_and_one_about_a_project_only_its_own(cast):
    firm = cast.organization
    one, other = (call_for("headcount", {"max": 10}) for _ in range(2))
    for call in (one, other):
        criterion(call, "jobs", {"min": 3})
    owner = cast.browser("owner")
    kept = owner.post(page(firm, "headcount"), {"answer": "9"})
    assert kept.status_code == 303
    told = owner.post(page(firm, "jobs"), {"answer": "4", "call": str(one.public_id)})
    assert told["Location"].startswith(reverse("programs:call", args=[one.public_id]))
    facts = gather_facts(organizations=[firm.pk])[firm.pk]
    judged = judge_calls(calls=[one, other], facts=facts, now=NOW)
    assert judged[one.pk].assessment.answer is Answer.PASS
    assert judged[other.pk].assessment.answer is Answer.UNKNOWN
    assert Job.objects.filter(kind="organization.verdicts", key=firm.pk).exists()
    assert 'value="9"' in owner.get(page(firm, "headcount")).content.decode()
    owner.post(page(firm, "headcount"), {"answer": ""})
    assert not FactAnswer.objects.filter(fact="headcount").exists()


def test_a_bad_answer_is_refused_with_what_was_typed(cast):
    owner = cast.browser("owner")
    sent = owner.post(page(cast.organization, "foreign_pct"), {"answer": "140"})
    assert sent.status_code == 422
    assert 'value="140"' in sent.content.decode()
    assert not FactAnswer.objects.exists()


def test_a_fact_nobody_asks_or_a_project_without_its_call_is_not_found(cast):
    owner, firm = cast.browser("owner"), cast.organization
    assert owner.get(page(firm, "kind")).status_code == 404
    assert owner.get(page(firm, "jobs")).status_code == 404
    assert owner.get(page(firm, "jobs") + "?call=x").status_code == 404
    draft = CallFactory(status="draft")
    assert owner.get(page(firm, "jobs", draft)).status_code == 404


def test_every_form_of_fact_is_asked_kept_and_shown_again(cast):
    owner, firm, call = cast.browser("owner"), cast.organization, CallFactory()
    criterion(call, "purpose", {"values": ["export", "research"]})
    year = TODAY.year - 1
    sent = {
        FactName.AID_3Y: {"answer": "120.50", "currency": "CLP"},
        FactName.SALES: {f"year_{year}": "1000", "currency": "CLP"},
        FactName.FIRST_INVOICE_ON: {"answer": "2024-02-29"},
        FactName.PURPOSES: {"answer": ["export"], "call": str(call.public_id)},
        FactName.PARTNER_KINDS: {"answer": ["university"], "call": str(call.public_id)},
    }
    assert {FORMS[name] for name in sent} | {Form.COUNT, Form.PERCENT} == set(Form)
    for name, data in sent.items():
        assert owner.post(page(firm, name.value), data).status_code == 303, name
        assert owner.get(page(firm, name.value, call)).status_code == 200, name
        stored = FactAnswer.objects.get(organization=firm, fact=name)
        read_value(name, stored.value)
    amount = read_value(FactName.AID_3Y, FactAnswer.objects.get(fact="aid_3y").value)
    assert isinstance(amount, Amount)
    assert (str(amount.value.low), amount.currency) == ("120.50", "CLP")


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        (FactName.HEADCOUNT, "1.5"),
        (FactName.HEADCOUNT, True),
        (FactName.FOREIGN_PCT, "101"),
        (FactName.AID_3Y, {"amount": "1"}),
        (FactName.AID_3Y, {"amount": "1", "currency": "pesos"}),
        (FactName.SALES, []),
        (FactName.SALES, [{"year": 1, "amount": "1", "currency": "CLP"}]),
        (FactName.PURPOSES, "export"),
        (FactName.FIRST_INVOICE_ON, "soon"),
        (FactName.KIND, "firm"),
    ],
)
def test_an_answer_of_another_form_cannot_be_read(fact, value):
    with pytest.raises(UnreadableAnswerError):
        read_value(fact, value)
    assert read_value(FactName.HEADCOUNT, "3") == Interval.exactly(3)


@pytest.mark.django_db
def test_the_service_refuses_what_the_form_would_and_a_stored_oddity_is_unknown():
    firm = managed_firm()
    by = MembershipFactory(organization=firm).user
    with pytest.raises(CannotAnswer):
        answer_fact(by=by, question=Question(firm, FactName.JOBS), value="1", today=TODAY)
    with pytest.raises(CannotAnswer):
        answer_fact(by=by, question=Question(firm, FactName.HEADCOUNT), value="x", today=TODAY)
    odd = {"organization": firm, "value": "x", "answered_on": TODAY}
    for fact in ("headcount", "of_another_version"):
        FactAnswer.objects.create(fact=fact, **odd)
    facts = gather_facts(organizations=[firm.pk])[firm.pk]
    assert FactName.HEADCOUNT not in facts.more
