"""Take pictures of pages: ``python -m tests.browser.shots --base http://localhost:8000 /es/ ...``.

Each page is taken at 360 and 1280 px, light and dark, into var/shots; what the browser complains
about is printed. ``--as user@host --password ...`` signs in first.
"""

import argparse
import itertools
import pathlib
import re
from typing import Literal

from playwright.sync_api import Browser, Page

from tests.browser.chromium import chromium

WIDTHS = (360, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def sign_in(page: Page, base: str, email: str, password: str) -> None:
    page.goto(f"{base}/es/accounts/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_load_state("networkidle")


def picture_name(path: str, width: int, scheme: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-") or "root"
    return f"{words[:80]}-{width}-{scheme}.png"


def take(browser: Browser, options: argparse.Namespace) -> None:
    for width, scheme in itertools.product(options.widths, options.schemes):
        context = browser.new_context(
            viewport={"width": width, "height": 900 if width > 600 else 780},
            color_scheme=scheme,
            locale="es-CL",
        )
        page = context.new_page()
        page.on("console", lambda m: print(f"  console {m.type}: {m.text}"))  # noqa: T201
        if options.user:
            sign_in(page, options.base, options.user, options.password)
        for path in options.paths:
            answer = page.goto(options.base + path, wait_until="networkidle")
            page.wait_for_timeout(options.wait)
            wide = page.evaluate("document.documentElement.scrollWidth")
            target = options.out / picture_name(path, width, scheme)
            page.screenshot(path=target, full_page=True)
            status = answer.status if answer else "?"
            print(f"{status} {target}{' WIDE ' + str(wide) if wide > width else ''}")  # noqa: T201
        context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", default="http://localhost:8000")
    parser.add_argument("--user", "--as", dest="user", default="")
    parser.add_argument("--password", default="")
    parser.add_argument("--wait", type=int, default=150, help="milliseconds to let a page settle")
    parser.add_argument("--widths", type=int, nargs="+", default=WIDTHS)
    parser.add_argument("--schemes", nargs="+", default=SCHEMES)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("var/shots"))
    parser.add_argument("paths", nargs="+")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        take(browser, options)


if __name__ == "__main__":
    main()
