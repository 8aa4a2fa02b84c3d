"""A server that is away costs latency or an honest answer, and nothing needs a restart after."""

import signal
import statistics
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path

import pytest

from bench.fault_lab.judge import judge, wait_for_empty_backlog
from bench.fault_lab.lab import Lab, lab
from bench.fault_lab.processes import send
from bench.fault_lab.publisher import Tally, publish_all

PUBLISHES = 200
EXTRA_S = 0.3
PATIENCE_S = 120


@pytest.fixture(scope="module")
def here() -> Iterator[Lab]:
    with lab(limits={"RACIMO_DEAF_AFTER": "4"}) as here:
        yield here


def publish(here: Lab, count: int) -> Tally:
    tally = Tally(wanted=count)
    for client in publish_all(tally, here.port, clients=1):
        client.join()
    return tally


def ask(here: Lab, path: str) -> tuple[int, Message, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{here.port}{path}", timeout=10) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def test_without_redis_people_publish_as_fast_and_every_need_is_matched(here: Lab) -> None:
    before = publish(here, 50)
    send(signal.SIGTERM, here.redis())
    without = publish(here, PUBLISHES)
    left, _ = wait_for_empty_backlog(here, patience_s=PATIENCE_S)
    verdict = judge(here, before.confirmed + without.confirmed, backlog=left)
    here.start_redis()
    assert verdict.is_clean, verdict
    assert not without.refusals
    usual = statistics.median(before.seconds)
    late = sorted(without.seconds)[int(PUBLISHES * 0.95)]
    assert late - usual < EXTRA_S


def test_a_frozen_redis_does_not_hold_people_up_either(here: Lab) -> None:
    usual = statistics.median(publish(here, 30).seconds)
    frozen = here.redis()
    send(signal.SIGSTOP, frozen)
    try:
        tally = publish(here, 60)
    finally:
        send(signal.SIGCONT, frozen)
    assert sorted(tally.seconds)[int(60 * 0.95)] - usual < EXTRA_S
    assert not tally.refusals


def test_without_postgresql_people_are_told_and_pages_return_by_themselves(here: Lab) -> None:
    restarts = here.programs["web"].restarts
    postmaster = here.postmaster()
    send(signal.SIGQUIT, postmaster)
    wait_until(lambda: not Path(f"/proc/{postmaster}").exists())
    status, headers, page = ask(here, "/es/programs/")
    problem = ask(here, "/api/v1/countries/")
    alive, ready = ask(here, "/healthz")[0], ask(here, "/readyz")[0]
    here.start_postgres()
    wait_until(lambda: ask(here, "/readyz")[0] == 200)
    tally = publish(here, 5)
    left, _ = wait_for_empty_backlog(here, patience_s=PATIENCE_S)
    assert (status, alive, ready) == (503, 200, 503)
    assert headers["Retry-After"] == "10"
    assert "Volvemos en un momento" in page
    assert (problem[0], problem[1]["Content-Type"]) == (503, "application/problem+json")
    assert len(tally.confirmed) == 5
    assert not tally.refusals
    assert left == 0
    assert here.programs["web"].restarts == restarts


def test_a_worker_that_hears_nothing_any_more_is_restarted(here: Lab) -> None:
    worker = here.programs["worker-fast"]
    restarts = worker.restarts
    for pid in (worker.pid, *worker.children()):
        send(signal.SIGSTOP, pid)
    wait_until(lambda: worker.restarts > restarts, patience_s=60)
    publish(here, 5)
    assert wait_for_empty_backlog(here, patience_s=PATIENCE_S)[0] == 0


def wait_until(true: Callable[[], bool], *, patience_s: float = 30) -> None:
    until = time.monotonic() + patience_s
    while time.monotonic() < until:
        if true():
            return
        time.sleep(0.1)
    pytest.fail("It did not come about in time.")
