"""What the comparison reads of organizations, in a fixed number of queries for any number."""

from collections import defaultdict
from collections.abc import Collection

from firms.duplicates import RecordFacts
from firms.duplicates.facts import Number, Spot
from firms.duplicates.hosts import own_host
from firms.models import Identifier, Organization, OrganizationStatus, Precision, Site

COLUMNS = (
    "pk", "country__country_code", "kind", "legal_name", "trade_name", "acronym", "website",
    "role_email",
)  # fmt: skip


def gather_facts(ids: Collection[int]) -> dict[int, RecordFacts]:
    """Return what identifies each organization that is not closed, by id."""
    rows = Organization.objects.filter(pk__in=ids).exclude(status=OrganizationStatus.CLOSED)
    numbers, spots = _numbers(ids), _spots(ids)
    return {
        pk: RecordFacts(
            id=pk,
            country=country,
            kind=kind,
            names=tuple(name for name in (legal_name, trade_name) if name),
            acronym=acronym,
            numbers=frozenset(numbers[pk]),
            hosts=frozenset(host for each in (website, email) if (host := own_host(each))),
            emails=frozenset({email.lower()} if email else ()),
            spots=tuple(spots[pk]),
        )
        for pk, country, kind, legal_name, trade_name, acronym, website, email in (
            rows.order_by("pk").values_list(*COLUMNS)
        )
    }


def _numbers(ids: Collection[int]) -> defaultdict[int, set[Number]]:
    found: defaultdict[int, set[Number]] = defaultdict(set)
    rows = Identifier.objects.filter(organization__in=ids).order_by("pk")
    for owner, scheme, number in rows.values_list("organization_id", "scheme", "normalized"):
        found[owner].add((scheme, number))
    return found


def _spots(ids: Collection[int]) -> defaultdict[int, list[Spot]]:
    """Return the points of sites; the middle of a region tells nothing of nearness."""
    found: defaultdict[int, list[Spot]] = defaultdict(list)
    rows = Site.objects.filter(organization__in=ids).exclude(precision=Precision.ADMIN)
    for owner, point in rows.order_by("pk").values_list("organization_id", "point"):
        found[owner].append((point.x, point.y))
    return found
