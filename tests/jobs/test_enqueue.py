"""A request for work is a row of the change's transaction, and no change is forgotten."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction

from common.jobs import enqueue
from common.jobs.run import claim, perform, run_next
from common.models import Job
from tests.jobs.conftest import rung
from tests.jobs.handlers import traces

Ask = Callable[..., Job]


@pytest.mark.django_db(transaction=True)
def test_asking_outside_a_transaction_is_refused_with_a_sentence() -> None:
    with pytest.raises(transaction.TransactionManagementError, match=r"transaction\.atomic"):
        enqueue("trace", 1)
    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_asks_for_nothing() -> None:
    with transaction.atomic():
        enqueue("trace", 1)
        transaction.set_rollback(True)
    assert not Job.objects.exists()
    assert rung == []


@pytest.mark.django_db(transaction=True)
def test_one_transaction_rings_once_per_queue_after_its_commit() -> None:
    with transaction.atomic():
        for key in range(5):
            enqueue("trace", key)
        enqueue("trace", 9, queue="bulk")
        assert rung == []
    assert sorted(rung) == ["bulk", "fast"]


@pytest.mark.django_db
def test_equal_requests_that_nobody_has_begun_are_one_job(ask: Ask) -> None:
    first = ask("trace", 7, revision=3, payload={"why": "first"})
    second = ask("trace", 7, revision=3, payload={"why": "second"})
    assert first == second
    assert second.payload == {"why": "first"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "other", [{"kind": "once"}, {"key": 8}, {"revision": 4}], ids=["kind", "key", "revision"]
)
def test_another_kind_key_or_revision_is_another_job(ask: Ask, other: dict[str, object]) -> None:
    asked = {"kind": "trace", "key": 7, "revision": 3}
    assert ask(**asked) != ask(**{**asked, **other})


@pytest.mark.django_db
def test_a_change_made_while_its_job_runs_gets_a_job_of_its_own(ask: Ask) -> None:
    first = ask("trace", 7)
    held = claim("fast")
    assert held is not None
    second = ask("trace", 7)
    perform(held)
    assert second != first
    assert run_next("fast")
    assert traces() == 2
    assert not Job.objects.filter(done_at=None).exists()


@pytest.mark.django_db
def test_a_finished_job_does_not_absorb_the_next_request(ask: Ask) -> None:
    ask("trace", 7)
    assert run_next("fast")
    ask("trace", 7)
    assert run_next("fast")
    assert traces() == 2


@pytest.mark.django_db
def test_a_job_between_two_chunks_absorbs_nothing(ask: Ask) -> None:
    first = ask("count", 1)
    assert run_next("fast")
    assert ask("count", 1) != first


@pytest.mark.django_db
def test_a_request_costs_one_statement_and_leaning_two(
    ask: Ask, django_assert_num_queries: Callable[..., object]
) -> None:
    with transaction.atomic():
        with django_assert_num_queries(1):
            enqueue("trace", 1)
        with django_assert_num_queries(2):
            enqueue("trace", 1)


@pytest.mark.django_db
def test_waiting_jobs_are_found_by_the_index_of_open_jobs(ask: Ask) -> None:
    for key in range(30):
        ask("trace", key)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM common_job WHERE done_at IS NULL AND dead_at IS NULL"
            " AND queue = 'fast' ORDER BY priority, run_after, id LIMIT 1"
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "job_open" in plan
    assert "Sort" not in plan
