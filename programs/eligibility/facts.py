"""What is known of an organization, each fact with where it comes from and as of when.

A fact that is not known is ``None`` (or absent from its mapping). Codes are text; places and
activities are paths from the root, so that ``("CL", "CL-LI")`` lies inside ``("CL",)``.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

EVALUATOR = "1"  # part of every fingerprint: a new evaluator makes stored verdicts stale

Path = tuple[str, ...]
T_co = TypeVar("T_co", covariant=True)


class Origin(StrEnum):
    """Who says so."""

    PROFILE = "profile"  # the organization, in its profile
    VERIFIED = "verified"  # the organization, and the registry checked
    LISTED = "listed"  # a public source
    DECLARED = "declared"  # the organization, answering a question of a program


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a fact comes from; ``source`` names the public source of a listed one."""

    origin: Origin
    as_of: dt.date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Fact(Generic[T_co]):
    """A known value and its provenance."""

    value: T_co
    provenance: Provenance


class FactName(StrEnum):
    """A thing that may be known of an organization, and that somebody can be asked for."""

    KIND = "kind"
    PLACES = "places"
    SIZES = "sizes"
    ACTIVITIES = "activities"
    STARTED_ON = "started_on"
    FOUNDED_ON = "founded_on"
    WOMEN_LED = "women_led"
    CERTIFICATES = "certificates"
    DECLARATIONS = "declarations"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where an organization works, as finely as is known."""

    path: Path
    headquarters: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Activity:
    """An economic activity, as finely as is known, and the first day of it when known."""

    path: Path
    main: bool = False
    since: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate in force between two days, both included; an open end is unlimited."""

    valid_from: dt.date | None = None
    valid_until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the rules may ask of one organization.

    ``sales`` are (fiscal year, band) from the newest; ``registrations`` go by the register's sign.
    """

    kind: Fact[str]
    places: Fact[tuple[Place, ...]]
    sizes: Fact[tuple[str, ...]] | None = None
    activities: Fact[tuple[Activity, ...]] | None = None
    started_on: Fact[dt.date] | None = None
    founded_on: Fact[dt.date] | None = None
    women_led: Fact[bool] | None = None
    headcount: Fact[int] | None = None
    sales: Fact[tuple[tuple[int, str], ...]] | None = None
    foreign_pct: Fact[Decimal] | None = None
    registrations: Mapping[str, Fact[tuple[Held, ...]]] = field(default_factory=dict)
    certificates: Mapping[str, Fact[tuple[Held, ...]]] = field(default_factory=dict)
    declarations: Mapping[str, Fact[bool]] = field(default_factory=dict)

    def fingerprint(self) -> str:
        """Return a digest that changes with any fact, its provenance or the evaluator."""
        text = json.dumps([EVALUATOR, asdict(self)], sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()
