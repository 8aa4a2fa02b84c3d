"""The operations page: what staff see of the work, and what they do about parked work."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from common.models import Effect, Job
from firms.models import ImportBatch, ImportKind
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

PATH = "/es/operations/"
QUERIES = 13


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(UserFactory(is_staff=True))
    return client


def park(key: int = 1, **fields: Any) -> Job:
    now = timezone.now()
    return Job.objects.create(
        **{
            "kind": "need.match", "key": key, "queue": "fast", "started_at": now, "dead_at": now,
            "attempts": 8, "last_error": "ValueError: <b>malo</b>", **fields,
        }
    )  # fmt: skip


def park_mail(key: int = 1) -> Effect:
    return Effect.objects.create(
        kind="mail", dedup=f"m{key}", message_id=f"<m{key}@x>", recipient="ana@ejemplo.org",
        dead_at=timezone.now(), last_error="RefusedError: 550",
    )  # fmt: skip


def fill(count: int) -> None:
    for n in range(count):
        park(n)
        park_mail(n)
        ImportBatch.objects.create(
            kind=ImportKind.CONTRACTS, file_name=f"contratos{n}.csv", rows_total=10, rows_done=3
        )
        Job.objects.create(
            kind="listings.rebuild", key=n, queue="bulk", started_at=timezone.now(),
            progress_done=3, progress_total=10,
        )  # fmt: skip


def test_anonymous_people_are_asked_to_sign_in(client: Client) -> None:
    assert client.get(PATH).status_code == 302


@pytest.mark.parametrize("make", [MembershipFactory, lambda: None], ids=["member", "nobody"])
def test_to_others_the_page_does_not_exist(client: Client, make: Callable[[], Any]) -> None:
    membership = make()
    client.force_login(membership.user if membership else UserFactory())
    assert client.get(PATH).status_code == 404
    assert client.post(f"{PATH}jobs/{park().pk}/retry/").status_code == 404
    assert Job.objects.get().dead_at is not None


def test_an_idle_installation_says_so(staff: Client) -> None:
    page = staff.get(PATH).content.decode()
    assert page.count("nada espera") == 4
    assert page.count("Nunca ha respondido") == 2
    assert "Nada está apartado" in page


def test_staff_see_what_waits_runs_and_was_set_aside(staff: Client) -> None:
    fill(2)
    Job.objects.create(kind="need.match", key=77, queue="fast")
    page = staff.get(PATH).content.decode()
    assert "contratos1.csv" in page
    assert "Rehacer las publicaciones importadas" in page
    assert "Buscar coincidencias de una necesidad" in page
    assert "ValueError: &lt;b&gt;malo&lt;/b&gt;" in page
    assert "Correo para ana@ejemplo.org" in page


def test_a_retried_job_waits_again_from_its_first_attempt(staff: Client) -> None:
    job = park()
    response = staff.post(f"{PATH}jobs/{job.pk}/retry/", follow=True)
    assert response.redirect_chain == [(PATH, 303)]
    assert "El trabajo vuelve a la cola." in response.content.decode()
    job.refresh_from_db()
    assert (job.dead_at, job.attempts, job.done_at) == (None, 0, None)


def test_a_discarded_job_is_closed_undone_and_keeps_its_reason(staff: Client) -> None:
    job = park()
    assert staff.post(f"{PATH}jobs/{job.pk}/discard/").status_code == 303
    job.refresh_from_db()
    assert job.done_at is not None
    assert job.last_error.startswith("ValueError")


def test_a_mail_is_retried_or_discarded(staff: Client) -> None:
    first, second = park_mail(1), park_mail(2)
    assert staff.post(f"{PATH}mail/{first.pk}/retry/").status_code == 303
    assert staff.post(f"{PATH}mail/{second.pk}/discard/").status_code == 303
    effect = Effect.objects.get()
    assert (effect.pk, effect.dead_at, effect.attempts) == (first.pk, None, 0)


@pytest.mark.parametrize(
    "act", ["jobs/0/retry", "jobs/0/discard", "mail/0/retry", "mail/0/discard"]
)
def test_what_somebody_else_handled_is_said(staff: Client, act: str) -> None:
    page = staff.post(f"{PATH}{act}/", follow=True).content.decode()
    assert "alguien lo atendió antes" in page


def test_a_job_that_is_not_parked_cannot_be_retried_into_running_twice(staff: Client) -> None:
    job = park(dead_at=None, attempts=3)
    staff.post(f"{PATH}jobs/{job.pk}/retry/")
    job.refresh_from_db()
    assert job.attempts == 3


@pytest.mark.parametrize("act", ["retry", "discard"])
def test_reading_an_action_changes_nothing(staff: Client, act: str) -> None:
    job = park()
    assert staff.get(f"{PATH}jobs/{job.pk}/{act}/").status_code == 405
    assert Job.objects.get() == job


def test_the_part_that_htmx_asks_for_is_the_part_of_the_page(staff: Client) -> None:
    fill(3)
    page = staff.get(PATH).content.decode()
    part = staff.get(PATH, headers={"HX-Request": "true"}).content.decode().strip()
    assert part.startswith('<div class="stack-xl" id="now"')
    assert part in page
    assert "Apartados" not in part


@pytest.mark.parametrize("count", [3, 30])
def test_the_page_costs_the_same_with_three_rows_and_with_thirty(
    staff: Client, count: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    fill(count)
    with django_assert_num_queries(QUERIES):
        assert staff.get(PATH).status_code == 200
