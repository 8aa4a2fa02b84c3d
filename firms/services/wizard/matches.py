"""Organizations that are there already and may be the one that is being registered."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.gis.geos import Point

from accounts.models import User
from firms.candidates.alike import Alike, Described, alike_organizations, holder_of
from firms.catalog import directory_rows
from firms.models import Organization
from firms.policies import holder_shown_to, organizations_of, visible_organizations
from firms.services.organizations import IdentifierContent

SHOWN = 5


@dataclass(frozen=True)
class Existing:
    """An organization that may be meant: by its number, by its name, and how far it is."""

    organization: Organization
    has_number: bool
    is_own: bool
    km: float | None


def existing_organizations(
    *,
    by: User,
    names: Sequence[str],
    country_id: int,
    number: IdentifierContent | None = None,
    point: Point | None = None,
) -> list[Existing]:
    """Return those that this person may see: who holds the number first, then the likest names.

    Who holds the number but may not be seen, or is a natural person, is not among them.
    """
    visible = visible_organizations(by).active()
    alike = alike_organizations(visible, Described(names, country_id, point), limit=SHOWN)
    holder = _holder(by, number)
    found = {each.organization_id: each for each in alike}
    order = [*([holder.pk] if holder else []), *found]
    rows = directory_rows(visible_organizations(by).filter(pk__in=order)).in_bulk()
    own = set(organizations_of(by).filter(pk__in=order).values_list("pk", flat=True))
    return [
        Existing(rows[key], bool(holder and holder.pk == key), key in own, _km(found.get(key)))
        for key in dict.fromkeys(order)
        if key in rows
    ]


def _holder(by: User, number: IdentifierContent | None) -> Organization | None:
    held = holder_of(number.scheme, number.normalized) if number else None
    return holder_shown_to(by, held) if held else None


def _km(alike: Alike | None) -> float | None:
    return alike.km if alike else None
