"""Public identifiers: opaque, sortable by time of creation, safe to show."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_public_id() -> UUID:
    """Return a new UUIDv7; database sequences never leave the server."""
    return uuid7()
