"""What is missing or weak in a listing: each finding names the field that mends it.

Pure. A blocker keeps a listing from being published; what should be is worth a minute; what could
be makes it better. The words for people stand beside the pages.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from firms.leaks import Leak
from firms.models.listing_choices import NeedKind, OfferKind

SHORT_TITLE, LONG_TITLE = 12, 120
SHORT_TEXT = 80
PROVEN_TRL = 4  # from here on somebody will ask for the evidence


class Level(StrEnum):
    """How much a finding matters."""

    BLOCKER = "blocker"
    SHOULD = "should"
    COULD = "could"


@dataclass(frozen=True)
class Finding:
    """Something to mend: how much it matters, what it is, and the field that mends it."""

    level: Level
    code: str
    field: str
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a listing says, as far as its quality goes."""

    kind: str
    is_offer: bool
    today: dt.date | None  # None: whatever the day
    title: str = ""
    summary: str = ""
    description: str = ""
    advantages: str = ""
    specification: str = ""
    classified: int = 0
    partnerships: int = 0
    items: int = 0
    closes_on: dt.date | None = None
    wanted_role: str = ""
    guests: int = 0
    is_for_guests: bool = False
    technology: "TechnologySaid | None" = None
    interest_until: dt.date | None = None
    call_closes_on: dt.date | None = None
    leaks: tuple[Leak, ...] = field(default=())


@dataclass(frozen=True, kw_only=True)
class TechnologySaid:
    """What a technology offer says besides."""

    problem: str = ""
    how_it_works: str = ""
    versus_leading: str = ""
    economic_comparison: str = ""
    trl: int | None = None
    trl_evidence: str = ""
    trl_on: dt.date | None = None
    ipr_status: str = ""
    ipr_records: int = 0
    technology_words: int = 0
    transfer_modes: int = 0


def findings(said: Said) -> tuple[Finding, ...]:
    """Return what to mend, what matters most first."""
    found = [*_of_identity(said), *_of_kind(said), *_of_words(said), *_of_reach(said)]
    order = list(Level)
    return tuple(sorted(found, key=lambda finding: order.index(finding.level)))


def blockers(said: Said) -> tuple[Finding, ...]:
    """Return only what keeps the listing from being published."""
    return tuple(found for found in findings(said) if found.level is Level.BLOCKER)


def _of_identity(said: Said) -> Iterator[Finding]:
    for leak in said.leaks:
        yield Finding(Level.BLOCKER, f"leak_{leak.told}", leak.field, leak.words)


def _of_kind(said: Said) -> Iterator[Finding]:
    if said.is_offer:
        if said.kind == OfferKind.TECHNOLOGY:
            yield from _of_technology(said.technology or TechnologySaid(), said.today)
    elif said.kind == NeedKind.QUOTE:
        yield from _of_quote(said)
    elif said.kind == NeedKind.RESEARCH:
        yield from _of_research(said)
    elif said.kind == NeedKind.TECHNOLOGY and not said.specification:
        yield Finding(Level.SHOULD, "no_specification", "specification")


def _of_quote(said: Said) -> Iterator[Finding]:
    if not said.items:
        yield Finding(Level.BLOCKER, "no_items", "items")
    if said.closes_on is None:
        yield Finding(Level.BLOCKER, "no_closing_day", "closes_on")
    elif said.today and said.closes_on < said.today:
        yield Finding(Level.BLOCKER, "closing_day_past", "closes_on")


def _of_research(said: Said) -> Iterator[Finding]:
    if said.today and said.interest_until and said.interest_until < said.today:
        yield Finding(Level.BLOCKER, "interest_past", "interest_until")
    if not said.wanted_role:
        yield Finding(Level.SHOULD, "no_role", "wanted_role")
    if said.call_closes_on is None:
        yield Finding(Level.COULD, "no_call_day", "call_closes_on")


def _of_technology(said: TechnologySaid, today: dt.date | None) -> Iterator[Finding]:
    needed = {
        "problem": said.problem,
        "how_it_works": said.how_it_works,
        "versus_leading": said.versus_leading,
        "trl": said.trl,
        "ipr_status": said.ipr_status,
        "technology_words": said.technology_words,
    }
    for name, value in needed.items():
        if not value:
            yield Finding(Level.BLOCKER, f"no_{name}", name)
    if today and said.trl_on and said.trl_on > today:
        yield Finding(Level.BLOCKER, "evidence_in_future", "trl_on")
    if (said.trl or 0) >= PROVEN_TRL and not (said.trl_evidence and said.trl_on):
        yield Finding(Level.SHOULD, "no_evidence", "trl_evidence")
    if said.ipr_status in ("applied", "granted") and not said.ipr_records:
        yield Finding(Level.SHOULD, "no_ipr_record", "ipr_records")
    if not said.economic_comparison:
        yield Finding(Level.SHOULD, "no_economic_comparison", "economic_comparison")
    if not said.transfer_modes:
        yield Finding(Level.COULD, "no_transfer_mode", "transfer_modes")


def _of_words(said: Said) -> Iterator[Finding]:
    if len(said.title) > LONG_TITLE:
        yield Finding(Level.SHOULD, "long_title", "title")
    elif len(said.title) < SHORT_TITLE:
        yield Finding(Level.SHOULD, "short_title", "title")
    if len(said.title) >= SHORT_TITLE and said.title.isupper():
        yield Finding(Level.COULD, "shouted_title", "title")
    if not said.summary:
        yield Finding(Level.SHOULD, "no_summary", "summary")
    if len(said.description) < SHORT_TEXT:
        yield Finding(Level.COULD, "short_description", "description")
    if said.is_offer and said.kind != OfferKind.TECHNOLOGY and not said.advantages:
        yield Finding(Level.COULD, "no_advantages", "advantages")


def _of_reach(said: Said) -> Iterator[Finding]:
    if said.is_for_guests and not said.guests:
        yield Finding(Level.BLOCKER, "no_guests", "guests")
    if not said.classified:
        yield Finding(Level.SHOULD, "no_classification", "classifications")
    if not said.partnerships:
        yield Finding(Level.COULD, "no_partnership", "partnerships")
