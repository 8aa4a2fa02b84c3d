"""Nothing is held about a person that is neither copied for them nor named with its reason."""

from django.apps import apps
from django.db import models

from accounts.models import User
from registry.privacy.inventory import INVENTORY, NOT_COPIED, SECRETS


def columns_of_people() -> set[str]:
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and field.related_model is User
    }


def held() -> set[str]:
    return {f"{row.model._meta.label}.{column}" for row in INVENTORY for column in row.by}


def test_every_column_that_points_to_a_person_is_copied_or_named() -> None:
    assert columns_of_people() - held() - set(NOT_COPIED) == set()


def test_no_column_is_named_that_is_gone() -> None:
    assert (held() | set(NOT_COPIED)) - columns_of_people() == set()


def test_no_secret_is_copied() -> None:
    words = ("hash", "password", "secret", "session_", "journal", "digest")
    copied = {column for row in INVENTORY for column in row.columns()}
    assert not {name for name in copied if any(word in name for word in words)}
    assert "secret_hash" in SECRETS
