"""Jobs are done once, in one transaction with their effects, and failures stop nobody."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now

from common.jobs import progress
from common.jobs.drain import drain
from common.jobs.run import claim, perform, run_next
from common.jobs.state import MAX_ATTEMPTS
from common.models import Job
from tests.jobs.handlers import traces

Ask = Callable[..., Job]
pytestmark = pytest.mark.django_db


def make_due() -> None:
    Job.objects.update(run_after=Now())


def test_a_job_is_done_once(ask: Ask) -> None:
    job = ask("trace", 1)
    assert drain("fast", budget_s=5) is False
    job.refresh_from_db()
    assert job.done_at is not None
    assert (job.attempts, job.lease_token) == (1, None)
    assert traces() == 1
    assert not run_next("fast")


def test_the_handler_gets_what_was_asked_for(ask: Ask) -> None:
    job = ask("trace", 7, revision=3, payload={"a": [1]}, actor_id=12)
    held = claim("fast")
    assert held is not None
    work = held.work
    assert (work.kind, work.key, work.revision, work.payload) == ("trace", 7, 3, {"a": [1]})
    assert (work.actor_id, work.attempt) == (12, 1)
    assert job.created_at <= work.now


def test_queues_do_not_serve_each_other(ask: Ask) -> None:
    ask("trace", 1, queue="bulk")
    assert not run_next("fast")
    assert run_next("bulk")


def test_a_failed_attempt_writes_nothing_and_waits(ask: Ask) -> None:
    job = ask("fail", 1)
    assert run_next("fast")
    assert not run_next("fast"), "it waits before the next attempt"
    job.refresh_from_db()
    assert traces("fail") == 0
    assert job.last_error == "ValueError: Esto no se puede hacer."
    assert (job.attempts, job.done_at, job.dead_at, job.lease_until) == (1, None, None, None)
    assert job.run_after > job.started_at


def test_a_poison_job_is_parked_with_its_reason_and_others_go_on(ask: Ask) -> None:
    poison = ask("fail", 1)
    for key in range(20):
        ask("trace", key)
    for _ in range(MAX_ATTEMPTS + 3):
        make_due()
        drain("fast", budget_s=5)
    poison.refresh_from_db()
    assert poison.dead_at is not None
    assert poison.attempts == MAX_ATTEMPTS
    assert poison.last_error.startswith("ValueError")
    assert traces() == 20


def test_a_kind_that_this_version_does_not_know_is_left_for_a_newer_one(ask: Ask) -> None:
    job = ask("from.the.future", 1)
    assert run_next("fast")
    job.refresh_from_db()
    assert "newer version" in job.last_error
    assert job.dead_at is None


def test_a_long_job_runs_in_chunks_and_tells_how_far_it_is(ask: Ask) -> None:
    ask("count", 1, queue="bulk")
    seen = []
    while run_next("bulk"):
        made = progress("count", 1)
        assert made is not None
        seen.append((made.done, made.total, made.percent, made.is_finished))
    assert seen == [(1, 3, 33, False), (2, 3, 66, False), (2, 3, 100, True)]
    assert traces("count") == 3


def test_two_long_jobs_take_turns(ask: Ask) -> None:
    ask("count", 1, queue="bulk")
    ask("count", 2, queue="bulk")
    order = []
    while (held := claim("bulk")) is not None:
        order.append(held.work.key)
        perform(held)
    assert order == [1, 2, 1, 2, 1, 2]


def test_a_chunk_that_changes_nothing_is_a_failure_not_an_endless_loop(ask: Ask) -> None:
    job = ask("still", 1)
    assert drain("fast", budget_s=5) is False
    job.refresh_from_db()
    assert job.last_error.startswith("NoProgressError")


def test_progress_of_what_was_never_asked_for_is_none() -> None:
    assert progress("count", 404) is None


def test_a_worker_whose_lease_lapsed_commits_nothing(ask: Ask) -> None:
    job = ask("trace", 1)
    frozen = claim("fast")
    assert frozen is not None
    Job.objects.update(lease_until=F("created_at"), run_after=F("created_at"))
    other = claim("fast")
    assert other is not None
    perform(frozen)
    assert traces() == 0, "the frozen worker is fenced off"
    perform(other)
    job.refresh_from_db()
    assert traces() == 1
    assert job.done_at is not None


def test_a_parked_or_done_job_is_never_claimed(ask: Ask) -> None:
    ask("trace", 1)
    ask("trace", 2)
    Job.objects.filter(key=1).update(dead_at=Now())
    Job.objects.filter(key=2).update(done_at=Now())
    assert claim("fast") is None


def test_the_handlers_statements_have_the_workers_limits(ask: Ask) -> None:
    ask("trace", 1)
    held = claim("fast")
    assert held is not None
    perform(held)
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("5s",)
