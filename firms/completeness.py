"""How complete a profile is, and what to tell next and why: numbers and codes, no sentences."""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum

from firms.models import OrganizationKind


class Helps(StrEnum):
    """Why telling something helps its organization."""

    MATCHES = "matches"  # more and better pairs of needs and offers
    PROGRAMS = "programs"  # programs that can be judged
    TRUST = "trust"  # people who look it up believe it
    FOUND = "found"  # people who search find it


@dataclass(frozen=True, slots=True)
class Item:
    """Something that a profile may tell: where, how much it weighs, why, and for whom."""

    name: str
    section: str
    weight: int
    helps: Helps
    kinds: frozenset[str] = field(default_factory=frozenset)


_FIRMS = frozenset(
    {
        OrganizationKind.FIRM,
        OrganizationKind.SOLE_TRADER,
        OrganizationKind.COOPERATIVE,
        OrganizationKind.PRODUCER_ASSOCIATION,
    }
)
_RESEARCH = frozenset(
    {
        OrganizationKind.UNIVERSITY,
        OrganizationKind.RESEARCH_CENTER,
        OrganizationKind.TECHNOLOGY_CENTER,
    }
)
_ASSOCIATIONS = frozenset(
    {
        OrganizationKind.CHAMBER,
        OrganizationKind.PRODUCER_ASSOCIATION,
        OrganizationKind.CLUSTER_ORGANIZATION,
    }
)

# Weights: what the engine reads weighs most, then what programs ask for most often.
ITEMS = (
    Item("activities", "about", 16, Helps.MATCHES),
    Item("site", "sites", 12, Helps.MATCHES),
    Item("one_line", "about", 10, Helps.FOUND),
    Item("size_class", "size", 9, Helps.PROGRAMS),
    Item("activity_start_on", "identity", 8, Helps.PROGRAMS, _FIRMS),
    Item("service_area", "reach", 8, Helps.MATCHES),
    Item("description", "about", 6, Helps.FOUND),
    Item("capabilities", "capabilities", 6, Helps.FOUND, _FIRMS | _RESEARCH),
    Item("certificates", "certificates", 5, Helps.MATCHES, _FIRMS),
    Item("headcount", "size", 5, Helps.PROGRAMS, _FIRMS),
    Item("annual_figures", "figures", 5, Helps.PROGRAMS, _FIRMS),
    Item("research_groups", "research", 8, Helps.FOUND, _RESEARCH),
    Item("technical_services", "research", 8, Helps.MATCHES, _RESEARCH),
    Item("tech_transfer", "research", 5, Helps.TRUST, _RESEARCH),
    Item("agency", "agency", 8, Helps.TRUST, frozenset({OrganizationKind.PUBLIC_AGENCY})),
    Item("association", "association", 8, Helps.TRUST, _ASSOCIATIONS),
    Item("registrations", "certificates", 3, Helps.PROGRAMS, _FIRMS),
    Item("founded_on", "identity", 3, Helps.PROGRAMS, _FIRMS),
    Item("markets", "reach", 3, Helps.FOUND, _FIRMS),
    Item("website", "web", 3, Helps.TRUST),
    Item("role_email", "web", 3, Helps.TRUST),
    Item("languages", "reach", 2, Helps.FOUND),
)


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much is told, from 0 to 100, and what is not, the most useful first."""

    percent: int
    missing: tuple[Item, ...]

    @property
    def next_best(self) -> Item | None:
        """What to tell next; nothing when all is told."""
        return self.missing[0] if self.missing else None


def completeness(kind: str, told: Collection[str]) -> Completeness:
    """Weigh what is told against what is asked of a kind of organization."""
    asked = [item for item in ITEMS if not item.kinds or kind in item.kinds]
    missing = sorted(
        (item for item in asked if item.name not in told),
        key=lambda item: (-item.weight, ITEMS.index(item)),
    )
    total = sum(item.weight for item in asked)
    lacking = sum(item.weight for item in missing)
    # rounded down, so that only a complete profile says 100
    return Completeness(100 * (total - lacking) // total, tuple(missing))
