"""Closing, erasing, and forgetting again after a restore."""

import datetime as dt
import json
import zipfile
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccountClosing, DataExport, User
from accounts.services.tokens import create_token, recognize_token
from common.history import Actor, acting
from common.jobs import Work
from common.mail import send
from common.models import Change, Effect
from firms.models import Contact, Invitation, Membership, Organization, Role
from registry.privacy import closing, copying, erasing, journal, retention
from tests.accounts.browsers import proved
from tests.factories import (
    NOW,
    AccountClosingFactory,
    ApiTokenFactory,
    ContactFactory,
    DataExportFactory,
    MembershipFactory,
    OrganizationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
CANARY = "canaria.unica@ejemplo.org"
NAME = "Canaria Única"


@pytest.fixture(autouse=True)
def var(tmp_path: Path, settings: Any) -> None:
    settings.VAR_DIR = tmp_path


def a_person() -> User:
    person = UserFactory(email=CANARY, name=NAME)
    place = MembershipFactory(user=person, role=Role.ADMINISTRATOR)
    MembershipFactory(organization=place.organization, role=Role.EDITOR)
    ApiTokenFactory(user=person)
    ContactFactory(organization=place.organization, user=person, personal_email=CANARY, name=NAME)
    with acting(Actor("web", person=lambda: person.pk)):
        Organization.objects.filter(pk=place.organization_id).update(role_email=CANARY)
    Organization.objects.filter(pk=place.organization_id).update(role_email="")
    send(CANARY, "Hola", f"Hola, {NAME}", dedup="x")
    return person


def work(kind: str, key: int, now: dt.datetime = NOW) -> Work:
    return Work(kind, key, 0, {}, None, now)


def test_erasing_leaves_no_trace_of_name_or_address() -> None:
    person = a_person()
    AccountClosingFactory(user=person, due_on=NOW.date())
    assert CANARY in dump()
    erasing.erase_due(work("person.erase", person.pk))
    assert CANARY not in dump()
    assert NAME not in dump()
    person.refresh_from_db()
    assert not person.is_active
    assert not person.memberships.exists()
    assert not Contact.objects.exists()
    assert Change.objects.filter(actor_id=person.pk).exists()  # that somebody did it stays


def dump() -> str:
    with connection.cursor() as cursor:
        parts = []
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")  # noqa: S608 - names of ours
            parts.append(cursor.fetchone()[0])
    return " ".join(parts)


def test_an_organization_keeps_an_administrator() -> None:
    person = a_person()
    heir = Membership.objects.exclude(user=person).get()
    erasing.erase_person(person=person, now=NOW)
    heir.refresh_from_db()
    assert heir.role == Role.ADMINISTRATOR


def test_an_account_is_not_erased_early_nor_after_it_was_kept() -> None:
    early, kept = AccountClosingFactory(), AccountClosingFactory(undone_at=NOW, due_on=NOW.date())
    for row in (early, kept):
        erasing.erase_due(work("person.erase", row.user_id))
        row.user.refresh_from_db()
        assert row.user.is_active


def test_a_restored_copy_forgets_again() -> None:
    """The drill: erase, bring the old rows back as a restore would, replay the journal."""
    person = a_person()
    AccountClosingFactory(user=person, due_on=NOW.date())
    erasing.erase_due(work("person.erase", person.pk))
    User.objects.filter(pk=person.pk).update(email=CANARY, name=NAME, is_active=True)
    AccountClosing.objects.filter(user=person).delete()
    MembershipFactory(user=person)
    call_command("replay_erasures", stdout=StringIO())
    assert CANARY not in dump()
    assert not Membership.objects.filter(user=person).exists()
    assert erasing.replay() == (0, 0)  # and a second time there is nothing left to do


def test_the_journal_holds_no_personal_data_and_survives_a_cut_line() -> None:
    journal.note(kind="person", id="a", at=NOW.isoformat())
    with journal.path().open("a") as handle:
        handle.write('{"kind": "per')
    assert [entry["id"] for entry in journal.entries()] == ["a"]
    assert journal.path().stat().st_mode & 0o077 == 0


def test_who_alone_administers_others_hands_over_first(client: Client) -> None:
    place = MembershipFactory(role=Role.ADMINISTRATOR)
    MembershipFactory(organization=place.organization, role=Role.EDITOR)
    with pytest.raises(closing.CannotCloseAccount) as refused:
        closing.close_account(by=place.user, now=NOW)
    assert refused.value.organizations == [place.organization]


def test_closing_ends_sessions_and_tokens_at_once_and_undoing_brings_none_back() -> None:
    person, other = UserFactory(), UserFactory()
    browsers = {who: proved(who) for who in (person, other)}
    texts = {}
    for who in (person, other):
        given = {"by": who, "name": "Planta", "scope": "write", "days": 30, "now": timezone.now()}
        texts[who] = create_token(**given)[1]
    second = proved(person)
    told = second.post(reverse("privacy:close"), follow=True)
    assert "Cerramos su sesión" in told.text
    assert [
        browser.get(reverse("privacy:mine")).status_code
        for browser in (second, browsers[person], browsers[other])
    ] == [302, 302, 200]
    live = [who for who, text in texts.items() if recognize_token(text=text, now=timezone.now())]
    assert live == [other]
    assert closing.undo_closing(by=person, now=timezone.now())
    assert recognize_token(text=texts[person], now=timezone.now()) is None
    assert browsers[person].get(reverse("privacy:mine")).status_code == 302


def test_closing_is_asked_for_undone_and_due() -> None:
    person = UserFactory()
    closing.close_account(by=person, now=NOW)
    with pytest.raises(closing.CannotCloseAccount):
        closing.close_account(by=person, now=NOW)
    assert Effect.objects.filter(recipient=person.email).count() == 1
    assert closing.ask_for_due_erasures(NOW + dt.timedelta(days=29)) == 0
    assert closing.undo_closing(by=person, now=NOW)
    assert not closing.undo_closing(by=person, now=NOW)
    closing.close_account(by=person, now=NOW + dt.timedelta(days=1))
    assert closing.ask_for_due_erasures(NOW + dt.timedelta(days=31)) == 1


def test_a_copy_holds_what_is_the_persons_and_nothing_of_others() -> None:
    person = a_person()
    other = UserFactory(email="otra@ejemplo.org")
    Invitation.objects.create(
        organization=OrganizationFactory(),
        email=other.email,
        role=Role.READER,
        invited_by=person,
        token_hash="f" * 64,
        expires_at=NOW,
    )
    with zipfile.ZipFile(BytesIO(copying.copy_of(person))) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert json.loads(texts["account.json"])[0]["email"] == CANARY
    assert "firms_membership.csv" in texts
    everything = " ".join(texts.values())
    assert other.email not in everything
    assert "f" * 64 not in everything


def test_a_copy_is_made_by_a_job_and_gone_after_a_day() -> None:
    person = UserFactory()
    copying.ask_for_copy(by=person, now=NOW)
    with pytest.raises(copying.CannotCopyData):
        copying.ask_for_copy(by=person, now=NOW)
    copying.make_copies(work(copying.KIND, person.pk))
    export = DataExport.objects.get()
    assert export.is_open_at(NOW + dt.timedelta(hours=23))
    assert not export.is_open_at(NOW + dt.timedelta(hours=25))
    assert default_storage.exists(export.file_key)
    copying.forget_copies(NOW + dt.timedelta(hours=25))
    assert DataExport.objects.get().file_key == ""


def test_a_formula_in_a_copy_is_text() -> None:
    person = UserFactory(name="=1+1")
    with zipfile.ZipFile(BytesIO(copying.copy_of(person))) as archive:
        assert "'=1+1" in archive.read("account.csv").decode()


def test_a_copy_is_handed_to_its_owner_after_proof(client: Client) -> None:
    owner, other = UserFactory(), UserFactory()
    export = DataExportFactory(user=owner)
    copying.make_copies(work(copying.KIND, owner.pk, timezone.now()))
    address = reverse("privacy:copy-fetch", args=[export.public_id])
    client.force_login(other)
    assert client.get(address).status_code == 404
    client.force_login(owner)
    answer = client.get(address)
    assert answer.status_code == 302  # first show that it is you
    assert "reauthenticate" in answer.headers["Location"]


def test_the_own_page_says_what_is_held(client: Client) -> None:
    person = a_person()
    client.force_login(person)
    page = client.get(reverse("privacy:mine")).content.decode()
    assert "Sus organizaciones" in page
    assert "Borrar mi cuenta" in page


def test_the_daily_work_keeps_the_promises() -> None:
    old = ContactFactory(last_confirmed_on=NOW.date() - dt.timedelta(days=800))
    fresh = ContactFactory(last_confirmed_on=NOW.date())
    retention.keep_promises(work(retention.KIND, 0))
    assert list(Contact.objects.all()) == [fresh]
    assert Organization.objects.filter(pk=old.organization_id).exists()
