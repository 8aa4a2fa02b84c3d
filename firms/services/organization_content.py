"""What a person writes about an organization, checked by a form or a serializer."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from clusters.models import AdminUnit, CertificateStandard, City, Classification
from firms.models import SiteKind, Visibility


@dataclass(frozen=True, kw_only=True)
class IdentifierContent:
    """A number checked by ``firms.identifiers``."""

    scheme: str
    value: str
    normalized: str
    is_checked: bool = True


@dataclass(frozen=True, kw_only=True)
class SiteContent:
    """A place of work, known by its city; the first of a list is the main one."""

    city: City
    kind: str = SiteKind.HEADQUARTERS
    name: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class CertificateContent:
    """A certificate held, and since and until when."""

    standard: CertificateStandard
    number: str = ""
    body: str = ""
    scope: str = ""
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class OrganizationContent:
    """Names, kind and the facts of matching and programs; the first activity and site are main.

    Sites and certificates stay as they are when not given.
    """

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
    sites: Sequence[SiteContent] | None = None
    certificates: Sequence[CertificateContent] | None = None
