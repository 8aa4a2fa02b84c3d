"""Portuguese and English are complete: every text that a person reads has both."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
LANGUAGES = ("pt_BR", "en")


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Collect the texts of the committed sources anew, over a copy of the catalogs."""
    copy = tmp_path_factory.mktemp("texts")
    listed = subprocess.run(
        ["git", "ls-files", "*.py", "*.html", "*.txt", "*.po"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in listed.stdout.splitlines():
        if not name.startswith(("tests/", "bench/")):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    languages = [word for code in LANGUAGES for word in ("-l", code)]
    subprocess.run(
        [sys.executable, str(copy / "manage.py"), "makemessages", *languages, "--no-obsolete"],
        cwd=copy,
        capture_output=True,
        check=True,
    )
    return copy


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(collected: Path, language: str) -> None:
    path = collected / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        catalog = read_po(file)
    missing = [
        message.id
        for message in catalog
        if message.id and (message.fuzzy or not all(_texts(message.string)))
    ]
    assert missing == []


def _texts(string: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)
