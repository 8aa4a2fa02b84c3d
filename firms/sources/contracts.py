"""Portuguese public contracts: sellers with what they sold, buyers with what they bought."""

import dataclasses
import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from firms.contracts import (
    COLUMNS,
    BuyerNeed,
    Contract,
    ContractRowError,
    Place,
    SellerOffer,
    needs_from,
    offers_from,
    parse_contract,
    shorten,
    text_key,
)
from firms.sources.drafts import (
    IdentifierDraft,
    NeedDraft,
    OfferDraft,
    OrganizationDraft,
    Record,
    Register,
    RowRejectedError,
    SiteDraft,
    Spot,
)
from firms.sources.kinds import PUBLIC_AGENCY, UNIVERSITY, kind_of, plain
from firms.sources.numbers import identifier_of
from firms.sources.wording import organization_name

SOURCE = "pt-base"
CURRENCY = "EUR"
MAX_NAME = 250
MAX_PRICE = Decimal(10) ** 12
EARLIEST = dt.date(1990, 1, 1)
LATEST = dt.date(2100, 1, 1)
_CPV = "cpv2008"
_COUNTRIES = {
    "portugal": "PT", "espanha": "ES", "alemanha": "DE", "franca": "FR", "belgica": "BE",
    "italia": "IT", "paises baixos": "NL", "holanda": "NL", "irlanda": "IE", "reino unido": "GB",
    "luxemburgo": "LU", "suica": "CH", "estados unidos da america": "US", "brasil": "BR",
    "angola": "AO", "mocambique": "MZ", "cabo verde": "CV", "polonia": "PL", "austria": "AT",
}  # fmt: skip
_UNKNOWN_DIVISIONS = frozenset({"portugal continental", "distrito nao determinado"})
_ISLANDS = {"regiao autonoma dos acores": "Açores", "regiao autonoma da madeira": "Madeira"}
_SHORTENED = {
    "freixo espada a cinta": "Freixo de Espada à Cinta",
    "vila real sto antonio": "Vila Real de Santo António",
    "fig. castelo rodrigo": "Figueira de Castelo Rodrigo",
    "sta marta de penaguiao": "Santa Marta de Penaguião",
}


def read(cells: Mapping[str, str]) -> Record:
    """Read a row.

    Raises:
        RowRejectedError: a cell is missing or wrong, or a party is a natural person.
    """
    contract = _contract(cells)
    if not EARLIEST <= contract.published < LATEST:
        raise RowRejectedError("date", cells["published"])
    if contract.price is not None and contract.price >= MAX_PRICE:
        raise RowRejectedError("price", cells["price_eur"])
    parties = [identifier_of(contract.buyer_id), *(identifier_of(n) for n, _ in _sellers(contract))]
    return Record(
        ref=contract.id[:160],
        parties=tuple(dict.fromkeys(_party(number) for _, number in parties)),
        data={name: cells[name] for name in COLUMNS},
        countries=tuple(dict.fromkeys(country for country, _ in parties)),
        codes=((_CPV, contract.codes[0]),),
    )


def draft(party: str, rows: Sequence[Mapping[str, str]]) -> OrganizationDraft:
    """Return what the contracts of one party say of it, as seller and as buyer."""
    contracts = [parse_contract(row) for row in rows]
    sold = [part for contract in contracts for part in _as_seller(contract, party)]
    bought = [c for c in contracts if _key(c.buyer_id) == party]
    name = _name([c.seller for c in sold] or [c.buyer for c in bought])
    kind = kind_of(name)
    country, number = _identity(sold, bought)
    return OrganizationDraft(
        source=SOURCE,
        source_ref=party,
        kind=kind,
        legal_name=name,
        country=country,
        language="pt",
        identifiers=(number,),
        sites=_sites(name, kind, bought),
        offers=tuple(_offer(offer) for offer in offers_from(sold)),
        needs=tuple(_need(need) for need in needs_from(bought)),
    )


REGISTER = Register(SOURCE, COLUMNS, read, draft)


def _contract(cells: Mapping[str, str]) -> Contract:
    try:
        return parse_contract(cells)
    except ContractRowError as error:
        raise RowRejectedError(error.reason, error.detail) from error


def _sellers(contract: Contract) -> list[tuple[str, str]]:
    """Return number and name of each seller; a consortium's stand side by side."""
    numbers = [n.strip() for n in contract.seller_id.split("|")]
    names = [n.strip() for n in contract.seller.split("|")]
    if len(numbers) != len(names) or not all(names):
        raise RowRejectedError("consortium", f"{len(numbers)} / {len(names)}")
    return list(zip(numbers, names, strict=True))


def _as_seller(contract: Contract, party: str) -> Iterable[Contract]:
    for number, name in _sellers(contract):
        if _key(number) == party:
            yield dataclasses.replace(contract, seller_id=number, seller=name)


def _key(number: str) -> str:
    return _party(identifier_of(number)[1])


def _party(number: IdentifierDraft) -> str:
    return f"{number.scheme}:{number.normalized}"


def _identity(sold: list[Contract], bought: list[Contract]) -> tuple[str, IdentifierDraft]:
    return identifier_of(sold[0].seller_id if sold else bought[0].buyer_id)


def _name(names: Sequence[str]) -> str:
    """Return the writing used most often, else the first of them by the alphabet."""
    counted = Counter(names)
    best = min(counted, key=lambda name: (-counted[name], name))
    return shorten(organization_name(best), MAX_NAME)


def _sites(name: str, kind: str, bought: list[Contract]) -> tuple[SiteDraft, ...]:
    """Return the seat of a public body that is named after a place of its own contracts."""
    if kind not in {PUBLIC_AGENCY, UNIVERSITY}:
        return ()
    words = f" {re.sub(r'[^a-z ]', ' ', plain(name))} "
    places = Counter(place for contract in bought for place in contract.places)
    for place, _ in places.most_common():
        if place.municipality and f" {plain(place.municipality)} " in words:
            return (SiteDraft(spot_of(place), kind="hq", precision="locality"),)
    return ()


def _offer(offer: SellerOffer) -> OfferDraft:
    return OfferDraft(
        source_ref=offer.source_ref,
        title=offer.title,
        description=offer.description,
        kind="product" if offer.is_goods else "service",
        partnerships=("supply",) if offer.is_goods else ("service",),
        scheme=_CPV,
        codes=offer.codes,
        spots=tuple(spot_of(place) for place in offer.places),
        published=offer.last_published,
        valid_from=offer.first_published,
    )


def _need(need: BuyerNeed) -> NeedDraft:
    text = need.description or need.title
    digest = hashlib.sha256((text_key(text) or text).encode()).hexdigest()
    return NeedDraft(
        source_ref=f"text:{digest[:24]}",
        title=need.title,
        description=need.description,
        scheme=_CPV,
        codes=need.codes,
        spots=tuple(spot_of(place) for place in need.places),
        published=need.published,
        budget=need.price,
        currency=CURRENCY if need.price is not None else "",
    )


def spot_of(place: Place) -> Spot:
    """Return a contract's place in the words of the atlas."""
    division = plain(place.division)
    return Spot(
        country=_COUNTRIES.get(plain(place.country), ""),
        division="" if division in _UNKNOWN_DIVISIONS else _ISLANDS.get(division, place.division),
        municipality=_SHORTENED.get(plain(place.municipality), place.municipality),
    )
