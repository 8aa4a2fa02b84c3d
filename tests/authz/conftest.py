"""One world for a whole module, built once and never committed."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.authz.cast import ACTORS, World
from tests.authz.world import build_world


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def clients(world: World) -> dict[str, Any]:
    return {actor: world.client(actor) for actor in ACTORS}


@pytest.fixture(autouse=True)
def room_for_many_requests(settings: Any) -> None:
    settings.API_RATES = dict.fromkeys(settings.API_RATES, 1_000_000)
    settings.ACCOUNT_RATE_LIMITS = False
