"""Many workers and many changes at one instant; each control shows the race without its lock."""

import datetime as dt
from collections.abc import Callable
from threading import Event

import pytest
from django.db import transaction

from common.jobs import Work, enqueue, queue, run, sweep
from common.jobs.run import claim, perform, run_next
from common.models import Job
from tests.jobs import handlers
from tests.jobs.crowd import all_at_once, meanwhile
from tests.jobs.handlers import traces

Ask = Callable[..., Job]
pytestmark = pytest.mark.django_db(transaction=True)

CROWD = 20
PATIENCE_S = 10


def winners(ask: Ask) -> int:
    ask("trace", 1)
    return sum(held is not None for held in all_at_once(CROWD, lambda: claim("fast")))


def test_twenty_claimers_of_one_job_have_one_winner(ask: Ask) -> None:
    for _ in range(5):
        assert winners(ask) == 1
        Job.objects.all().delete()


def test_control_without_the_row_lock_several_claim_one_job(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "CLAIM", run.CLAIM.replace("FOR UPDATE SKIP LOCKED", ""))
    most = 0
    for _ in range(20):
        most = max(most, winners(ask))
        Job.objects.all().delete()
        if most > 1:
            break
    assert most > 1


def test_twenty_workers_do_two_hundred_jobs_once_each(ask: Ask) -> None:
    for key in range(200):
        ask("trace", key)

    def work_off() -> int:
        count = 0
        while run_next("fast"):
            count += 1
        return count

    assert sum(all_at_once(CROWD, work_off)) == 200
    assert traces() == 200
    assert Job.objects.filter(done_at=None).count() == 0


def test_twenty_equal_requests_are_one_job(ask: Ask) -> None:
    ids = all_at_once(CROWD, lambda: ask("trace", 1).pk)
    assert len(set(ids)) == 1
    assert Job.objects.count() == 1


def begun_before_the_change_commits(ask: Ask) -> bool:
    """Say whether a worker gets a job while a change that leans on it is not committed."""
    ask("trace", 1)
    with transaction.atomic():
        enqueue("trace", 1)
        with meanwhile(lambda: claim("fast")) as claimed:
            return claimed.result(timeout=PATIENCE_S) is not None


def test_a_job_that_a_change_leans_on_is_not_begun_before_its_commit(ask: Ask) -> None:
    assert not begun_before_the_change_commits(ask)
    assert claim("fast") is not None


def test_control_without_the_share_lock_the_job_runs_before_the_change(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "LEAN_ON", queue.LEAN_ON.replace("FOR SHARE", ""))
    assert begun_before_the_change_commits(ask)


def test_two_changes_may_lean_on_one_job_at_the_same_time(ask: Ask) -> None:
    job = ask("trace", 1)
    with transaction.atomic():
        assert enqueue("trace", 1) == job.pk
        with meanwhile(lambda: ask("trace", 1)) as other:
            assert other.result(timeout=PATIENCE_S) == job


class Gate:
    """A handler that stays at work until it is let go."""

    def __init__(self) -> None:
        self.entered, self.let_go = Event(), Event()

    def __call__(self, work: Work) -> None:
        handlers.leave_trace(work)
        self.entered.set()
        assert self.let_go.wait(PATIENCE_S)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    gate = Gate()
    monkeypatch.setitem(handlers.HANDLERS, "gated", gate)
    return gate


def test_two_equal_jobs_never_run_at_the_same_time(ask: Ask, gate: Gate) -> None:
    ask("gated", 1)
    with meanwhile(lambda: run_next("fast")) as first:
        assert gate.entered.wait(PATIENCE_S)
        later = ask("gated", 1)
        assert run_next("fast")
        later.refresh_from_db()
        assert (later.attempts, later.done_at, later.lease_token) == (0, None, None)
        gate.let_go.set()
        assert first.result(timeout=PATIENCE_S)
    Job.objects.update(run_after="2026-01-01T00:00:00Z")
    assert run_next("fast")
    assert traces("gated") == 2


def test_the_job_of_a_dead_worker_is_freed_and_of_a_living_one_is_not(
    ask: Ask, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "GRACE_S", 0)
    ask("gated", 1)
    with meanwhile(lambda: run_next("fast")) as living:
        assert gate.entered.wait(PATIENCE_S)
        dead = ask("trace", 2)
        assert claim("fast") is not None, "a worker that dies right after its claim"
        assert sweep.free_abandoned() == 1
        gate.let_go.set()
        assert living.result(timeout=PATIENCE_S)
    dead.refresh_from_db()
    assert (dead.lease_token, dead.attempts) == (None, 1)
    assert traces("gated") == 1


def test_a_worker_that_was_taken_for_dead_is_fenced(
    ask: Ask, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "GRACE_S", 0)
    job = ask("gated", 1)
    held = claim("fast")
    assert held is not None
    assert sweep.free_abandoned() == 1
    gate.let_go.set()
    perform(held)
    job.refresh_from_db()
    assert job.done_at is None
    assert traces("gated") == 0


def test_a_job_that_kills_its_workers_is_parked_by_the_sweeper(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "GRACE_S", 0)
    job = ask("trace", 1)
    for _ in range(run.MAX_ATTEMPTS):
        assert sweep.park_crash_loopers() == 0
        assert claim("fast") is not None
        assert sweep.free_abandoned() == 1
        Job.objects.update(run_after="2026-01-01T00:00:00Z")
    assert claim("fast") is None
    assert sweep.park_crash_loopers() == 1
    job.refresh_from_db()
    assert job.dead_at is not None
    assert "died" in job.last_error


def test_two_sweepers_do_periodic_work_once() -> None:
    done: list[object] = []
    taken = all_at_once(
        CROWD, lambda: sweep.take_period("daily", dt.timedelta(days=1), done.append)
    )
    assert sum(taken) == len(done) == 1
