"""Templates are used, and carry neither scripts nor trust."""

import re
from pathlib import Path

import pytest

from tests.conformance.source import ROOT, app_files, named, strings, template_files

# Django and allauth look these up by name.
LOOKED_UP_BY_NAME = re.compile(
    r"^(400|403|403_csrf|404|413|429|500|503)\.html$|^(account|allauth|mfa)/|^django/"
)

FORBIDDEN = {
    "a filter or tag that trusts its input": re.compile(
        r"\|\s*safe(seq)?\b|autoescape\s+off|\|\s*force_escape"
    ),
    "an inline script": re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*application/(json|ld\+json))", re.IGNORECASE
    ),
    "an inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "an inline event handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "hx-on": re.compile(r"\b(data-)?hx-on\b", re.IGNORECASE),
    "an htmx expression": re.compile(r"\bjs:|\bjavascript:", re.IGNORECASE),
    "hx-boost": re.compile(r"\bhx-boost\s*=\s*[\"']true", re.IGNORECASE),
    "an address of another host": re.compile(r"(src|href)=[\"'](https?:)?//", re.IGNORECASE),
}


def html_files() -> list[Path]:
    return [path for path in template_files() if path.suffix in {".html", ".svg"}]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_carries(what: str) -> None:
    found = [
        f"{named(path)}:{number}: {line.strip()[:80]}"
        for path in html_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if FORBIDDEN[what].search(line)
    ]
    assert not found


def test_forms_that_write_carry_the_csrf_token() -> None:
    form = re.compile(r"<form\b[^>]*\bmethod=[\"']post[\"'].*?</form>", re.IGNORECASE | re.DOTALL)
    found = [
        named(path)
        for path in html_files()
        for match in form.finditer(path.read_text(encoding="utf-8"))
        if "csrf_token" not in match.group()
    ]
    assert not found


def test_every_template_is_used() -> None:
    by_code = set().union(*(strings(path) for path in app_files())) if app_files() else set()
    named_in_code = {text.partition("#")[0] for text in by_code}
    unused = []
    texts = {path: path.read_text(encoding="utf-8") for path in template_files()}
    for path in template_files():
        name = str(path.relative_to(ROOT / "templates"))
        in_templates = any(name in text for other, text in texts.items() if other != path)
        if not (name in named_in_code or in_templates or LOOKED_UP_BY_NAME.match(name)):
            unused.append(name)
    assert not unused


def test_each_app_keeps_its_templates_in_its_folder() -> None:
    """A view renders templates of its own app, of components, or of the root."""
    mixed = []
    folders = {path.parent.name for path in template_files()} - {"templates", "components"}
    for path in app_files():
        app = path.relative_to(ROOT).parts[0]
        for text in strings(path):
            folder = text.split("/")[0]
            if re.fullmatch(r"[\w/]+\.html(#\w+)?", text) and folder in folders - {app}:
                mixed.append(f"{named(path)}: {text}")
    assert not mixed
