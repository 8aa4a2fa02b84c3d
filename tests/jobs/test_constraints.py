"""The rules of the record of work hold for every row, whoever writes it."""

import uuid

import pytest
from django.utils import timezone

from common.models import Effect, Job, ScheduleRun
from tests.factories import NOW
from tests.violations import violates

pytestmark = pytest.mark.django_db
LEASED = {"lease_token": uuid.UUID(int=7), "lease_until": NOW}


def job(**fields: object) -> Job:
    return Job.objects.create(**{"kind": "trace", "key": 1, "queue": "fast", **fields})


def effect(**fields: object) -> Effect:
    name = str(uuid.uuid4())
    return Effect.objects.create(**{"kind": "mail", "dedup": name, "message_id": name, **fields})


def test_a_lease_has_a_holder_and_an_end() -> None:
    with violates("job_lease_whole"):
        job(lease_until=NOW)
    with violates("effect_lease_whole"):
        effect(lease_token=uuid.UUID(int=7))


def test_a_request_waits_once() -> None:
    job()
    with violates("job_waiting_once"):
        job()
    job(started_at=NOW)
    job(done_at=NOW)
    job(dead_at=NOW)


def test_a_job_is_done_or_parked_not_both() -> None:
    with violates("job_done_or_parked"):
        job(done_at=NOW, dead_at=NOW)


@pytest.mark.parametrize("end", ["done_at", "dead_at"])
def test_a_closed_job_is_held_by_nobody(end: str) -> None:
    with violates("job_closed_has_no_lease"):
        job(**{end: NOW}, **LEASED)


def test_progress_stays_within_its_total() -> None:
    job(key=2, progress_done=5)
    with violates("job_progress_within_total"):
        job(progress_done=5, progress_total=4)


def test_only_known_queues_exist() -> None:
    with violates("job_queue_known"):
        job(queue="slow")


def test_an_effect_ends_in_one_way() -> None:
    with violates("effect_one_outcome"):
        effect(sent_at=NOW, dead_at=NOW)
    with violates("effect_one_outcome"):
        effect(sent_at=NOW, unknown_at=NOW)
    with violates("effect_one_outcome"):
        effect(unknown_at=NOW, dead_at=NOW)


@pytest.mark.parametrize("end", ["sent_at", "unknown_at", "dead_at"])
def test_a_closed_effect_is_held_by_nobody(end: str) -> None:
    with violates("effect_closed_has_no_lease"):
        effect(**{end: NOW}, **LEASED)


def test_a_period_is_taken_once() -> None:
    ScheduleRun.objects.create(name="daily", period_start=timezone.now())
    taken = ScheduleRun.objects.get()
    with violates("schedule_run_once_per_period"):
        ScheduleRun.objects.create(name="daily", period_start=taken.period_start)
