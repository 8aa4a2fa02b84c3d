"""Rates hold, per person and per address, and close rather than open when something fails."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import RateBucket
from accounts.services.buckets import purge_buckets, take_token
from common.api.throttles import MAX_ACTORS, MemoryBuckets
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/"


def age(seconds: float) -> None:
    """Let time pass for every bucket."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_ratebucket SET refilled_at = refilled_at - %s * interval '1 second'",
            [seconds],
        )


def test_a_bucket_gives_its_rate_and_then_waits() -> None:
    taken = [take_token(scope="write", actor="a", per_minute=3) for _ in range(4)]
    assert taken == [0, 0, 0, 20]


def test_a_bucket_refills_with_time_and_never_overflows() -> None:
    for _ in range(4):
        take_token(scope="write", actor="a", per_minute=3)
    age(21)
    assert take_token(scope="write", actor="a", per_minute=3) == 0
    assert take_token(scope="write", actor="a", per_minute=3) > 0
    age(3600)
    taken = [take_token(scope="write", actor="a", per_minute=3) for _ in range(4)]
    assert taken == [0, 0, 0, 20]


def test_buckets_are_apart_by_scope_and_actor_and_name_nobody() -> None:
    take_token(scope="write", actor="address:10.0.0.1", per_minute=1)
    assert take_token(scope="write", actor="address:10.0.0.2", per_minute=1) == 0
    assert take_token(scope="wrong-token", actor="address:10.0.0.1", per_minute=1) == 0
    assert "10.0.0" not in "".join(RateBucket.objects.values_list("key", flat=True))


def test_buckets_that_are_full_again_are_forgotten() -> None:
    take_token(scope="write", actor="a", per_minute=1)
    assert purge_buckets(now=timezone.now()) == 0
    age(25 * 3600)
    assert purge_buckets(now=timezone.now()) == 1


def test_memory_buckets_refill_and_stay_bounded() -> None:
    buckets = MemoryBuckets()
    taken = [buckets.take("a", per_minute=2, now=0.0) for _ in range(3)]
    assert taken[:2] == [0, 0]
    assert taken[2] == pytest.approx(30)
    assert buckets.take("a", per_minute=2, now=30.1) == 0
    for n in range(MAX_ACTORS + 10):
        buckets.take(str(n), per_minute=2, now=31.0)
    assert len(buckets._buckets) == MAX_ACTORS


def test_reading_too_fast_says_how_long_to_wait(settings: Any) -> None:
    settings.API_RATES = settings.API_RATES | {"anonymous-read": 2}
    answers = [Client().get(ROOT) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 31
    assert answers[-1].headers["Content-Type"] == "application/problem+json"


def test_people_and_addresses_are_counted_apart(
    settings: Any, program: Callable[..., Client]
) -> None:
    settings.API_RATES = settings.API_RATES | {"anonymous-read": 1, "read": 2}
    assert [Client().get(ROOT).status_code for _ in range(2)] == [200, 429]
    caller = program(UserFactory())
    assert [caller.get(ROOT).status_code for _ in range(3)] == [200, 200, 429]


def test_forwarded_addresses_do_not_multiply_the_rate(settings: Any) -> None:
    settings.API_RATES = settings.API_RATES | {"anonymous-read": 2}
    answers = [
        Client().get(ROOT, headers={"x-forwarded-for": f"10.2.{n}.1, 10.3.{n}.1"}).status_code
        for n in range(4)
    ]
    assert answers == [200, 200, 429, 429]
