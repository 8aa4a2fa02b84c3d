"""People, the tokens of their programs, and how fast anyone may knock."""

from accounts.models.buckets import RateBucket
from accounts.models.tokens import ApiToken, TokenScope
from accounts.models.users import User, UserManager

__all__ = ["ApiToken", "RateBucket", "TokenScope", "User", "UserManager"]
