"""What a row would change in an organization, and how it was before."""

from typing import Any

from firms.models import Organization, Precision, Site

COLUMNS = (
    "legal_name",
    "trade_name",
    "acronym",
    "kind",
    "one_line",
    "description",
    "website",
    "role_email",
    "size_class",
    "founded_on",
)
SAME_POINT = 5  # decimals of a degree: a meter


def columns_of(values: dict[str, Any]) -> dict[str, Any]:
    """Return the columns that a row fills; an empty cell leaves what is there."""
    skipped = {"kind"} if values.get("kind_is_guessed") else set()
    return {name: values[name] for name in COLUMNS if name in values and name not in skipped}


def changes_of(organization: Organization, values: dict[str, Any]) -> dict[str, Any]:
    """Return what is there before each change that a row would make; nothing if it says the same.

    The related rows must be prefetched: many organizations are asked about at once.
    """
    before: dict[str, Any] = {}
    for name, value in columns_of(values).items():
        held = getattr(organization, name)
        text = held.isoformat() if hasattr(held, "isoformat") else held
        if text != value:
            before[name] = text
    if _differs_in_activity(organization, values):
        before["activities"] = [
            [row.classification_id, row.is_main] for row in organization.activity_records.all()
        ]
    if _differs_in_place(main_site(organization), values):
        before["site"] = site_facts(main_site(organization))
    if _lacks_number(organization, values):
        before["number"] = True
    return before


def main_site(organization: Organization) -> Site | None:
    """Return the main site, or the first."""
    sites = sorted(organization.sites.all(), key=lambda site: (not site.is_main, site.pk))
    return sites[0] if sites else None


def site_facts(site: Site | None) -> dict[str, Any] | None:
    """Return where a site is, to put it back."""
    if site is None:
        return None
    return {
        "longitude": site.point.x,
        "latitude": site.point.y,
        "precision": site.precision,
        "admin_unit_id": site.admin_unit_id,
        "city_id": site.city_id,
        "address": site.address,
    }


def _differs_in_activity(organization: Organization, values: dict[str, Any]) -> bool:
    activity = values.get("activity")
    if activity is None:
        return False
    mains = [r.classification_id for r in organization.activity_records.all() if r.is_main]
    return mains != [activity["id"]]


def _differs_in_place(site: Site | None, values: dict[str, Any]) -> bool:
    """See a place that is new; a city alone does not unsettle a point that lies in it."""
    place = values.get("place")
    if place is None:
        return False
    if site is None:
        return True
    if place["address"] and place["address"] != site.address:
        return True
    if place["precision"] == Precision.EXACT:
        said = (round(place["longitude"], SAME_POINT), round(place["latitude"], SAME_POINT))
        return said != (round(site.point.x, SAME_POINT), round(site.point.y, SAME_POINT))
    if place["city_id"] is not None:
        return bool(place["city_id"] != site.city_id)
    return bool(place["admin_unit_id"] != site.admin_unit_id)


def _lacks_number(organization: Organization, values: dict[str, Any]) -> bool:
    number = values.get("number")
    if number is None:
        return False
    held = {(row.scheme, row.normalized) for row in organization.identifiers.all()}
    return (number["scheme"], number["normalized"]) not in held
