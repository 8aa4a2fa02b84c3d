"""People, where they are signed in, what they read by mail, and what is slowed or kept out."""

from accounts.models.blocks import BlockEntry, BlockKind
from accounts.models.buckets import RateBucket
from accounts.models.codes import SpentCode
from accounts.models.emails import EmailChange
from accounts.models.notifications import MailChoice, MailKind, Pace, zone_of
from accounts.models.privacy import (
    AccountClosing,
    Consent,
    DataExport,
    LawfulBasis,
    Purpose,
)
from accounts.models.sessions import Session
from accounts.models.tokens import ApiToken, TokenScope
from accounts.models.users import User, UserManager

__all__ = [
    "AccountClosing",
    "ApiToken",
    "BlockEntry",
    "BlockKind",
    "Consent",
    "DataExport",
    "EmailChange",
    "LawfulBasis",
    "MailChoice",
    "MailKind",
    "Pace",
    "Purpose",
    "RateBucket",
    "Session",
    "SpentCode",
    "TokenScope",
    "User",
    "UserManager",
    "zone_of",
]
