"""Breaking a database constraint by its name; a conformance test asks for one per constraint."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, transaction


@contextmanager
def violates(constraint: str) -> Iterator[None]:
    """Expect the block to be refused by the database because of this constraint."""
    with pytest.raises(IntegrityError, match=rf'"{constraint}"'), transaction.atomic():
        yield
