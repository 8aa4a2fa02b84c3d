"""One window: pages, their answers, and what the browser complains about."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Response

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WATCH_POLICY = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error("CSP " + event.violatedDirective + " " + event.blockedURI + " " + event.sample));
"""
AXE_OPTIONS = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}


@cache
def axe_source() -> str:
    return AXE.read_text(encoding="utf-8")


class Visitor:
    """A browser window that remembers complaints: policy violations, errors, broken requests."""

    def __init__(self, browser: Browser, base: str, window: dict[str, Any]) -> None:
        self.base = base
        self.complaints: list[str] = []
        self.expected_failures: set[int] = set()
        options = {"viewport": {"width": 1280, "height": 900}, "locale": "es-CL", **window}
        self.context = browser.new_context(**options)
        self.context.add_init_script(WATCH_POLICY)
        self.context.set_default_timeout(10_000)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        if any(f"status of {status}" in message.text for status in self.expected_failures):
            return
        self.complaints.append(f"{self.page.url} {message.type}: {message.text}")

    def add_cookie(self, name: str, value: str) -> None:
        self.context.add_cookies([{"name": name, "value": value, "url": self.base}])

    def goto(self, path: str) -> Response:
        """Open a page and wait for what it loads by itself."""
        answer = self.page.goto(self.base + path, wait_until="load")
        assert answer is not None
        self.settle()
        return answer

    def settle(self) -> None:
        """Wait until htmx has nothing under way."""
        self.page.wait_for_selector(".htmx-request, .htmx-swapping", state="detached")

    def is_too_wide(self) -> bool:
        """Say whether the page scrolls sideways."""
        return bool(
            self.page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            )
        )

    def accessibility_faults(self) -> list[str]:
        """Return what axe finds, one line per element."""
        self.page.evaluate(axe_source())
        found = self.page.evaluate(f"axe.run(document, {json.dumps(AXE_OPTIONS)})")
        return [
            f"{self.page.url} {each['id']}: {node['target']} {node['failureSummary'][:200]}"
            for each in found["violations"]
            for node in each["nodes"]
        ]

    def links(self) -> list[str]:
        """Return the paths that this page leads to."""
        hrefs = self.page.eval_on_selector_all(
            "a[href]", "links => links.filter(a => !a.download).map(a => a.href.split('#')[0])"
        )
        return sorted(
            {href.removeprefix(self.base) for href in hrefs if href.startswith(self.base)}
        )

    def close(self) -> list[str]:
        self.context.close()
        return self.complaints
