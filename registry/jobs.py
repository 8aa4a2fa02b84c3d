"""The one table that says which service does a kind of job."""

from common.jobs import Handler

HANDLERS: dict[str, Handler] = {}
