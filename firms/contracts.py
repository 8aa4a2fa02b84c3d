"""Public contracts as offers and needs: pure rules shared by the importer and the evaluation.

What a seller sold, grouped by kind of thing (the CPV group, three digits), is an offer of that
seller; what a buyer asked for is a need of that buyer. Wording comes from the contract objects.
"""

import datetime as dt
import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TypeVar

COLUMNS = (
    "id",
    "contract_type",
    "object",
    "buyer_nif",
    "buyer",
    "supplier_nif",
    "supplier",
    "published",
    "price_eur",
    "cpv",
    "cpv_label_pt",
    "cpv_other",
    "place",
)
MAX_TITLE = 160
MAX_DESCRIPTION = 4_000
MAX_CODES = 8
GROUP_DIGITS = 3

_TAG = re.compile(r"<[^<>]{0,40}>")
_SPACES = re.compile(r"\s+")
_CPV = re.compile(r"(\d{8})(?:-\d)?")
_GOODS = "bens móveis"

T = TypeVar("T")


class ContractRowError(ValueError):
    """A row that cannot be read: ``reason`` is a code, ``detail`` the offending value."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail[:250]


@dataclass(frozen=True)
class Place:
    """Where a contract is carried out, as written: country, division, municipality."""

    country: str
    division: str = ""
    municipality: str = ""


@dataclass(frozen=True)
class Contract:
    """One awarded contract."""

    id: str
    text: str
    buyer_id: str
    buyer: str
    seller_id: str
    seller: str
    published: dt.date
    price: Decimal | None
    codes: tuple[str, ...]
    label: str
    places: tuple[Place, ...]
    is_goods: bool


@dataclass(frozen=True)
class SellerOffer:
    """What one seller sold of one kind of thing."""

    seller_id: str
    seller: str
    group: str
    title: str
    description: str
    codes: tuple[str, ...]
    places: tuple[Place, ...]
    is_goods: bool
    first_published: dt.date
    last_published: dt.date
    contracts: int

    @property
    def source_ref(self) -> str:
        """What identifies the offer among those of its seller, run after run."""
        return f"cpv:{self.group}"


@dataclass(frozen=True)
class BuyerNeed:
    """What one buyer asked for, once per distinct text."""

    contract_id: str
    buyer_id: str
    buyer: str
    title: str
    description: str
    codes: tuple[str, ...]
    label: str
    places: tuple[Place, ...]
    price: Decimal | None
    published: dt.date


def clean_text(raw: str) -> str:
    """Remove markup, entities and repeated spaces."""
    return _SPACES.sub(" ", _TAG.sub(" ", html.unescape(raw))).strip()


def text_key(text: str) -> str:
    """Return what two writings of the same text share: case, digits and punctuation aside."""
    return " ".join(re.findall(r"[^\W\d_]+", text.lower()))


def parse_contract(row: Mapping[str, str | None]) -> Contract:
    """Read one row of a contracts file.

    Raises:
        ContractRowError: a column is missing or unreadable.
    """
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    for name in ("id", "object", "buyer_nif", "supplier_nif", "supplier", "published", "cpv"):
        if not cells[name]:
            raise ContractRowError("empty", name)
    text = clean_text(cells["object"])
    if not text:
        raise ContractRowError("empty", "object")
    return Contract(
        id=cells["id"],
        text=text,
        buyer_id=cells["buyer_nif"],
        buyer=clean_text(cells["buyer"]) or cells["buyer_nif"],
        seller_id=cells["supplier_nif"],
        seller=clean_text(cells["supplier"]),
        published=_date(cells["published"]),
        price=_price(cells["price_eur"]),
        codes=_codes(cells["cpv"], cells["cpv_other"]),
        label=clean_text(cells["cpv_label_pt"]),
        places=_places(cells["place"]),
        is_goods=_GOODS in cells["contract_type"].lower(),
    )


def offers_from(contracts: Iterable[Contract]) -> list[SellerOffer]:
    """Return one offer per seller and CPV group, ordered by seller and group."""
    groups: defaultdict[tuple[str, str], list[Contract]] = defaultdict(list)
    for contract in contracts:
        groups[contract.seller_id, contract.codes[0][:GROUP_DIGITS]].append(contract)
    return [_offer(group, rows) for (_, group), rows in sorted(groups.items())]


def needs_from(contracts: Iterable[Contract]) -> list[BuyerNeed]:
    """Return one need per buyer and distinct text, in the order of publication."""
    seen: set[tuple[str, str]] = set()
    needs = []
    for contract in sorted(contracts, key=lambda c: (c.published, c.id)):
        key = (contract.buyer_id, text_key(contract.text))
        if key in seen:
            continue
        seen.add(key)
        needs.append(need_of(contract))
    return needs


def need_of(contract: Contract) -> BuyerNeed:
    """Return what the buyer of a contract asked for; nothing of the seller is in it."""
    title = shorten(contract.text, MAX_TITLE)
    return BuyerNeed(
        contract_id=contract.id,
        buyer_id=contract.buyer_id,
        buyer=contract.buyer,
        title=title,
        description="" if title == contract.text else contract.text[:MAX_DESCRIPTION],
        codes=contract.codes,
        label=contract.label,
        places=contract.places,
        price=contract.price,
        published=contract.published,
    )


def shorten(text: str, limit: int) -> str:
    """Cut a text at a word so that it fits, with an ellipsis."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:-–") + "…"


