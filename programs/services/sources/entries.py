"""A program as a file describes it, before it is written to the tables."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from programs.eligibility.terms import DEFAULT, Terms
from programs.models import CallStatus, Recurrence


class CannotLoad(Exception):
    """A file cannot be read; the message says which, where and why."""


@dataclass(frozen=True)
class CriterionEntry:
    """A condition; places and activities are named by code and resolved when written."""

    kind: str
    text: str = ""
    parameters: Mapping[str, object] = field(default_factory=dict)
    code: str = ""
    clause: str = ""
    language: str = "es"
    terms: Terms = DEFAULT
    parts: "tuple[CriterionEntry, ...]" = ()


@dataclass(frozen=True)
class CallEntry:
    """One opening."""

    ref: str
    title: str
    status: str = CallStatus.FORECAST
    language: str = "es"
    number: str = ""
    summary: str = ""
    opens_at: dt.datetime | None = None
    closes_at: dt.datetime | None = None
    time_zone: str = "UTC"
    is_continuous: bool = False
    next_opening: str = ""
    url: str = ""
    rules_url: str = ""
    budget: Decimal | None = None
    award_min: Decimal | None = None
    award_max: Decimal | None = None
    currency: str = ""
    rate: Decimal | None = None
    amount_note: str = ""
    is_illustration: bool = False
    criteria: tuple[CriterionEntry, ...] = ()


@dataclass(frozen=True)
class ProgramEntry:
    """A program with its own criteria and its calls."""

    ref: str
    slug: str
    agency_name: str
    names: Mapping[str, str]
    objectives: Mapping[str, str] = field(default_factory=dict)
    instruments: tuple[str, ...] = ()
    policy_role: str = ""
    territories: tuple[str, ...] = ()
    url: str = ""
    legal_basis: str = ""
    recurrence: str = Recurrence.IRREGULAR
    license: str = ""
    code: str = ""
    criteria: tuple[CriterionEntry, ...] = ()
    calls: tuple[CallEntry, ...] = ()


@dataclass(frozen=True)
class Remark:
    """Something odd in a source that was loaded all the same, or left out."""

    where: str
    what: str
