"""A mail is a row of the change that causes it, and reaches its reader once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives, send_mail
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from pytest_django import Settings

from common import mail
from common.jobs import sweep
from common.jobs.drain import drain
from common.models import Effect
from tests.jobs.conftest import rung
from tests.jobs.smtp import MailServer, mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_mail(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "common.mail.EffectBackend"
    settings.SITE_ORIGIN = "https://racimo.example"


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    with mail_server() as server:
        settings.MAIL_TRANSPORT = {
            "backend": "django.core.mail.backends.smtp.EmailBackend",
            "host": "127.0.0.1",
            "port": server.port,
            "timeout": 5,
        }
        yield server


def write(key: str = "1", **options: bool) -> Effect:
    mail.send("ana@ejemplo.org", "Su código", "Es 1234.", dedup=f"code:{key}", **options)
    return Effect.objects.get(dedup=f"mail:code:{key}")


def deliver_all() -> None:
    assert drain("mail", budget_s=20) is False


def let_time_pass() -> None:
    Effect.objects.update(run_after=F("created_at"))


def test_what_django_and_allauth_send_is_kept_with_the_change() -> None:
    with transaction.atomic():
        send_mail("Hola", "Texto", None, ["ana@ejemplo.org"])
    effect = Effect.objects.get()
    assert effect.recipient == "ana@ejemplo.org"
    assert effect.payload["subject"] == "Hola"
    assert effect.message_id.endswith("@racimo.example>")


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_sends_nothing() -> None:
    with transaction.atomic():
        send_mail("Hola", "Texto", None, ["ana@ejemplo.org"])
        transaction.set_rollback(True)
    assert not Effect.objects.exists()
    assert rung == []


@pytest.mark.django_db(transaction=True)
def test_a_mail_sent_outside_a_transaction_is_kept_and_rung_at_once() -> None:
    send_mail("Hola", "Texto", None, ["ana@ejemplo.org"])
    assert Effect.objects.count() == 1
    assert rung == ["mail"]


def test_one_occasion_is_one_mail() -> None:
    assert mail.send("ana@ejemplo.org", "Invitación", "Texto", dedup="invitation:17")
    assert not mail.send("ana@ejemplo.org", "Invitación", "Texto", dedup="invitation:17")
    assert Effect.objects.count() == 1


def test_a_header_with_a_line_break_is_refused_where_it_is_written() -> None:
    with pytest.raises(BadHeaderError):
        send_mail("Hola\nBcc: todos@ejemplo.org", "Texto", None, ["ana@ejemplo.org"])
    assert not Effect.objects.exists()


def test_a_subject_in_several_lines_becomes_one() -> None:
    mail.send("ana@ejemplo.org", "Su\n  código", "Texto", dedup="x")
    assert Effect.objects.get().payload["subject"] == "Su código"


def test_attachments_are_refused_with_a_sentence() -> None:
    message = EmailMessage("Hola", "Texto", to=["ana@ejemplo.org"])
    message.attach("a.txt", "a")
    with pytest.raises(ValueError, match="link to a page"):
        message.send()


def test_a_kept_mail_arrives_as_it_was_written(server: MailServer) -> None:
    message = EmailMultiAlternatives(
        "Coincidencias", "Texto con ñ", "Racimo <racimo@racimo.example>", ["ana@ejemplo.org"],
        reply_to=["ayuda@racimo.example"], headers={"List-Unsubscribe": "<https://racimo.example/x>"},
    )  # fmt: skip
    message.attach_alternative("<p>Texto con ñ</p>", "text/html")
    message.send()
    effect = Effect.objects.get()
    deliver_all()
    (arrived,) = server.received
    assert arrived["Message-ID"] == effect.message_id
    assert (arrived["Subject"], arrived["Reply-To"]) == ("Coincidencias", "ayuda@racimo.example")
    assert arrived["List-Unsubscribe"] == "<https://racimo.example/x>"
    texts = [part.get_content().strip() for part in arrived.iter_parts()]
    assert texts == ["Texto con ñ", "<p>Texto con ñ</p>"]


def test_what_was_sent_is_forgotten(server: MailServer) -> None:
    effect = write()
    deliver_all()
    effect.refresh_from_db()
    assert effect.sent_at is not None
    assert effect.payload == {}
    deliver_all()
    assert len(server.received) == 1


def test_without_a_mail_server_of_your_own_mail_lies_in_a_folder(
    settings: Settings, tmp_path: Path
) -> None:
    settings.MAIL_TRANSPORT = {
        "backend": "django.core.mail.backends.filebased.EmailBackend",
        "file_path": str(tmp_path),
    }
    write()
    deliver_all()
    (kept,) = tmp_path.iterdir()
    assert "Es 1234." in kept.read_text()


def test_a_server_that_is_down_is_asked_by_one_mail_and_gets_all_of_them_later(
    server: MailServer, settings: Settings
) -> None:
    effects = [write(str(n)) for n in range(5)]
    port = settings.MAIL_TRANSPORT["port"]
    settings.MAIL_TRANSPORT = {**settings.MAIL_TRANSPORT, "port": 1}
    deliver_all()
    assert sum(Effect.objects.values_list("attempts", flat=True)) == 1
    assert Effect.objects.filter(run_after__gt=Now()).count() == 5
    settings.MAIL_TRANSPORT = {**settings.MAIL_TRANSPORT, "port": port}
    let_time_pass()
    deliver_all()
    arrived = {message["Message-ID"] for message in server.received}
    assert arrived == {effect.message_id for effect in effects}
    assert len(server.received) == 5


def test_a_busy_server_counts_as_down(server: MailServer) -> None:
    server.greeting = "421 too busy"
    effect = write()
    deliver_all()
    effect.refresh_from_db()
    assert "421" in effect.last_error
    assert effect.dead_at is None


def test_a_refused_recipient_is_parked_with_the_servers_answer(server: MailServer) -> None:
    server.to_recipient = "550 no such mailbox"
    refused = write()
    deliver_all()
    refused.refresh_from_db()
    assert refused.dead_at is not None
    assert "550" in refused.last_error
    assert "ana@" not in refused.last_error


def test_a_grey_listed_recipient_is_asked_again_alone(server: MailServer) -> None:
    server.to_recipient = "450 try later"
    effect = write()
    deliver_all()
    effect.refresh_from_db()
    assert effect.dead_at is None
    assert effect.lease_token is None
    server.to_recipient = "250 ok"
    let_time_pass()
    deliver_all()
    assert len(server.received) == 1


def test_a_password_mail_that_may_have_left_is_sent_again_under_its_id(server: MailServer) -> None:
    server.drops_after_data = True
    effect = write()
    deliver_all()
    server.drops_after_data = False
    let_time_pass()
    deliver_all()
    assert [m["Message-ID"] for m in server.received] == [effect.message_id] * 2
    effect.refresh_from_db()
    assert effect.sent_at is not None


def test_a_digest_that_may_have_left_is_not_sent_again(server: MailServer) -> None:
    server.drops_after_data = True
    effect = write(resend_safe=False)
    deliver_all()
    server.drops_after_data = False
    let_time_pass()
    deliver_all()
    effect.refresh_from_db()
    assert effect.unknown_at is not None
    assert len(server.received) == 1


@pytest.mark.parametrize("resend_safe", [True, False])
def test_a_worker_that_died_while_sending(server: MailServer, resend_safe: bool) -> None:
    effect = write(resend_safe=resend_safe)
    Effect.objects.update(
        attempts=1, lease_token="7f1f4b5e-0000-4000-8000-000000000000", lease_until=F("created_at")
    )
    assert sweep.mark_unknown() == (not resend_safe)
    deliver_all()
    effect.refresh_from_db()
    assert (effect.sent_at is not None) == resend_safe
    assert (effect.unknown_at is not None) == (not resend_safe)
