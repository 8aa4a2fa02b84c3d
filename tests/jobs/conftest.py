"""The engine with kinds of job made for tests, and a bell that only remembers."""

from collections.abc import Callable

import pytest
from django.db import transaction
from pytest_django import Settings

from common.jobs import enqueue
from common.models import Job

rung: list[str] = []


def remember(queue: str) -> bool:
    rung.append(queue)
    return True


@pytest.fixture(autouse=True)
def engine(settings: Settings) -> None:
    settings.JOB_HANDLERS = "tests.jobs.handlers.HANDLERS"
    settings.JOB_DOORBELL = "tests.jobs.conftest.remember"
    rung.clear()


@pytest.fixture
def ask() -> Callable[..., Job]:
    """Enqueue in a transaction of its own and return the job."""

    def commit(kind: str = "trace", key: int = 1, **options: object) -> Job:
        with transaction.atomic():
            job_id = enqueue(kind, key, **options)
        return Job.objects.get(pk=job_id)

    return commit
