"""The sweeper rings, lends a hand, and restarts the deaf; it survives whatever a job does."""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from pytest_django import Settings

from common.jobs import Work, doorbell, enqueue, sweep
from common.jobs.models import Queue
from common.jobs.run import CANARY, claim, run_next
from common.mail import send
from common.models import Effect, Job, ScheduleRun
from registry import sweeper as module
from registry import workers
from registry.celery import app
from registry.helper import Helper
from registry.queues import QUEUES, WORKERS
from registry.schedule import SCHEDULE, run_due
from registry.sweeper import Sweeper
from tests.jobs import handlers
from tests.jobs.handlers import traces

pytestmark = pytest.mark.django_db(transaction=True)


class Bell:
    """A doorbell that counts, and that can be cut off."""

    def __init__(self) -> None:
        self.rung: list[str] = []
        self.is_heard = True

    def ring(self, queue: str) -> bool:
        self.rung.append(queue)
        return self.is_heard


@pytest.fixture
def bell(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Bell:
    settings.JOB_HANDLERS = "tests.jobs.handlers.HANDLERS"
    bell = Bell()
    for place in (module, doorbell):
        monkeypatch.setattr(place, "ring", bell.ring)
    return bell


@pytest.fixture
def killed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    killed: list[str] = []
    monkeypatch.setattr(module, "kill", killed.append)
    return killed


def ask(kind: str = "trace", key: int = 1, **options: str) -> Job:
    with transaction.atomic():
        job_id = enqueue(kind, key, **options)
    return Job.objects.get(pk=job_id)


def until(true: Callable[[], bool], patience_s: float = 20) -> bool:
    end = time.monotonic() + patience_s
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


def test_it_rings_for_what_waits_and_no_more_than_four_times(bell: Bell) -> None:
    for key in range(9):
        ask("trace", key)
    ask("trace", 100, queue="bulk")
    bell.rung.clear()
    sweeper = Sweeper()
    sweeper._canaries.is_due()
    sweeper._schedule.is_due()  # periodic work rings too, at hours of its own
    sweeper.turn()
    assert (bell.rung.count("fast"), bell.rung.count("bulk")) == (4, 1)
    assert traces() == 0, "whoever hears the bell does the work"


def test_bells_do_not_pile_up_behind_a_long_job(bell: Bell) -> None:
    for key in range(9):
        ask("trace", key, queue="bulk")
    assert claim("bulk") is not None
    bell.rung.clear()
    sweeper = Sweeper()
    sweeper._canaries.is_due()
    sweeper._schedule.is_due()  # periodic work rings too, at hours of its own
    for _ in range(5):
        sweeper.turn()
    assert bell.rung.count("bulk") == 1


def test_mail_is_rung_for_and_what_is_being_sent_is_not(bell: Bell) -> None:
    send("ana@ejemplo.org", "Hola", "Texto", dedup="1")
    assert sweep.waiting()["mail"].count == 1
    Effect.objects.update(lease_until="2099-01-01T00:00:00Z", lease_token=uuid.uuid4())
    assert "mail" not in sweep.waiting()
    Effect.objects.update(lease_until="2026-01-01T00:00:00Z")
    assert sweep.waiting()["mail"].count == 1
    Effect.objects.update(resend_safe=False)
    assert "mail" not in sweep.waiting()


def test_when_nobody_hears_it_works_itself_and_leaves_the_canary(bell: Bell) -> None:
    for key in range(3):
        ask("trace", key)
    bell.is_heard = False
    sweeper = Sweeper()
    sweeper.turn()
    assert until(lambda: traces() == 3)
    assert until(lambda: not sweeper._helper.is_busy())
    assert Job.objects.filter(kind=CANARY, done_at=None).count() == len(WORKERS)


def test_it_helps_with_what_a_person_has_waited_for(bell: Bell) -> None:
    ask("trace", 1)
    ask("trace", 2, queue="bulk")
    Job.objects.update(run_after="2026-01-01T00:00:00Z")
    sweeper = Sweeper()
    sweeper.turn()
    assert until(lambda: traces() == 1)
    assert until(lambda: not sweeper._helper.is_busy())
    assert Job.objects.get(kind="trace", queue="bulk").done_at is None, "nobody waits for an import"


def die(_: Work) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def sleep(_: Work) -> None:
    time.sleep(60)


def test_a_job_that_kills_its_worker_does_not_kill_the_sweeper(
    bell: Bell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(handlers.HANDLERS, "die", die)
    job = ask("die")
    helper = Helper(budget_s=1, limit_s=20)
    helper.start("fast")
    assert until(lambda: not helper.is_busy())
    job.refresh_from_db()
    assert (job.attempts, job.done_at) == (1, None)


def test_a_job_that_does_not_end_is_ended(bell: Bell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(handlers.HANDLERS, "sleep", sleep)
    ask("sleep")
    helper = Helper(budget_s=1, limit_s=1)
    helper.start("fast")
    assert until(lambda: not helper.is_busy(), patience_s=10)


def test_a_worker_that_owes_a_sign_of_life_is_restarted_once(bell: Bell, killed: list[str]) -> None:
    sweeper = Sweeper()
    sweeper.turn()
    Job.objects.filter(kind=CANARY, queue="fast").update(created_at="2026-01-01T00:00:00Z")
    sweeper.turn()
    sweeper.turn()
    assert killed == ["fast"]


def test_a_new_sweeper_remembers_how_long_a_worker_has_been_silent(
    bell: Bell, killed: list[str]
) -> None:
    Sweeper().turn()
    Job.objects.filter(kind=CANARY, queue="fast").update(created_at="2026-01-01T00:00:00Z")
    Sweeper().turn()
    assert killed == ["fast"]


def test_nobody_is_blamed_while_the_bell_or_the_database_was_away(
    bell: Bell, killed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sweeper = Sweeper()
    sweeper.turn()
    Job.objects.filter(kind=CANARY).update(created_at="2026-01-01T00:00:00Z")
    bell.is_heard = False
    sweeper.turn()
    bell.is_heard = True
    sweeper.turn()
    Job.objects.filter(kind=CANARY).update(created_at="2026-01-01T00:00:00Z")
    with monkeypatch.context() as patch:
        patch.setattr(sweep, "free_abandoned", _refuse)
        sweeper.turn()
    sweeper.turn()
    sweeper.turn()
    assert killed == []


def _refuse() -> int:
    raise OperationalError("connection refused")


def test_an_answered_canary_says_how_fresh_it_is(bell: Bell) -> None:
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("canary", stdout=out)
    assert "has never answered" in out.getvalue()
    Sweeper().turn()
    for queue in Queue.values:
        run_next(queue)
    out = StringIO()
    call_command("canary", max_age=60.0, stdout=out)
    assert "Worker fast answered 0 s ago" in out.getvalue()
    Job.objects.update(done_at="2026-01-01T00:00:00Z")
    with pytest.raises(SystemExit):
        call_command("canary", max_age=60.0, stdout=StringIO())


def test_periodic_work_is_taken_once_per_period() -> None:
    run_due()
    run_due()
    assert ScheduleRun.objects.count() == len(SCHEDULE)
    assert Job.objects.filter(kind="verdicts.roll_over").count() == 1


def test_what_is_long_done_is_forgotten_and_what_waits_is_not() -> None:
    for age, number in (("8 days", 1), ("6 days", 2)):
        ask("trace", number)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE common_job SET done_at = now() - %s::interval WHERE key = %s", [age, number]
            )
    ask("trace", 3)
    assert sweep.prune() == 1
    assert sorted(Job.objects.values_list("key", flat=True)) == [2, 3]


def test_only_a_worker_is_ever_killed(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    assert not workers.kill("fast"), "no file"
    workers.pid_file("fast").write_text(str(os.getpid()))
    assert not workers.kill("fast"), "a process that took over the number"
    worker = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(60)", "work"], start_new_session=True
    )
    workers.pid_file("fast").write_text(str(worker.pid))
    words = Path(f"/proc/{worker.pid}/cmdline")
    while not words.read_bytes():  # for a moment a new process has no words yet
        time.sleep(0.01)
    assert workers.kill("fast")
    assert worker.wait(timeout=10) == -signal.SIGKILL


def test_celery_knows_one_task_and_trusts_nothing_but_its_name() -> None:
    app.loader.import_default_modules()
    own = {name for name in app.tasks if not name.startswith("celery.")}
    assert own - {"lab.match"} == {"racimo.drain"}
    conf = app.conf
    assert list(conf.accept_content) == ["json"]
    assert conf.result_backend is None
    assert (conf.worker_enable_remote_control, conf.worker_send_task_events) == (False, False)
    assert all(queue.no_ack for queue in conf.task_queues)


def test_every_queue_has_a_worker_and_the_limits_are_in_order(settings: Settings) -> None:
    assert {*Queue.values, "mail"} == QUEUES
    assert settings.JOB_SOFT_LIMIT_S < settings.JOB_HARD_LIMIT_S < settings.JOB_LEASE_S
    assert settings.JOB_STATEMENT_MS < 1_000 * settings.JOB_SOFT_LIMIT_S
