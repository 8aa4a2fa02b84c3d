"""Writing listings as the matcher reads them; the same content twice writes nothing."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from firms.models import ListingVisibility, Need, Offer, Visibility
from matching.candidates import TABLES, frequencies
from matching.engine.documents import (
    Facts,
    keys_of,
    need_doc,
    need_frequencies,
    offer_doc,
    offer_frequencies,
    with_translations,
)
from matching.engine.payload import Doc, encode
from matching.engine.rules import TextRules
from matching.engine.text import TOTAL, length_of
from matching.models import NeedDoc, OfferDoc, Side
from matching.services.facts import need_facts, offer_facts
from matching.services.statistics import (
    current_epoch,
    current_lexicon,
    fold_changes,
    record_change,
)

Value = int | str | bytes | list[int] | dt.date

ROWS_PER_INSERT = 100
COLUMNS = "organization_id, audience, keys, cover, loc, payload, content_hash, epoch, expires_on"
UPDATES = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS.split(", "))


@dataclass(frozen=True)
class Row:
    """A projection ready to be written."""

    listing: int
    doc: Doc
    keys: list[int]
    cover: list[int]
    loc: list[int]
    epoch: int

    def values(self) -> tuple[Value, ...]:
        """Return the columns in the order of COLUMNS, the listing first."""
        payload = encode(self.doc)
        digest = hashlib.blake2b(
            b"|".join((payload, repr((self.keys, self.cover, self.loc, self.epoch)).encode())),
            digest_size=16,
        ).digest()
        return (
            self.listing,
            self.doc.organization,
            self.doc.audience,
            self.keys,
            self.cover,
            self.loc,
            payload,
            digest,
            self.epoch,
            dt.date.fromordinal(self.doc.expires),
        )


def project_offers(offers: Sequence[int], *, today: dt.date, rules: TextRules) -> int:
    """Project those of the offers that may be matched, drop the others; return how many may."""
    wanted = Offer.objects.filter(pk__in=offers).open_on(today)
    wanted = wanted.signed()  # matches are of organizations, by their names
    wanted = wanted.filter(visibility__in=(ListingVisibility.PUBLIC, ListingVisibility.MEMBERS))
    facts = offer_facts(wanted.exclude(organization__visibility=Visibility.PRIVATE), today=today)
    epoch, average = current_epoch()
    rows = [
        offer_row(pk, facts=known, epoch=(epoch, average), rules=rules)
        for pk, known in facts.items()
    ]
    _replace(Side.OFFERS, offers, rows)
    return len(rows)


def project_needs(needs: Sequence[int], *, today: dt.date, rules: TextRules) -> int:
    """Project those of the needs that are open, drop the others; return how many are."""
    facts = need_facts(Need.objects.filter(pk__in=needs).open_on(today))
    rows = need_rows(facts, rules=rules)
    _replace(Side.NEEDS, needs, rows)
    return len(rows)


def offer_row(pk: int, *, facts: Facts, epoch: tuple[int, float], rules: TextRules) -> Row:
    """Return the projection of an offer."""
    doc = offer_doc(facts, epoch[1], rules)
    return Row(pk, doc, keys_of(doc), facts.position.cover(), facts.position.loc(), epoch[0])


def need_rows(facts: Mapping[int, Facts], *, rules: TextRules) -> list[Row]:
    """Return the projections of needs; how rare their words are is asked once for all of them."""
    expansion = current_lexicon()
    terms: set[int] = set()
    for known in facts.values():
        terms |= with_translations(need_frequencies(known.wording, rules), expansion)
    seen = frequencies(Side.OFFERS, terms)
    rows = []
    for pk, known in facts.items():
        doc = need_doc(known, seen, expansion, rules)
        where = known.position
        rows.append(Row(pk, doc, keys_of(doc), where.cover(), where.loc(), 0))
    return rows


def text_length(facts: Facts, *, rules: TextRules) -> float:
    """Return the weighted length of an offer's text."""
    return length_of(offer_frequencies(facts.wording, rules))


def _replace(side: Side, listings: Sequence[int], rows: Sequence[Row]) -> None:
    """Make the projections of these listings be exactly these rows, and count what changed."""
    before = _keys_before(side, listings)
    kept = {row.listing for row in rows}
    gone = sorted(pk for pk in before if pk not in kept)
    if gone:
        model = OfferDoc if side is Side.OFFERS else NeedDoc
        model.objects.filter(pk__in=gone).delete()
    added: list[int] = []
    removed = [key for pk in gone for key in (TOTAL, *before[pk])]
    written = write_rows(side, rows=sorted(rows, key=lambda row: row.listing))
    for row in rows:
        if row.listing not in written:
            continue
        old, new = set(before.get(row.listing, ())), set(row.keys)
        added += sorted(new - old) + ([] if row.listing in before else [TOTAL])
        removed += sorted(old - new)
    record_change(side, added=added, removed=removed)
    fold_changes()


def _keys_before(side: Side, listings: Sequence[int]) -> dict[int, list[int]]:
    """Lock the projections that exist and return their keys."""
    table, column = TABLES[side]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column}, keys FROM {table} WHERE {column} = ANY(%s)"  # noqa: S608 -- constants
            f" ORDER BY {column} FOR UPDATE",
            [list(listings)],
        )
        return dict(cursor.fetchall())


def write_rows(side: Side, *, rows: Sequence[Row]) -> set[int]:
    """Insert or update projections; return the listings whose content was not there yet."""
    table, column = TABLES[side]
    width = len(COLUMNS.split(", ")) + 1
    one = f"({', '.join(['%s'] * width)})"
    written: set[int] = set()
    with connection.cursor() as cursor:
        for start in range(0, len(rows), ROWS_PER_INSERT):
            chunk = rows[start : start + ROWS_PER_INSERT]
            cursor.execute(
                f"INSERT INTO {table} AS known ({column}, {COLUMNS})"  # noqa: S608
                f" VALUES {', '.join([one] * len(chunk))}"
                f" ON CONFLICT ({column}) DO UPDATE SET {UPDATES}"
                " WHERE known.content_hash <> excluded.content_hash"
                f" RETURNING {column}",
                [value for row in chunk for value in row.values()],
            )
            written |= {pk for (pk,) in cursor.fetchall()}
    return written
