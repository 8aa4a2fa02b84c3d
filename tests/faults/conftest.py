"""Fault tests bring servers of their own; none of them touches the database of the other tests."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.database import dump_of_model


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(__file__.rpartition("/")[0]):
            item.add_marker(pytest.mark.faults)


@pytest.fixture(autouse=True, scope="session")
def tables_made_once(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """Let each laboratory read its tables instead of migrating half a minute long."""
    with django_db_blocker.unblock():
        dump = dump_of_model()
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("RACIMO_LAB_TABLES", str(dump))
        yield
