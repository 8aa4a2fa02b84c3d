"""Programs that call the API."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import TokenScope, User
from accounts.services.tokens import create_token
from common.api.throttles import READS


@pytest.fixture(autouse=True)
def nobody_has_called() -> None:
    READS.clear()


@pytest.fixture
def token_of() -> Callable[..., str]:
    """Return the function that gives a person a token and returns its text."""

    def give(user: User, scope: str = TokenScope.WRITE) -> str:
        now = timezone.now()
        return create_token(by=user, name="Prueba", scope=scope, days=30, now=now)[1]

    return give


@pytest.fixture
def program(token_of: Callable[..., str]) -> Callable[..., Client]:
    """Return the function that starts a program which acts for a person."""

    def start(user: User, scope: str = TokenScope.WRITE, **extra: Any) -> Client:
        return Client(HTTP_AUTHORIZATION=f"Bearer {token_of(user, scope)}", **extra)

    return start
