"""Mails of sign-up and reset are rows of the change, and a worker hands them over."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from common.jobs.drain import drain
from common.models import Effect
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

PASSWORD = "una frase larga de prueba"


@pytest.fixture(autouse=True)
def kept_mail(settings: Settings, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "common.mail.EffectBackend"
    settings.MAIL_TRANSPORT = {
        "backend": "django.core.mail.backends.filebased.EmailBackend",
        "file_path": str(tmp_path),
    }
    return tmp_path


def test_who_signs_up_gets_a_code_by_mail(client: Client, kept_mail: Path) -> None:
    client.post("/es/accounts/signup/", {"email": "ana@ejemplo.org", "password1": PASSWORD})
    effect = Effect.objects.get()
    assert effect.recipient == "ana@ejemplo.org"
    assert list(kept_mail.iterdir()) == [], "a worker sends it, not the request"
    drain("mail", budget_s=20)
    (sent,) = kept_mail.iterdir()
    assert f"Message-ID: {effect.message_id}" in sent.read_text()
    effect.refresh_from_db()
    assert effect.payload == {}, "the code is forgotten"


def test_who_forgot_the_password_gets_a_link_by_mail(client: Client) -> None:
    UserFactory(email="ana@ejemplo.org")
    client.post("/es/accounts/password/reset/", {"email": "ana@ejemplo.org"})
    assert Effect.objects.get().recipient == "ana@ejemplo.org"
