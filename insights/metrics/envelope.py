"""The envelope in which every metric travels, and the gates that decide what may be shown."""

import datetime as dt
import enum
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

Parameter = str | int | float | bool | None

MINIMUM_CONTRIBUTORS = 5
MINIMUM_FIRMS_FOR_ROLES = 8
MINIMUM_RESPONSE_FOR_ROLES = 0.70
FULL_COVERAGE = 0.60
PARTIAL_COVERAGE = 0.30


class Status(enum.StrEnum):
    """What a reader may make of a value."""

    OK = "ok"
    INDICATIVE = "indicative"
    INSUFFICIENT = "insufficient"
    SUPPRESSED = "suppressed"
    UNDEFINED = "undefined"
    INCONSISTENT = "inconsistent"


@dataclass(frozen=True)
class Result:
    """One metric on one date. A value that is not known is None with a status, never 0 or NaN."""

    metric: str
    value: float | None
    as_of: dt.date
    n: int
    lo: float | None = None
    hi: float | None = None
    coverage: float | None = None
    status: Status = Status.OK
    reasons: tuple[str, ...] = ()
    params: Mapping[str, Parameter] = field(default_factory=dict)
    method_version: str = "1"


def undefined(metric: str, as_of: dt.date, reason: str, n: int = 0) -> Result:
    """Return the result of a metric that has no value."""
    return Result(metric, None, as_of, n, status=Status.UNDEFINED, reasons=(reason,))


def gate_sample(result: Result, minimum: int = MINIMUM_CONTRIBUTORS) -> Result:
    """Withhold a value that rests on fewer than `minimum` contributors."""
    if result.value is None or result.n >= minimum:
        return result
    return _withheld(result, Status.INSUFFICIENT, "too_few_contributors")


def gate_coverage(result: Result, coverage: float | None, freshness: float | None) -> Result:
    """Mark a value as indicative, or withhold it, by how much of the territory is registered.

    Both shares at 0.6 or more leave it as it is; either below 0.3, or not known at all, leaves
    counts only: without a census the registry speaks for its members and nobody else.
    """
    result = replace(result, coverage=coverage)
    if result.value is None:
        return result
    if coverage is None or freshness is None:
        return _marked(result, Status.INDICATIVE, "among_registered_only")
    least = min(coverage, freshness)
    if least >= FULL_COVERAGE:
        return result
    if least >= PARTIAL_COVERAGE:
        return _marked(result, Status.INDICATIVE, "partial_coverage")
    return _withheld(result, Status.INSUFFICIENT, "low_coverage")


def suppress(result: Result, reason: str) -> Result:
    """Withhold a value that would tell on a single contributor."""
    return _withheld(result, Status.SUPPRESSED, reason)


def seed(metric: str, subject: str, as_of: dt.date) -> int:
    """Return the seed of a random procedure: the same snapshot always draws the same numbers."""
    text = f"{metric}|{subject}|{as_of.isoformat()}".encode()
    return int.from_bytes(hashlib.sha256(text).digest()[:8], "big")


def collapse(values: Mapping[str, float], groups: Mapping[str, str]) -> dict[str, float]:
    """Add up members of one legal group: units under common control are one contributor.

    `groups` names the group of a member; who is not in it stands alone. Order is by group name.
    """
    totals: dict[str, float] = {}
    for member, value in values.items():
        group = groups.get(member, member)
        totals[group] = totals.get(group, 0.0) + value
    return dict(sorted(totals.items()))


def distinct_groups(members: Sequence[str], groups: Mapping[str, str]) -> int:
    """Return how many legal groups stand behind some members."""
    return len({groups.get(member, member) for member in members})


def _withheld(result: Result, status: Status, reason: str) -> Result:
    reasons = (*result.reasons, reason)
    return replace(result, value=None, lo=None, hi=None, status=status, reasons=reasons)


def _marked(result: Result, status: Status, reason: str) -> Result:
    return replace(result, status=status, reasons=(*result.reasons, reason))
