"""What a listing says and who wrote it, gathered for the pure checks of quality and identity."""

import datetime as dt
from urllib.parse import urlsplit

from firms.leaks import Identity, leaks
from firms.models import ListingVisibility, Need, Offer, Organization, Technology, Verification
from firms.quality import Finding, Said, TechnologySaid, findings
from firms.services.listing_parts import part_of

OWN_WORDS = ("title", "summary", "description", "wanted_role")
NEED_WORDS = (*OWN_WORDS, "specification", "delivery_place")
OFFER_WORDS = (*OWN_WORDS, "advantages", "capacity", "minimum_order")
TECHNOLOGY_WORDS = (
    "problem",
    "how_it_works",
    "versus_leading",
    "economic_comparison",
    "trl_evidence",
    "rights_note",
)
PROJECT_WORDS = ("program", "call", "call_url", "role_wanted", "partners_so_far")


def findings_of(listing: Need | Offer, *, today: dt.date | None) -> tuple[Finding, ...]:
    """Return what to mend in a listing, what matters most first; no day, nothing about days."""
    return findings(_said(listing, today))


def needs_check(listing: Need | Offer) -> bool:
    """Say whether the team reads a listing first: nobody can tell who is behind it."""
    return listing.is_anonymous and listing.organization.verification != Verification.VERIFIED


def identity_of(organization: Organization) -> Identity:
    """Return what tells an organization from others."""
    domain = urlsplit(organization.website).hostname or ""
    numbers = organization.identifiers.values_list("normalized", flat=True)
    return Identity(
        names=tuple(filter(None, (organization.legal_name, organization.trade_name))),
        numbers=tuple(numbers),
        domains=(domain.removeprefix("www."),) if domain else (),
    )


def words_of(listing: Need | Offer) -> dict[str, str]:
    """Return every text of a listing that others read, by field."""
    names = NEED_WORDS if isinstance(listing, Need) else OFFER_WORDS
    said = {name: getattr(listing, name) for name in names}
    said |= _words(part_of(listing, name="technology"), TECHNOLOGY_WORDS)
    said |= _words(part_of(listing, name="technology_wish"), ("current_solution",))
    said |= _words(part_of(listing, name="research_project"), PROJECT_WORDS)
    if isinstance(listing, Need):
        said["items"] = "\n".join(item.description for item in listing.items.all())
    texts = [f"{each.title}\n{each.summary}\n{each.description}" for each in listing.texts.all()]
    said["texts"] = "\n".join(texts)
    said["files"] = "\n".join(file.name for file in listing.files.all())
    return {name: text for name, text in said.items() if text}


def _words(part: object, names: tuple[str, ...]) -> dict[str, str]:
    return {name: getattr(part, name) for name in names} if part else {}


def _said(listing: Need | Offer, today: dt.date | None) -> Said:
    hides = listing.is_anonymous
    found = leaks(words_of(listing), identity_of(listing.organization)) if hides else []
    project = part_of(listing, name="research_project")
    technology = part_of(listing, name="technology")
    is_for_guests = listing.visibility == ListingVisibility.INVITED
    return Said(
        kind=listing.kind,
        is_offer=isinstance(listing, Offer),
        today=today,
        title=listing.title,
        summary=listing.summary,
        description=listing.description,
        advantages=getattr(listing, "advantages", ""),
        specification=getattr(listing, "specification", ""),
        classified=len(listing.classifications.all()),
        partnerships=len(listing.partnerships),
        items=listing.items.count() if isinstance(listing, Need) else 0,
        closes_on=getattr(listing, "closes_on", None),
        wanted_role=listing.wanted_role or getattr(project, "role_wanted", ""),
        guests=listing.guests.count() if is_for_guests else 0,
        is_for_guests=is_for_guests,
        technology=_technology(listing, technology) if isinstance(technology, Technology) else None,
        interest_until=getattr(project, "interest_until", None),
        call_closes_on=getattr(project, "call_closes_on", None),
        leaks=tuple(found),
    )


def _technology(listing: Need | Offer, said: Technology) -> TechnologySaid:
    records = listing.ipr_records.count() if isinstance(listing, Offer) else 0
    return TechnologySaid(
        problem=said.problem,
        how_it_works=said.how_it_works,
        versus_leading=said.versus_leading,
        economic_comparison=said.economic_comparison,
        trl=said.trl,
        trl_evidence=said.trl_evidence,
        trl_on=said.trl_on,
        ipr_status=said.ipr_status,
        ipr_records=records,
        technology_words=len(said.technology_words),
        transfer_modes=len(said.transfer_modes),
    )
