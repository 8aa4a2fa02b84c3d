"""What entries alone answer is what reading the organizations one by one would."""

import datetime as dt
import random
from functools import cache
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.utils import timezone

from firms import directory
from firms.found import find
from firms.freshness import GRACE_DAYS, REVIEW_DAYS
from firms.kinds import KINDS
from firms.models import FieldGroup, FieldLevel, FieldVisibility, Organization, Role, Visibility
from firms.policies import visible_entries, visible_fields, visible_organizations
from tests.factories import (
    CertificateFactory,
    CertificateStandardFactory,
    MembershipFactory,
    OrganizationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.now().date()
STALE = TODAY - dt.timedelta(days=REVIEW_DAYS + GRACE_DAYS + 1)
LEVELS = [None, FieldLevel.PUBLIC, FieldLevel.MEMBERS, FieldLevel.ADMINISTRATORS]
KIND = ("firm", "ngo", "university")
SIZE = ("", "micro", "small")


def world(dice: random.Random) -> list[Any]:
    """Make organizations of all sorts, and return who may look: nobody, people, staff."""
    standard = CertificateStandardFactory(code="norma")
    for n in range(40):
        is_listed = n % 3 == 0
        organization = OrganizationFactory(
            legal_name=f"{dice.choice('abcÑé')} Quesos {n}",
            trade_name=dice.choice(["", "Zeta"]),
            kind=dice.choice(KIND),
            size_class=dice.choice(SIZE),
            visibility=dice.choice(Visibility.values),
            verification="listed" if is_listed else "claimed",
            source="registro" if is_listed else "",
            last_confirmed_on=dice.choice([None, TODAY, STALE]),
            status="suspended" if n % 11 == 0 else "active",
        )
        if level := dice.choice(LEVELS):
            FieldVisibility.objects.create(
                organization=organization, group=FieldGroup.CERTIFICATES, level=level
            )
        begun, ended = dice.choice([(-9, 9), (1, 9), (-9, -1), (-9, 0), (0, None)])
        CertificateFactory(
            organization=organization,
            standard=standard,
            valid_from=TODAY + dt.timedelta(days=begun),
            valid_until=None if ended is None else TODAY + dt.timedelta(days=ended),
        )
    own = MembershipFactory(organization=organization, role=Role.ADMINISTRATOR).user
    Organization.objects.filter(pk=organization.pk).update(visibility=Visibility.PRIVATE)
    return [AnonymousUser(), own, UserFactory(), UserFactory(is_staff=True)]


def naive(actor: Any, query: QueryDict) -> list[int]:
    """Return the keys of what is found, reading every organization there is."""
    rows = visible_organizations(actor).active().fresh_on(TODAY)
    kept = [row for row in rows if _fits(actor, row, query)]
    if query.get("sort") == "name":
        kept.sort(key=lambda row: (row.entry.sort_name, row.pk))
    elif query.get("sort") == "new":
        kept.sort(key=lambda row: (row.created_at, row.pk), reverse=True)
    else:
        kept.sort(key=lambda row: (*_standing(row), row.pk))
    return [row.pk for row in kept]


def _standing(row: Organization) -> tuple[Any, ...]:
    day = row.last_confirmed_on
    return (row.verification == "listed", -day.toordinal() if day else 0, row.entry.sort_name)


def _fits(actor: Any, row: Organization, query: QueryDict) -> bool:
    sizes = query.getlist("size")
    if query.get("kind", row.kind) != row.kind or (sizes and row.size_class not in sizes):
        return False
    if "certificate" not in query:
        return True
    shown = FieldGroup.CERTIFICATES in visible_fields(actor, row)
    return shown and row.certificates.valid_on(TODAY).exists()


def asked(actor: Any, query: QueryDict) -> tuple[list[int], int, dict[str, int]]:
    """Return the keys of all pages, the amount and the facet of sizes, as a page has them."""
    kind, keys, token, most = KINDS["organizations"], [], "", 10
    while most:
        again = query.copy()
        again["after"] = token
        filters = kind.narrow(again, by=actor, today=TODAY)
        assert filters.is_valid(), filters.errors
        found = find(kind, filters, again)
        keys += [row.pk for row in found.page.rows]
        token, most = found.page.next, most - 1 if found.page.next else 0
    sizes = filters.facets().values["size"]
    return keys, found.amount.count, {value: amount.count for value, amount in sizes.items()}


@pytest.mark.parametrize("limit", [10_000, 3])
def test_a_search_finds_what_reading_all_would(monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    monkeypatch.setattr(directory, "COUNTED", limit)
    dice = random.Random(20261124)  # noqa: S311 -- a repeatable world, no secret
    actors = world(dice)
    plain = cache(lambda actor, query: naive(actor, QueryDict(query)))
    for actor in actors:
        entries = visible_entries(actor).fresh_on(TODAY)
        assert sorted(entries.values_list("pk", flat=True)) == sorted(plain(actor, ""))
        for _ in range(12):
            parts = [f"sort={dice.choice(['', 'name', 'new'])}"]
            parts += [f"kind={dice.choice(KIND)}"] * dice.randint(0, 1)
            parts += ["certificate=norma"] * dice.randint(0, 1)
            rest = "&".join(parts)
            query = rest + dice.choice(["", "&size=small", "&size=small&size=micro"])
            keys, amount, sizes = asked(actor, QueryDict(query))
            assert keys == plain(actor, query), query
            assert amount == min(len(keys), limit)
            if limit > len(plain(actor, "")):
                of = Organization.objects.in_bulk(plain(actor, rest)).values()
                wanted = [row.size_class for row in of if row.size_class]
                assert sizes == {size: wanted.count(size) for size in set(wanted)}
