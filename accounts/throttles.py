"""How often a person may write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.permissions import SAFE_METHODS
from rest_framework.throttling import BaseThrottle

from accounts.services.buckets import take_token

if TYPE_CHECKING:  # the framework's views read the settings that name this module
    from rest_framework.request import Request
    from rest_framework.views import APIView


class WriteRate(BaseThrottle):
    """Limit writing, counted in the database: for a person, over all processes."""

    wait_seconds = 0.0

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Count a request that writes."""
        if request.method in SAFE_METHODS:
            return True
        known = request.user.is_authenticated
        actor = f"user:{request.user.pk}" if known else f"address:{self.get_ident(request)}"
        rate = settings.API_RATES["write"]
        self.wait_seconds = take_token(scope="write", actor=actor, per_minute=rate)
        return not self.wait_seconds

    def wait(self) -> float:
        """Return the seconds until the next one is allowed."""
        return self.wait_seconds
