"""Pages of programs are read at one frozen instant."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.factories import NOW


@pytest.fixture
def at_noon() -> Iterator[None]:
    """Stop the clock at NOW."""
    with time_machine.travel(NOW, tick=False):
        yield
