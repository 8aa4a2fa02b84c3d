"""Files of a list: the rows and the parts that their reader's page shows, for a day."""

import csv
import datetime as dt
import io
import json
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from common.jobs import enqueue
from common.jobs.run import run_next
from firms.exporting import writing
from firms.exporting.columns import Table
from firms.models import Export, Listed, Organization, Visibility
from tests.factories import (
    MembershipFactory,
    NeedFactory,
    OrganizationFactory,
    SiteFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

ASKED = {"listed": "organizations", "query": "", "format": "csv"}


@pytest.fixture(autouse=True)
def few_at_once(monkeypatch: Any, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setattr(writing, "AT_ONCE", 3)
    monkeypatch.setattr(writing, "CHUNK", 2)
    monkeypatch.setattr(writing, "EXPORTS_PER_MINUTE", 100)


def table(answer: Any) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def ask(client: Any, **change: str) -> Any:
    return client.post(reverse("firms:exports"), ASKED | change)


def work() -> None:
    while run_next("bulk"):
        pass


def test_a_small_file_comes_at_once_with_what_its_reader_may_see(client: Any) -> None:
    member = MembershipFactory(organization__visibility=Visibility.PRIVATE)
    OrganizationFactory(legal_name="=cmd()", website="https://ejemplo.org")
    client.force_login(UserFactory())
    head, *rows = table(ask(client))
    assert head[1] == "Nombre"
    assert [row[1] for row in rows] == ["'=cmd()"]
    client.force_login(member.user)
    assert len(table(ask(client))) == 3
    assert not Export.objects.exists()
    found = json.loads(b"".join(ask(client, format="geojson").streaming_content))
    assert {feature["properties"]["name"] for feature in found["features"]} >= {"=cmd()"}
    for wrong in ({"format": "pdf"}, {"listed": "people"}, {"query": "kind=nadie"}):
        assert ask(client, **wrong).status_code == 422


def test_a_large_file_is_made_in_parts_and_fetched_by_its_owner_alone(client: Any) -> None:
    person = UserFactory()
    for number in range(5):
        SiteFactory(organization__legal_name=f"Firma {number}")
    client.force_login(person)
    answer = ask(client, query="q=firma")
    export = Export.objects.get()
    page = reverse("firms:export", args=[export.public_id])
    file = reverse("firms:export-file", args=[export.public_id])
    assert answer["Location"] == page
    assert client.get(file).status_code == 404
    assert run_next("bulk")
    waiting = client.get(page)
    assert "2 / 5" in waiting.content.decode()
    assert client.get(page, headers={"HX-Request": "true"}).content.strip() in waiting.content
    work()
    assert "5 filas listas" in client.get(page).content.decode()
    rows = table(client.get(file))
    assert [row[1] for row in rows[1:]] == [f"Firma {number}" for number in range(5)]
    assert len(default_storage.listdir(writing.FOLDER)[1]) >= 1
    client.force_login(UserFactory(is_staff=True))
    assert client.get(file).status_code == 404
    client.force_login(person)
    MembershipFactory(user=person)
    assert client.get(file).status_code == 303  # what they may see is another thing by now
    writing.forget_exports(now=timezone.now() + dt.timedelta(days=2))
    assert client.get(file).status_code == 404


def test_rights_are_those_of_the_moment_the_file_is_made(client: Any) -> None:
    member = MembershipFactory(organization__visibility=Visibility.PRIVATE)
    OrganizationFactory.create_batch(4)
    client.force_login(member.user)
    ask(client)
    assert run_next("bulk")
    hidden = member.organization.name
    member.delete()
    work()
    rows = table(client.get(reverse("firms:export-file", args=[Export.objects.get().public_id])))
    assert len(rows) == 5
    assert hidden not in str(rows)


def test_a_file_of_somebody_whose_account_was_closed_is_never_made() -> None:
    person = UserFactory(is_active=False)
    later = timezone.now() + dt.timedelta(days=1)
    export = Export.objects.create(user=person, listed=Listed.NEEDS, format="csv", expires_at=later)
    with transaction.atomic():
        enqueue(writing.KIND, export.pk, queue="bulk")
    work()
    export.refresh_from_db()
    assert not export.file


def test_files_are_limited_by_day(client: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(writing, "EXPORTS_PER_DAY", 1)
    OrganizationFactory.create_batch(4)
    client.force_login(UserFactory())
    assert ask(client).status_code == 303
    assert ask(client).status_code == 422
    assert Export.objects.count() == 1


def test_an_anonymous_need_does_not_say_who_wrote_it() -> None:
    need = NeedFactory(is_anonymous=True, organization__legal_name="Viña Secreta")
    rows = type(need).objects.all()
    (line,) = Table(Listed.NEEDS, AnonymousUser()).lines(rows)
    assert "Secreta" not in str(line)
    member = MembershipFactory(organization=need.organization)
    (line,) = Table(Listed.NEEDS, member.user).lines(rows)
    assert line.values["organization"] == "Viña Secreta"


def test_a_file_asks_the_database_as_often_for_many_rows(
    django_assert_num_queries: Any,
) -> None:
    person = UserFactory()
    SiteFactory.create_batch(3)
    rows = Organization.objects.all()
    counted = []
    for _ in range(2):
        with django_assert_num_queries(5):
            counted.append(len(list(Table(Listed.ORGANIZATIONS, person).lines(rows))))
        SiteFactory.create_batch(12)
    assert counted == [3, 15]
