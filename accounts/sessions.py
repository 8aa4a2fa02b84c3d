"""The engine of sessions, under the name by which Django asks for it."""

from accounts.models.sessions import SessionStore

__all__ = ["SessionStore"]
