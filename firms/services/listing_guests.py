"""Whom a listing is shown to by name, and which clusters may accompany it."""

import re
from uuid import UUID

from django.db.models import QuerySet

from clusters.models import Cluster
from firms.catalog import organizations_meant
from firms.models import Affiliation, Organization, OrganizationStatus, Visibility

_ADDRESS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
MAX_GUESTS = 40


class CannotInvite(Exception):
    """A line names no organization that can be found, or there are too many."""

    def __init__(self, line: str) -> None:
        super().__init__(line)
        self.line = line


def guests_named(text: str, *, besides: Organization) -> list[Organization]:
    """Return the organizations of a text's lines: an address of a page, or a number."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MAX_GUESTS:
        raise CannotInvite(lines[MAX_GUESTS])
    found = {}
    for line in lines:
        organization = _meant(line)
        if organization is None or organization == besides:
            raise CannotInvite(line)
        found[organization.pk] = organization
    return list(found.values())


def clusters_of(organization: Organization) -> QuerySet[Cluster]:
    """Return the clusters to which an organization belongs."""
    confirmed = Affiliation.objects.confirmed().filter(organization=organization).order_by()
    return Cluster.objects.filter(pk__in=confirmed.values("cluster")).order_by("slug")


def _meant(line: str) -> Organization | None:
    rows = Organization.objects.filter(status=OrganizationStatus.ACTIVE)
    address = _ADDRESS.search(line)
    shown = rows.exclude(visibility=Visibility.PRIVATE)
    return organizations_meant(
        shown, text=line, public_id=UUID(address.group()) if address else None
    )
