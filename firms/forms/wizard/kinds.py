"""What each kind of organization is asked, and which may be registered without a tax number."""

from collections.abc import Mapping

from firms.identifiers import is_personal
from firms.models import OrganizationKind as Kind
from firms.sources.kinds import kind_of

# What only some kinds are asked; everybody is asked the rest.
QUESTIONS: Mapping[str, tuple[str, ...]] = {
    Kind.FIRM: ("trade_name", "activity_start_on"),
    Kind.SOLE_TRADER: ("trade_name", "activity_start_on"),
    Kind.COOPERATIVE: ("trade_name", "member_count"),
    Kind.PRODUCER_ASSOCIATION: ("acronym", "member_count"),
    Kind.UNIVERSITY: ("acronym", "website", "ror"),
    Kind.RESEARCH_CENTER: ("acronym", "website", "ror"),
    Kind.TECHNOLOGY_CENTER: ("acronym", "website", "ror"),
    Kind.PUBLIC_AGENCY: ("acronym", "agency_level", "agency_units"),
    Kind.CHAMBER: ("acronym", "member_count", "website"),
    Kind.CLUSTER_ORGANIZATION: ("acronym", "website"),
    Kind.NGO: ("acronym", "website"),
    Kind.LENDER: ("trade_name", "website"),
}
SIZED = (Kind.FIRM, Kind.SOLE_TRADER, Kind.COOPERATIVE, Kind.LENDER)

# Many of these begin before they have a number, or work under the number of another body.
WITHOUT_NUMBER = (
    Kind.SOLE_TRADER,
    Kind.PRODUCER_ASSOCIATION,
    Kind.RESEARCH_CENTER,
    Kind.TECHNOLOGY_CENTER,
    Kind.PUBLIC_AGENCY,
    Kind.CLUSTER_ORGANIZATION,
)


def likely_kind(name: str, scheme: str = "", normalized: str = "") -> str:
    """Return the kind that a name and a number suggest, for a person to confirm."""
    by_name = kind_of(name)
    if by_name == Kind.FIRM and is_personal(scheme, normalized):
        return Kind.SOLE_TRADER
    return by_name


def is_asked(kind: str, question: str) -> bool:
    """Say whether a kind is asked a question that not everybody is."""
    if question == "size_class":
        return kind in SIZED
    return question in QUESTIONS.get(kind, ())
