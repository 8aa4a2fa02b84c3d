"""How much of the territory the registry knows, and whether a network may be described."""

from insights.metrics.envelope import (
    FULL_COVERAGE,
    MINIMUM_FIRMS_FOR_ROLES,
    MINIMUM_RESPONSE_FOR_ROLES,
    PARTIAL_COVERAGE,
)


def share(part: float, whole: float) -> float | None:
    """Return part/whole; None for an empty whole."""
    return part / whole if whole > 0 else None


def coverage_label(coverage: float | None, freshness: float | None) -> str:
    """Return full, partial or indicative by the census covered and the share confirmed in a year.

    Without a census nothing is known of coverage, and the label is the weakest.
    """
    if coverage is None or freshness is None:
        return "indicative"
    if coverage >= FULL_COVERAGE and freshness >= FULL_COVERAGE:
        return "full"
    return "partial" if min(coverage, freshness) >= PARTIAL_COVERAGE else "indicative"


def may_publish_roles(firms: int, answered: int) -> bool:
    """Say whether roles in a network may be shown: 8 firms or more, and 70 % or more answered."""
    response = share(answered, firms)
    enough = firms >= MINIMUM_FIRMS_FOR_ROLES
    return enough and response is not None and response >= MINIMUM_RESPONSE_FOR_ROLES
