"""Every page that a person can reach from home: safe, quiet, readable, and in its width."""

import itertools
from collections import Counter, deque
from typing import Literal

import pytest
from django.urls import resolve

from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.browser.world import World

WIDTHS = (360, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
Looks = tuple[tuple[int, Literal["light", "dark"]], ...]
EVERY_LOOK: Looks = tuple(itertools.product(WIDTHS, SCHEMES))
PHONE: Looks = ((360, "light"),)
SAME_VIEW = 3  # pages of one view that are worth opening
# Files to keep: a browser does not open them, so their answers are fetched.
DOWNLOADS = frozenset(
    {
        "firms:import-template",
        "firms:import-left-out",
        "firms:claim-document",
        "firms:certificate-evidence",
    }
)
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


def reading_faults(visitor: Visitor, looks: Looks = EVERY_LOOK) -> list[str]:
    """Look at the page on a phone and on a desk, in light and in dark."""
    faults = []
    for width, scheme in looks:
        visitor.page.set_viewport_size({"width": width, "height": 800})
        visitor.page.emulate_media(color_scheme=scheme)
        visitor.settle()  # a wider window reveals more, and what is being fetched is dimmed
        where = f"{width} px, {scheme}"
        faults += [f"{where}: {fault}" for fault in visitor.accessibility_faults()]
        faults += [f"{where}: {visitor.page.url} scrolls sideways"] if visitor.is_too_wide() else []
    return faults


def crawl(visitor: Visitor, looks: Looks) -> list[str]:
    """Open what is linked, a few pages per view, and return what is wrong with them."""
    waiting, seen = deque(["/es/"]), {"/es/"}
    opened: Counter[str] = Counter()
    faults = []
    while waiting:
        path = waiting.popleft()
        view = view_of(path)
        opened[view] += 1
        if opened[view] > SAME_VIEW:
            continue
        if view in DOWNLOADS:
            file = visitor.page.request.get(visitor.base + path)
            faults += [f"{path}: {file.status}"] if file.status >= 400 else []
            faults += header_faults(path, file.headers)
            continue
        answer = visitor.goto(path)
        faults += [f"{path}: {answer.status}"] if answer.status >= 400 else []
        faults += header_faults(path, answer.all_headers())
        fresh = {link for link in visitor.links() if link.startswith("/es/")} - seen
        seen |= fresh
        waiting.extend(sorted(fresh))
        if opened[view] == 1:
            faults += reading_faults(visitor, looks)
    return faults


@pytest.mark.parametrize(
    ("actor", "looks"),
    [("anonymous", PHONE), ("owner", EVERY_LOOK), ("outsider", ()), ("staff", ())],
)
def test_every_page_is_safe_quiet_and_readable(
    world: World, visit: Visit, actor: str, looks: Looks
) -> None:
    assert not crawl(visit(getattr(world, actor, None)), looks)


def test_the_gallery_is_readable_with_its_map(world: World, visit: Visit) -> None:
    visitor = visit(world.staff)
    visitor.goto("/es/gallery/")
    visitor.page.locator("[data-map]").scroll_into_view_if_needed()
    visitor.page.wait_for_selector("[data-map][data-ready]")
    assert not reading_faults(visitor)
