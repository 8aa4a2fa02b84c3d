"""Upgrading, adoption of practices and certificates: facts with dates, not an index."""

import datetime as dt
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

KINDS = ("process", "product", "functional", "chain")
VERIFIED = "verified"
LAPSE_WARNING_DAYS = 90


@dataclass(frozen=True)
class Event:
    """A firm upgraded: how (one of KINDS), when, and on whose word."""

    firm: str
    kind: str
    on: dt.date
    evidence: str


@dataclass(frozen=True)
class Upgrading:
    """Distinct firms with a verified event per kind; and firms with only their own word."""

    firms: Mapping[str, int]
    shares: Mapping[str, float | None]
    any_kind: int
    self_declared_only: int


@dataclass(frozen=True)
class Certificate:
    """A certificate of a firm, valid from and through its dates."""

    firm: str
    valid_from: dt.date
    valid_to: dt.date


@dataclass(frozen=True)
class Certification:
    """Who holds a valid certificate on a date, whose lapsed, whose is yet to begin."""

    holders: tuple[str, ...]
    uptake: float | None
    lapsed: tuple[str, ...]
    upcoming: tuple[str, ...]
    expiring: tuple[str, ...]


def upgrading(events: Iterable[Event], window: tuple[dt.date, dt.date], active: int) -> Upgrading:
    """Count firms with a verified event in a window, both ends included (Humphrey & Schmitz 2000).

    A firm counts once per kind. The kinds are no ladder: functional upgrading may come first.
    """
    inside = [event for event in events if window[0] <= event.on <= window[1]]
    verified = [event for event in inside if event.evidence == VERIFIED]
    by_kind = {kind: {event.firm for event in verified if event.kind == kind} for kind in KINDS}
    sure = {event.firm for event in verified}
    counts = {kind: len(firms) for kind, firms in by_kind.items()}
    shares = {kind: n / active if active > 0 else None for kind, n in counts.items()}
    only_word = {event.firm for event in inside} - sure
    return Upgrading(counts, shares, len(sure), len(only_word))


def adoption(first: Mapping[str, int | None], years: Sequence[int]) -> list[float | None]:
    """Return, per year, the share of eligible firms that had adopted by then."""
    n = len(first)
    adopted = [year for year in first.values() if year is not None]
    return [sum(y <= year for y in adopted) / n if n else None for year in years]


def gap_points(one: Sequence[float | None], other: Sequence[float | None]) -> list[float | None]:
    """Return one less other in percentage points, year by year."""
    pairs = zip(one, other, strict=True)
    return [None if a is None or b is None else 100 * (a - b) for a, b in pairs]


def certification(
    certificates: Iterable[Certificate], eligible: Collection[str], on: dt.date
) -> Certification:
    """Return who holds a valid certificate on a date; the dates themselves count, a firm once."""
    own = [c for c in certificates if c.firm in eligible]
    holders = {c.firm for c in own if c.valid_from <= on <= c.valid_to}
    lapsed = {c.firm for c in own if c.valid_to < on} - holders
    upcoming = {c.firm for c in own if c.valid_from > on} - holders
    last: dict[str, dt.date] = {}
    for c in own:
        if c.valid_from <= on <= c.valid_to:
            last[c.firm] = max(last.get(c.firm, c.valid_to), c.valid_to)
    soon = on + dt.timedelta(days=LAPSE_WARNING_DAYS)
    expiring = {firm for firm, until in last.items() if until <= soon}
    uptake = len(holders) / len(eligible) if eligible else None
    named = (tuple(sorted(group)) for group in (lapsed, upcoming, expiring))
    return Certification(tuple(sorted(holders)), uptake, *named)


def bass(p: float, q: float, t: float) -> float:
    """Return the share that has adopted by time t in Bass's model; never used to forecast here."""
    decay = math.exp(-(p + q) * t)
    return (1 - decay) / (1 + q / p * decay)


def bass_peak(p: float, q: float) -> float:
    """Return when adoption is fastest: ln(q/p)/(p+q)."""
    return math.log(q / p) / (p + q)
