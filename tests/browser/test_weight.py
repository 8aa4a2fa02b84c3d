"""What a slow phone downloads before it can read."""

import brotli
import pytest
from playwright.sync_api import Response

from tests.browser.conftest import Visit
from tests.browser.world import World

LIMIT = 100_000
FONT_LIMIT = 150_000
COUNTED = {"document", "stylesheet", "script", "xhr", "fetch"}


def wire_size(answer: Response) -> int:
    """Pages as they came; files as WhiteNoise keeps them beside the original, by Brotli."""
    if "/static/" in answer.url:
        return len(brotli.compress(answer.body()))
    return answer.request.sizes()["responseBodySize"]


@pytest.mark.parametrize("path", ["/es/", "/es/directory/"])
def test_the_first_page_is_light_without_the_map(world: World, visit: Visit, path: str) -> None:
    visitor = visit(viewport={"width": 360, "height": 780})
    answers: list[Response] = []
    visitor.page.on("response", lambda answer: answers.append(answer))
    page = visitor.goto(path)
    assert page.header_value("content-encoding") == "gzip"
    visitor.page.wait_for_load_state("networkidle")
    is_map = ("map.js", "map.css", "map-worker.js", "outlines.json", ".geojson")
    sizes = {
        answer.url: wire_size(answer)
        for answer in answers
        if answer.request.resource_type in COUNTED and not answer.url.endswith(is_map)
    }
    assert sum(sizes.values()) < LIMIT, sizes
    fonts = sum(len(a.body()) for a in answers if a.request.resource_type == "font")
    assert fonts < FONT_LIMIT
