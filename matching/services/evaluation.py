"""Does matching find who really got the contract? Ranks organizations on awarded contracts.

Offers are what sellers were awarded before a day; needs are later contracts with a text never seen
before, whose seller is known. A need shows its text, code, label, place and day; nothing of its
seller.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from clusters.models import AdminUnit
from firms.contracts import Contract, Place, SellerOffer, need_of, offers_from, text_key
from firms.services.imports.atlas import Atlas, current_atlas
from firms.sources.contracts import spot_of
from matching.engine.documents import Days, Facts, Position, Wording
from matching.engine.geo import ReachArea, ReachKind, Spot
from matching.engine.ranking import rank_groups
from matching.engine.rules import PARTNERS, Rules
from matching.engine.text import TOTAL
from matching.models import Side
from matching.services.facts import unit_codes
from matching.services.pairing import Scope, Subject, pair_narrowly
from matching.services.projection import need_rows, offer_row, text_length, write_rows
from matching.services.scratch import scratch_tables
from matching.services.statistics import fold_changes, record_change

OFFER_DAYS = 365
MIN_WORDS = 3
CUTS = (1, 5, 10, 20)
COUNTRY_CODE = "PT"


@dataclass(frozen=True)
class Split:
    """Contracts whose sellers are known, and later ones to find a seller for."""

    known: list[Contract]
    asked: list[Contract]


def split(contracts: Iterable[Contract], *, since: dt.date, cap_per_code: int) -> Split:
    """Cut contracts at a day; needs have new texts, known sellers, and are capped per code."""
    ordered = sorted(contracts, key=lambda contract: (contract.published, contract.id))
    known = [contract for contract in ordered if contract.published < since]
    sellers = {contract.seller_id for contract in known}
    seen: set[str] = set()
    per_code: Counter[str] = Counter()
    asked = []
    for contract in ordered:
        key = text_key(contract.text)
        is_new = key not in seen
        seen.add(key)
        if contract.published < since or not is_new or len(key.split()) < MIN_WORDS:
            continue
        if contract.seller_id in sellers and per_code[contract.codes[0]] < cap_per_code:
            per_code[contract.codes[0]] += 1
            asked.append(contract)
    return Split(known, asked)


def ranks_of(parts: Split, *, language: str, rules: Rules = PARTNERS) -> list[int | None]:
    """Return at which place the matcher ranks each need's seller; None when it does not."""
    sellers = {seller: n for n, seller in enumerate(sorted({c.seller_id for c in parts.known}), 1)}
    atlas = current_atlas()
    with scratch_tables():
        _project(offers_from(parts.known), sellers, (language, atlas), rules)
        return [
            _rank(contract, sellers[contract.seller_id], (language, atlas), rules)
            for contract in parts.asked
        ]


def summary(ranks: Sequence[int | None]) -> dict[str, int | float]:
    """Return hits at each cut and the mean reciprocal rank; a seller not ranked counts as 0."""
    n = max(len(ranks), 1)
    hits = {f"hits@{cut}": sum(rank is not None and rank <= cut for rank in ranks) for cut in CUTS}
    reciprocal = sum(1 / rank for rank in ranks if rank)
    return {
        "needs": len(ranks),
        **{name: round(count / n, 4) for name, count in hits.items()},
        "mrr": round(reciprocal / n, 4),
    }


def _project(
    offers: Sequence[SellerOffer],
    sellers: dict[str, int],
    spoken: tuple[str, Atlas],
    rules: Rules,
) -> None:
    facts = [_offer_facts(offer, sellers[offer.seller_id], *spoken) for offer in offers]
    lengths = [text_length(known, rules=rules.text) for known in facts]
    epoch = (1, sum(lengths) / max(len(lengths), 1))
    rows = [
        offer_row(pk, facts=known, epoch=epoch, rules=rules.text)
        for pk, known in enumerate(facts, 1)
    ]
    write_rows(Side.OFFERS, rows=rows)
    record_change(
        Side.OFFERS, added=[key for row in rows for key in (TOTAL, *row.keys)], removed=[]
    )
    fold_changes(at_least=1)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE matching_offerdoc")


def _rank(contract: Contract, seller: int, spoken: tuple[str, Atlas], rules: Rules) -> int | None:
    facts = _need_facts(contract, *spoken)
    (row,) = need_rows({0: facts}, rules=rules.text)
    subject = Subject.of_row(row, has_place=bool(facts.position.units))
    found = pair_narrowly(subject, scope=Scope(rules, contract.published))
    offers = found.pairs.offers
    groups = rank_groups(found.score, offers.ids, offers.head["organization"], found.passed, rules)
    owners = [group.owner for group in groups]
    return owners.index(seller) + 1 if seller in owners else None


def _offer_facts(offer: SellerOffer, seller: int, language: str, atlas: Atlas) -> Facts:
    start = offer.last_published.toordinal()
    return Facts(
        organization=seller,
        wording=Wording(language, offer.title, offer.description, (offer.title,), offer.seller),
        position=_position(offer.places, atlas, language),
        days=Days(offer.first_published.toordinal(), start + OFFER_DAYS, start),
        codes=tuple(("cpv2008", code) for code in offer.codes),
    )


def _need_facts(contract: Contract, language: str, atlas: Atlas) -> Facts:
    need = need_of(contract)
    day = need.published.toordinal()
    body = need.description or ""
    return Facts(
        organization=0,
        wording=Wording(
            language, "" if body else need.title, body, (need.label,) if need.label else ()
        ),
        position=_position(need.places, atlas, language),
        days=Days(day, day + OFFER_DAYS, day),
        codes=tuple(("cpv2008", code) for code in need.codes),
    )


def _position(places: Sequence[Place], atlas: Atlas, language: str) -> Position:
    """Place a listing where the importer would: its first known place; it serves the country."""
    spots = [spot_of(place) for place in places]
    found = atlas.find_first(spots, country=COUNTRY_CODE, language=language)
    if found is None:
        return Position(None, (COUNTRY_CODE,), ReachArea(ReachKind.NATIONAL))
    units = unit_codes(_units()[found.admin_unit_id])
    return Position(Spot(found.latitude, found.longitude), units, ReachArea(ReachKind.NATIONAL))


@lru_cache(maxsize=1)
def _units() -> dict[int, AdminUnit]:
    return (
        AdminUnit.objects.select_related("parent").defer("boundary", "parent__boundary").in_bulk()
    )
