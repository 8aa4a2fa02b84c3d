"""People, where they are signed in, their programs' tokens, and what is slowed or kept out."""

from accounts.models.blocks import BlockEntry, BlockKind
from accounts.models.buckets import RateBucket
from accounts.models.codes import SpentCode
from accounts.models.emails import EmailChange
from accounts.models.sessions import Session
from accounts.models.tokens import ApiToken, TokenScope
from accounts.models.users import User, UserManager

__all__ = [
    "ApiToken",
    "BlockEntry",
    "BlockKind",
    "EmailChange",
    "RateBucket",
    "Session",
    "SpentCode",
    "TokenScope",
    "User",
    "UserManager",
]
