"""Reference data and the demo world are loaded once for each module that asks for them."""

import io
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils.translation import override

from common.jobs.drain import drain
from tests.reference import reference_data

SAMPLE_LINES = 60  # of each register
KEPT_TABLES = {"django_migrations", "django_content_type", "auth_permission"}


@pytest.fixture(scope="module")
def reference(django_db_setup, django_db_blocker):
    with reference_data(django_db_blocker):
        yield


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped files that a test may spoil."""
    for name in ("places", "classifications", "certificates"):
        shutil.copytree(settings.DATA_DIR / name, tmp_path / name)
    return tmp_path


def load_demo(folder: Path) -> str:
    out = io.StringIO()
    with override("es"):
        call_command("load_demo", folder=folder, stdout=out)
    return out.getvalue()


def copy_demo(folder: Path) -> Path:
    """Copy the demo files with the first rows of each register."""
    shutil.copytree(settings.DATA_DIR / "demo", folder)
    for path in (folder / "registers").glob("*.csv"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)[:SAMPLE_LINES]
        path.write_text("".join(lines), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo world with everything matched and judged; returns its folder."""
    folder = copy_demo(tmp_path_factory.mktemp("demo") / "demo")
    with reference_data(django_db_blocker), django_db_blocker.unblock():
        load_demo(folder)
        while drain("bulk", budget_s=120):
            pass
        try:
            yield folder
        finally:
            with connection.cursor() as cursor:
                filled = set(connection.introspection.django_table_names()) - KEPT_TABLES
                cursor.execute(f"TRUNCATE {', '.join(sorted(filled))} CASCADE")
