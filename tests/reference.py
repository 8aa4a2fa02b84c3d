"""The whole reference data in the test database, for the modules that need it."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils.translation import override

from clusters.models import AdminUnit, CertificateStandard, City, Classification, LoadedDataSet


def load(folder: Path = settings.DATA_DIR, **options: object) -> str:
    """Run load_reference and return what it said."""
    out = io.StringIO()
    with override("es"):
        call_command("load_reference", folder=folder, stdout=out, **options)
    return out.getvalue()


@contextmanager
def reference_data(blocker: Any) -> Iterator[None]:
    """Load all of it outside any test's transaction, and take it away at the end."""
    models = (AdminUnit, City, Classification, CertificateStandard, LoadedDataSet)
    tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
    with blocker.unblock():
        load()
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute(f"truncate {tables} cascade")
