"""How a program shows who it is."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from accounts.models import ApiToken, TokenScope, User
from accounts.second_factor import has_second_factor, must_have_second_factor
from accounts.services.buckets import take_token
from accounts.services.tokens import recognize_token


class Credential:
    """What a request was let in with; ``request.auth`` of a token request."""

    def __init__(self, token: ApiToken) -> None:
        self.token = token
        self.allows_writing = token.scope == TokenScope.WRITE


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer racimo_…``; never a parameter, which logs and histories keep.

    Rights are not in the token: memberships are read on every request, so a person who left an
    organization left it for their programs too.
    """

    scheme = b"bearer"

    def authenticate(self, request: Request) -> tuple[User, Credential] | None:
        """Return the owner of a live token, or None when the request carries no token at all."""
        parts = get_authorization_header(request).split()
        if not parts:
            return None
        token = None
        if len(parts) == 2 and parts[0].lower() == self.scheme:
            text = parts[1].decode("ascii", "replace")
            token = recognize_token(text=text, now=timezone.now())
        if token is None:
            self._slow_down(request)
            raise AuthenticationFailed(_("La clave no sirve: no existe, venció o fue retirada."))
        if must_have_second_factor(token.user) and not has_second_factor(token.user):
            raise AuthenticationFailed(_("Active primero el segundo paso en los ajustes."))
        return token.user, Credential(token)

    def authenticate_header(self, request: Request) -> str:
        """Name the scheme, which makes the answer to a stranger a 401."""
        return "Bearer"

    def _slow_down(self, request: Request) -> None:
        """Let an address guess a few times a minute, whatever else it may do."""
        address = BaseThrottle().get_ident(request) or ""
        rate = settings.API_RATES["wrong-token"]
        if wait := take_token(scope="wrong-token", actor=address, per_minute=rate):
            raise Throttled(wait)
