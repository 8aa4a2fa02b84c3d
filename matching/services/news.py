"""Matches that a person has not heard of: for mails, by what the person may see now."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from accounts.models import User
from firms.models import ListingStatus, Membership, Need, Offer
from firms.policies import (
    EDITING_ROLES,
    editable_needs,
    editable_offers,
    visible_needs,
    visible_offers,
)
from matching.models import Match, MatchResponse, ToldMatch

MOST = 500  # pairs that one mail may speak of
SHOWN = 3  # of each need or offer


@dataclass(frozen=True)
class MatchLine:
    """What stands on the other side; of an anonymous one, not who wrote it."""

    title: str
    organization: str


@dataclass(frozen=True)
class ListingNews:
    """New matches of one need or offer of the person."""

    title: str
    address: str
    count: int
    lines: list[MatchLine]

    @property
    def more(self) -> int:
        """How many there are besides those shown."""
        return self.count - len(self.lines)


@dataclass(frozen=True)
class MatchNews:
    """What a mail can tell of matches."""

    needs: list[ListingNews] = field(default_factory=list)
    offers: list[ListingNews] = field(default_factory=list)
    pairs: list[tuple[int, int]] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many pairs are new."""
        return len(self.pairs)


def people_with_listings() -> QuerySet[Membership]:
    """Return the memberships of people who write for organizations with something published."""
    published = {"organization": OuterRef("organization"), "status": ListingStatus.PUBLISHED}
    needs, offers = Need.objects.filter(**published), Offer.objects.filter(**published)
    rows = Membership.objects.filter(role__in=EDITING_ROLES, user__is_active=True)
    return rows.filter(Exists(needs) | Exists(offers))


def match_news(person: User, *, today: dt.date) -> MatchNews:
    """Return the matches of a person's needs and offers of which no mail has told."""
    mine, others = editable_needs(person), visible_offers(person).open_on(today)
    of_needs = _unheard(person, need__in=_ids(mine.open_on(today)), offer__in=_ids(others))
    mine_too, wanted = editable_offers(person), visible_needs(person).open_on(today)
    of_offers = _unheard(person, offer__in=_ids(mine_too.open_on(today)), need__in=_ids(wanted))
    needs = list(of_needs.order_by("need", "-score", "offer")[:MOST])
    offers = list(of_offers.order_by("offer", "-score", "need")[:MOST])
    return MatchNews(
        list(_grouped(needs, mine="need", other="offer")),
        list(_grouped(offers, mine="offer", other="need")),
        sorted({(row.need_id, row.offer_id) for row in [*needs, *offers]}),
    )


def remember_matches(pairs: Iterable[tuple[int, int]], *, person: User, now: dt.datetime) -> None:
    """Keep of which pairs a person was told: they are never told again."""
    rows = [ToldMatch(person=person, need_id=n, offer_id=o, told_at=now) for n, o in pairs]
    ToldMatch.objects.bulk_create(rows, ignore_conflicts=True)


def _ids(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by().values("pk")


def _unheard(person: User, **sides: Any) -> QuerySet[Match]:
    """Return the pairs of which the person neither heard nor said anything."""
    pair = {"need": OuterRef("need"), "offer": OuterRef("offer"), "person": person}
    rows = Match.objects.filter(**sides)
    rows = rows.exclude(Exists(ToldMatch.objects.filter(**pair)))
    rows = rows.exclude(Exists(MatchResponse.objects.filter(**pair)))
    return rows.select_related("need__organization", "offer__organization")


def _grouped(rows: list[Match], *, mine: str, other: str) -> Iterator[ListingNews]:
    for listing, group in groupby(rows, key=lambda row: getattr(row, mine)):
        found = [getattr(row, other) for row in group]
        address = reverse(f"firms:{mine}", args=[listing.public_id])
        yield ListingNews(
            listing.title, address, len(found), [_line(each) for each in found[:SHOWN]]
        )


def _line(listing: Need | Offer) -> MatchLine:
    return MatchLine(listing.title, "" if listing.is_anonymous else listing.organization.name)
