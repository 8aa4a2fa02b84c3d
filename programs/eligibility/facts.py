"""What is known of an organization, each fact with where it comes from and as of when.

A fact that is not known is ``None`` (or absent from its mapping). Codes are text; places and
activities are paths from the root, so that ``("CL", "CL-LI")`` lies inside ``("CL",)``.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Generic, TypeVar

from programs.eligibility.units import NO_UNITS, UnitTable
from programs.eligibility.values import Amount, Interval, YearAmount

EVALUATOR = "2"  # part of every fingerprint: a new evaluator makes stored verdicts stale

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
    # identity
    COUNTRY = "country"
    LEGAL_FORM = "legal_form"
    TAX_CATEGORY = "tax_category"
    TAX_ID_STATUS = "tax_id_status"
    REGISTRATIONS = "registrations"
    NOT_STARTED = "not_started"
    FIRST_INVOICE_ON = "first_invoice_on"
    REPRESENTATIVE_NATIONALITY = "representative_nationality"
    REPRESENTATIVE_AGE = "representative_age"
    # size
    SALES = "sales"
    BALANCE = "balance"
    HEADCOUNT = "headcount"
    MEMBER_COUNT = "member_count"
    FOREIGN_PCT = "foreign_pct"
    INDEPENDENT = "independent"
    # sector and markets
    STAGES = "stages"
    MARKETS = "markets"
    # standing
    AWARDS = "awards"
    OPEN_AWARDS = "open_awards"
    AID_3Y = "aid_3y"
    # people
    WOMEN_BOARD_PCT = "women_board_pct"
    WOMEN_CAPITAL_PCT = "women_capital_pct"
    POPULATION_GROUPS = "population_groups"
    QUALIFICATIONS = "qualifications"
    # project
    EXECUTION_PLACES = "execution_places"
    TRL_START = "trl_start"
    TRL_END = "trl_end"
    DURATION_MONTHS = "duration_months"
    BUDGET = "budget"
    REQUESTED = "requested"
    COUNTERPART_PCT = "counterpart_pct"
    CASH_PCT = "cash_pct"
    SPENDING = "spending"
    JOBS = "jobs"
    PURPOSES = "purposes"
    COMPLETED = "completed"
    SPONSORS = "sponsors"
    # consortium
    PARTNERS = "partners"
    PARTNER_COUNT = "partner_count"
    INDEPENDENT_PARTNERS = "independent_partners"
    PARTNER_COUNTRIES = "partner_countries"
    PARTNER_KINDS = "partner_kinds"
    LEAD_KIND = "lead_kind"
    LARGEST_SHARE_PCT = "largest_share_pct"
    LARGEST_COUNTRY_PCT = "largest_country_pct"
    SME_COST_PCT = "sme_cost_pct"
    BENEFICIARY_COUNT = "beneficiary_count"


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


@dataclass(frozen=True, slots=True, order=True)
class Award:
    """Support received from a program: since when, until when, and whether it ended well."""

    program: str
    awarded_on: dt.date
    ended_on: dt.date | None = None
    ended_well: bool | None = None


# What else may be known, each fact by its name, as one of these forms.
Value = (
    frozenset[str]
    | Interval
    | Amount
    | tuple[YearAmount, ...]
    | tuple[Award, ...]
    | tuple[Path, ...]
    | Mapping[str, Interval]
    | dt.date
    | bool
)


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the rules may ask of one organization, and of its project where there is one.

    ``registrations`` and ``completed`` (trainings, diagnostics) go by their sign; ``more`` holds
    what has no field of its own, ``projects`` what was told for one call, by its key.
    ``partners`` is ``None`` until a consortium is told; ``units`` are the values of the day, the
    same for everybody, on which answers about money rest.
    """

    kind: Fact[str]
    places: Fact[tuple[Place, ...]]
    sizes: Fact[tuple[str, ...]] | None = None
    activities: Fact[tuple[Activity, ...]] | None = None
    started_on: Fact[dt.date] | None = None
    founded_on: Fact[dt.date] | None = None
    women_led: Fact[bool] | None = None
    registrations: Mapping[str, Fact[tuple[Held, ...]]] = field(default_factory=dict)
    completed: Mapping[str, Fact[tuple[Held, ...]]] = field(default_factory=dict)
    certificates: Mapping[str, Fact[tuple[Held, ...]]] = field(default_factory=dict)
    declarations: Mapping[str, Fact[bool]] = field(default_factory=dict)
    more: Mapping[FactName, Fact[Value]] = field(default_factory=dict)
    projects: Mapping[int, Mapping[FactName, Fact[Value]]] = field(default_factory=dict)
    partners: "tuple[Facts, ...] | None" = None
    units: UnitTable = NO_UNITS

    def for_call(self, key: int) -> "Facts":
        """Return the facts with what was told of the project for one call."""
        told = self.projects.get(key)
        return replace(self, more={**self.more, **told}) if told else self

    def fingerprint(self) -> str:
        """Return a digest that changes with any fact, its provenance or the evaluator."""
        text = json.dumps([EVALUATOR, asdict(self)], sort_keys=True, default=_text)
        return hashlib.sha256(text.encode()).hexdigest()


def _text(value: object) -> object:
    if isinstance(value, UnitTable):
        return value.digest
    return sorted(value) if isinstance(value, frozenset) else str(value)
