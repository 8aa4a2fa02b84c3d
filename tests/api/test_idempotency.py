"""A request that is sent twice is carried out once."""

import datetime as dt
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.crypto import salted_hmac

from common.api.idempotency import SALT
from common.kept_answers import TRY_LOCK, forget_answers
from common.models import KeptAnswer
from firms.models import Need, Organization, Role
from tests.factories import CityFactory, MembershipFactory, SiteFactory
from tests.violations import violates

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/needs/"


def test_a_key_is_one_request_of_one_person_and_its_status_is_one() -> None:
    KeptAnswer.objects.create(actor_id=1, key="k", digest="d", status=200)
    KeptAnswer.objects.create(actor_id=2, key="k", digest="d", status=200)
    with violates("kept_answer_once"):
        KeptAnswer.objects.create(actor_id=1, key="k", digest="e", status=200)
    with violates("kept_answer_status_is_one"):
        KeptAnswer.objects.create(actor_id=3, key="k", digest="d", status=99)


@dataclass(frozen=True)
class Caller:
    """A program that writes needs for an organization."""

    client: Client
    organization: Organization

    def send(self, key: str, title: str = "Etiquetas para vino") -> Any:
        body = {
            "organization": str(self.organization.public_id),
            "title": title,
            "city": self.organization.sites.get().city.geonames_id,
        }
        headers = {"Idempotency-Key": key}
        return self.client.post(ADDRESS, body, content_type="application/json", headers=headers)


@pytest.fixture
def caller(program: Callable[..., Client]) -> Caller:
    place = MembershipFactory(role=Role.EDITOR)
    SiteFactory(organization=place.organization, city=CityFactory())
    return Caller(program(place.user), place.organization)


def test_the_same_request_is_carried_out_once_and_answered_alike(caller: Caller) -> None:
    first, again = caller.send("uno"), caller.send("uno")
    assert first.status_code == 201, first.json()
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert Need.objects.count() == 1
    assert caller.send("dos").status_code == 201
    assert Need.objects.count() == 2


def test_another_body_under_the_key_is_refused_and_a_refused_one_may_be_mended(
    caller: Caller,
) -> None:
    assert caller.send("uno", title="").status_code == 400
    assert caller.send("uno").status_code == 201
    other = caller.send("uno", title="Corchos")
    assert (other.status_code, other.headers["Content-Type"]) == (422, "application/problem+json")
    assert caller.send("con espacios").status_code == 400
    assert Need.objects.count() == 1


def test_a_key_is_its_callers_own_and_lives_for_a_day(
    caller: Caller, program: Callable[..., Client]
) -> None:
    caller.send("uno")
    colleague = MembershipFactory(organization=caller.organization, role=Role.EDITOR).user
    assert Caller(program(colleague), caller.organization).send("uno").status_code == 201
    assert Need.objects.count() == 2
    KeptAnswer.objects.update(created_at=timezone.now() - dt.timedelta(hours=25))
    assert forget_answers(now=timezone.now()) == 2
    assert "Idempotency-Replayed" not in caller.send("uno").headers


def test_while_the_first_is_at_work_the_second_learns_so(caller: Caller) -> None:
    """The first is held at work by its lock, taken on another connection."""
    key = salted_hmac(SALT, "uno", algorithm="sha256").hexdigest()
    who = caller.organization.memberships.get().user_id
    with closing(connection.copy()) as other, other.cursor() as cursor:
        other.set_autocommit(False)
        cursor.execute(TRY_LOCK, [f"{SALT}:{who}:{key}"])
        waits = caller.send("uno")
        other.rollback()
    assert (waits.status_code, waits.headers["Retry-After"]) == (409, "2")
    assert caller.send("uno").status_code == 201
