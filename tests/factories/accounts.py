"""People, and what is theirs."""

import datetime as dt

import factory

from accounts.models import (
    AccountClosing,
    ApiToken,
    Consent,
    DataExport,
    EmailChange,
    LawfulBasis,
    Purpose,
    User,
)
from tests.factories.basics import NOW, TODAY


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"persona{n}@ejemplo.org")
    name = factory.Sequence(lambda n: f"Persona {n}")


class EmailChangeFactory(factory.django.DjangoModelFactory):
    """A change that waits for the new address."""

    class Meta:
        model = EmailChange

    user = factory.SubFactory(UserFactory)
    old_email = factory.SelfAttribute("user.email")
    new_email = factory.Sequence(lambda n: f"nueva{n}@ejemplo.org")
    confirm_hash = factory.Sequence(lambda n: f"{n:064x}")
    expires_at = NOW + dt.timedelta(days=1)


class ApiTokenFactory(factory.django.DjangoModelFactory):
    """Good until 2100, without a secret that anyone knows."""

    class Meta:
        model = ApiToken

    user = factory.SubFactory(UserFactory)
    name = "Planilla de compras"
    prefix = factory.Sequence(lambda n: f"{n:08d}")
    secret_hash = "0" * 64
    expires_at = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)


class ConsentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Consent

    user = factory.SubFactory(UserFactory)
    purpose = Purpose.ACCOUNT
    basis = LawfulBasis.CONTRACT
    text_version = "2026-11"
    source = "registro"
    given_at = NOW


class DataExportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DataExport

    user = factory.SubFactory(UserFactory)
    asked_at = NOW


class AccountClosingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AccountClosing

    user = factory.SubFactory(UserFactory)
    asked_at = NOW
    due_on = TODAY + dt.timedelta(days=30)
