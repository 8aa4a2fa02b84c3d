"""Reference data is loaded once for each module that asks for it."""

import shutil

import pytest
from django.conf import settings

from tests.reference import reference_data


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
