"""Who may call an endpoint at all; which rows they see is for policies to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.permissions import SAFE_METHODS, BasePermission

if TYPE_CHECKING:  # the framework's views read the settings that name this module
    from rest_framework.request import Request
    from rest_framework.views import APIView


class DenyAll(BasePermission):
    """The default: an endpoint is closed until its author opens it."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Refuse."""
        return False


class AnyoneReads(BasePermission):
    """Open to read for everyone; what is not public is left out by the policies."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Allow what changes nothing."""
        return request.method in SAFE_METHODS


class MembersWrite(BasePermission):
    """Open to read for everyone; to write, for people who signed in or sent a token for it."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Allow reading; to write, ask for a person and a token that may."""
        return request.method in SAFE_METHODS or may_write(request)


class SignedIn(BasePermission):
    """For people who signed in or sent a token; a token that only reads does not write."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Ask for a person, and to write, for a token that may."""
        reads = request.method in SAFE_METHODS and bool(request.user.is_authenticated)
        return reads or may_write(request)


def may_write(request: Request) -> bool:
    """Say whether the caller is known and, if it came with a token, whether that one writes."""
    allows_writing = getattr(request.auth, "allows_writing", True)
    return bool(request.user.is_authenticated) and allows_writing
