"""What the documents point at exists: files, sections and the tests that prove a promise."""

import re
from pathlib import Path

import pytest

from tests.bin.machine import ROOT

DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
LINK = re.compile(r"\]\((?!https?://|mailto:)([^)#\s]+)")
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_and_tests_of_a_document_exist(document: Path) -> None:
    text = document.read_text()
    links = [link for link in LINK.findall(text) if not (document.parent / link).exists()]
    tests = [f"{file}::{name}" for file, name in TEST.findall(text) if not _has(file, name)]
    assert links + tests == []


def _has(file: str, name: str) -> bool:
    path = ROOT / file
    return path.exists() and (not name or f"def {name}(" in path.read_text())


def test_every_command_of_bin_is_told_in_operations() -> None:
    told = (ROOT / "docs/operations.md").read_text()
    commands = [path.name for path in (ROOT / "bin").iterdir() if path.is_file()]
    assert [name for name in commands if f"bin/{name}" not in told] == []
