"""From a change to the stored verdict, through the real queue."""

import pytest
from django.urls import reverse

from common.jobs.drain import drain
from common.jobs.models import Job
from programs.models import Standing, Verdict
from programs.services.editing import CriterionContent, add_criterion
from tests.factories import MembershipFactory, ProgramFactory
from tests.firms.actors import make_cast
from tests.programs.make import agency, call_for, managed_firm

pytestmark = [pytest.mark.django_db(transaction=True)]


def work_off() -> None:
    for queue in ("fast", "bulk"):
        drain(queue, budget_s=20)
    assert not Job.objects.filter(done_at=None).exists()


def test_an_answer_becomes_a_verdict() -> None:
    cast = make_cast(legal_name="Viña Ejemplo S.A.")
    call = call_for("declared", {"question": "q"}, closes_at=None)
    address = reverse("programs:declaration", args=[cast.organization.public_id])
    cast.browser("owner").post(address, {"question": "q", "answer": "yes"})
    work_off()
    assert Verdict.objects.get(call=call).standing == Standing.MEETS


def test_a_new_condition_becomes_a_verdict_of_everybody() -> None:
    officer = MembershipFactory(organization=agency())
    program = ProgramFactory(agency=officer.organization)
    call = call_for("size_class", {"sizes": ["small"]}, program=program, closes_at=None)
    firm = managed_firm()
    content = CriterionContent(kind="applicant_kind", parameters={"kinds": ["university"]})
    add_criterion(by=officer.user, owner=call, content=content)
    work_off()
    call.refresh_from_db()
    verdicts = {v.organization_id: v for v in Verdict.objects.filter(call=call)}
    assert verdicts[firm.pk].standing == Standing.CANNOT
    assert verdicts[firm.pk].blockers == ["kind"]
    assert {v.rules_revision for v in verdicts.values()} == {call.rules_revision}
