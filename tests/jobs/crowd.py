"""Many workers at one instant: threads with connections of their own and one barrier."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import TypeVar

from django.db import connection

Answer = TypeVar("Answer")


def with_own_connection(act: Callable[[], Answer]) -> Callable[[], Answer]:
    def run() -> Answer:
        try:
            return act()
        finally:
            connection.close()

    return run


def all_at_once(count: int, act: Callable[[], Answer]) -> list[Answer]:
    """Run the same act in so many threads, begun at one instant; return what each answered."""
    barrier = Barrier(count)

    def wait_then_act() -> Answer:
        connection.ensure_connection()
        barrier.wait(timeout=30)
        return act()

    with ThreadPoolExecutor(count) as pool:
        futures = [pool.submit(with_own_connection(wait_then_act)) for _ in range(count)]
        return [future.result(timeout=60) for future in futures]


@contextmanager
def meanwhile(act: Callable[[], Answer]) -> Iterator[Future[Answer]]:
    """Run an act in another thread while the block runs."""
    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(with_own_connection(act))
