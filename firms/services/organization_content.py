"""What a person writes about an organization, checked by a form or a serializer."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from clusters.models import AdminUnit, Classification
from firms.models import Visibility


@dataclass(frozen=True, kw_only=True)
class IdentifierContent:
    """A number checked by ``firms.identifiers``."""

    scheme: str
    value: str
    normalized: str
    is_checked: bool = True


@dataclass(frozen=True, kw_only=True)
class OrganizationContent:
    """Names, kind and the facts of matching and programs; the first activity is the main one."""

    kind: str
    legal_name: str
    country: AdminUnit
    trade_name: str = ""
    acronym: str = ""
    one_line: str = ""
    description: str = ""
    language: str = "es"
    founded_on: dt.date | None = None
    activity_start_on: dt.date | None = None
    size_class: str = ""
    languages: Sequence[str] = ()
    website: str = ""
    role_email: str = ""
    visibility: str = Visibility.PUBLIC
    activities: Sequence[Classification] = ()
