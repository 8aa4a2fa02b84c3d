"""People, where they are signed in, the tokens of their programs, how fast anyone may knock."""

from accounts.models.buckets import RateBucket
from accounts.models.codes import SpentCode
from accounts.models.emails import EmailChange
from accounts.models.sessions import Session
from accounts.models.tokens import ApiToken, TokenScope
from accounts.models.users import User, UserManager

__all__ = [
    "ApiToken",
    "EmailChange",
    "RateBucket",
    "Session",
    "SpentCode",
    "TokenScope",
    "User",
    "UserManager",
]
