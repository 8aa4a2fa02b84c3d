"""A live server, a browser, and a visitor who writes down everything that goes wrong."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser

from accounts.models import User
from tests.browser.chromium import chromium
from tests.browser.visitor import Visitor
from tests.browser.world import World, build_world

# Playwright's synchronous interface runs a loop in this thread; the ORM may be used all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

Visit = Callable[..., Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def world(transactional_db: None) -> World:
    """Fill the database with a small world of each kind of thing."""
    return build_world()


@pytest.fixture
def visit(browser: Browser, live_server: Any) -> Iterator[Visit]:
    """Open a window as somebody; at the end, nothing may have been complained about."""
    opened: list[Visitor] = []

    def start(user: User | None = None, **window: Any) -> Visitor:
        visitor = Visitor(browser, live_server.url, window)
        if user is not None:
            visitor.add_cookie(settings.SESSION_COOKIE_NAME, session_of(user))
        opened.append(visitor)
        return visitor

    yield start
    complaints = [line for visitor in opened for line in visitor.close()]
    assert not complaints


def session_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