def _offer(group: str, rows: list[Contract]) -> SellerOffer:
    newest = sorted(rows, key=lambda c: (c.published, c.id), reverse=True)
    codes = _by_count(code for row in newest for code in row.codes[:1])
    labels = _by_count(row.label for row in newest if row.label)
    places = _by_count(place for row in newest for place in row.places)
    latest = newest[0]
    return SellerOffer(
        seller_id=latest.seller_id,
        seller=latest.seller,
        group=group,
        title=shorten(labels[0] if labels else latest.text, MAX_TITLE),
        description=_join_distinct((row.text for row in newest), MAX_DESCRIPTION),
        codes=tuple(codes[:MAX_CODES]),
        places=tuple(places),
        is_goods=sum(row.is_goods for row in rows) * 2 >= len(rows),
        first_published=newest[-1].published,
        last_published=latest.published,
        contracts=len(rows),
    )


def _by_count(values: Iterable[T]) -> list[T]:
    """Return the distinct values, most frequent first, else in the order they came."""
    return [value for value, _ in Counter(values).most_common()]


def _join_distinct(texts: Iterable[str], limit: int) -> str:
    """Join the distinct texts, one a line, as many as fit."""
    lines: dict[str, str] = {}
    room = limit
    for text in texts:
        key = text_key(text) or text
        if key in lines or len(text) + 1 > room:
            continue
        lines[key] = text
        room -= len(text) + 1
    return "\n".join(lines.values()) or shorten(next(iter(texts), ""), limit)


def _date(raw: str) -> dt.date:
    try:
        return dt.date.fromisoformat(raw)
    except ValueError as error:
        raise ContractRowError("date", raw) from error


def _price(raw: str) -> Decimal | None:
    if not raw:
        return None
    try:
        price = Decimal(raw)
    except InvalidOperation as error:
        raise ContractRowError("price", raw) from error
    if not price.is_finite() or price < 0:
        raise ContractRowError("price", raw)
    return price


def _codes(main: str, others: str) -> tuple[str, ...]:
    found = _CPV.fullmatch(main)
    if not found:
        raise ContractRowError("cpv", main)
    return tuple(dict.fromkeys([found[1], *(code[1] for code in _CPV.finditer(others))]))


def _places(raw: str) -> tuple[Place, ...]:
    parts = ([piece.strip() for piece in place.split(",")] for place in raw.split("|"))
    return tuple(Place(*names[:3]) for names in parts if names[0])
