"""The product's settings, with one address to publish needs at and one kind of poison job."""

from registry.settings import *  # noqa: F403, TID251 -- the same product, seen from its own door

ROOT_URLCONF = "bench.fault_lab.web"
JOB_HANDLERS = "bench.fault_lab.handlers.HANDLERS"
