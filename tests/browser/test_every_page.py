"""Every page that a person can reach from home: safe, quiet, readable, and in its width."""

from collections import deque

import pytest
from django.urls import resolve

from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.browser.world import World

ACTORS = ("anonymous", "owner", "outsider", "staff")
SAME_VIEW = 3  # pages of one view that are worth opening
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
POLICY = ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")


def view_of(path: str) -> str:
    return resolve(path.split("?")[0]).view_name


def header_faults(path: str, headers: dict[str, str]) -> list[str]:
    faults = [
        f"{path}: {name} is {headers.get(name)}"
        for name, value in HEADERS.items()
        if headers.get(name) != value
    ]
    policy = headers.get("content-security-policy", "")
    faults += [f"{path}: the policy lacks {part}" for part in POLICY if part not in policy]
    if "unsafe" in policy or "permissions-policy" not in headers:
        faults.append(f"{path}: {policy}")
    return faults


def crawl(visitor: Visitor, check_page: bool) -> list[str]:
    """Open what is linked, a few pages per view, and return what is wrong with them."""
    waiting, seen, opened, faults = deque(["/es/"]), {"/es/"}, {}, []
    while waiting:
        path = waiting.popleft()
        view = view_of(path)
        if opened.get(view, 0) >= SAME_VIEW:
            continue
        opened[view] = opened.get(view, 0) + 1
        answer = visitor.goto(path)
        if answer.status >= 400:
            faults.append(f"{path}: {answer.status}")
        faults += header_faults(path, answer.all_headers())
        if check_page and opened[view] == 1 and "text/html" in answer.all_headers()["content-type"]:
            faults += visitor.accessibility_faults()
            faults += [f"{path}: scrolls sideways"] if visitor.is_too_wide() else []
        for link in visitor.links():
            if link.startswith("/es/") and link not in seen:
                seen.add(link)
                waiting.append(link)
    return faults


@pytest.mark.parametrize("actor", ACTORS)
def test_every_page_is_safe_and_quiet(world: World, visit: Visit, actor: str) -> None:
    visitor = visit(getattr(world, actor, None))
    assert not crawl(visitor, check_page=False)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_is_accessible(world: World, visit: Visit, width: int, scheme: str) -> None:
    visitor = visit(world.owner, viewport={"width": width, "height": 800}, color_scheme=scheme)
    assert not crawl(visitor, check_page=True)


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_before_signing_in_are_accessible(world: World, visit: Visit, width: int) -> None:
    assert not crawl(visit(viewport={"width": width, "height": 800}), check_page=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_gallery_is_accessible(world: World, visit: Visit, width: int, scheme: str) -> None:
    visitor = visit(world.staff, viewport={"width": width, "height": 800}, color_scheme=scheme)
    visitor.goto("/es/gallery/")
    visitor.page.locator("[data-map]").scroll_into_view_if_needed()
    visitor.page.wait_for_selector("[data-map][data-ready]")
    assert not visitor.accessibility_faults()
    assert not visitor.is_too_wide()
