"""The product's jobs, and one that kills every worker that touches it."""

import os

from common.jobs import Handler, Work
from registry import jobs

POISON = "lab.poison"


def die(_: Work) -> None:
    """End the process as the kernel does when memory runs out."""
    os.kill(os.getpid(), 9)


HANDLERS: dict[str, Handler] = {**jobs.HANDLERS, POISON: die}
