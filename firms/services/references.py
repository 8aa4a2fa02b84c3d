"""References that people quote: R-BRCL-20261124-7."""

import datetime as dt

from firms.models import Listing, NeedKind, Offer, OfferKind, ReferenceCounter

OFFER_TYPES: dict[str, str] = {
    OfferKind.PRODUCT: "BO",
    OfferKind.SERVICE: "SO",
    OfferKind.CAPACITY: "CO",
    OfferKind.TECHNOLOGY: "TO",
}
NEED_TYPES: dict[str, str] = {
    NeedKind.PRODUCT: "BR",
    NeedKind.SERVICE: "SR",
    NeedKind.QUOTE: "RQ",
    NeedKind.TECHNOLOGY: "TR",
    NeedKind.RESEARCH: "RDR",
}


def take_references(
    *, model: type[Listing], kind: str, country_code: str, day: dt.date, count: int = 1
) -> list[str]:
    """Return references for new needs or offers; each is given once, whoever else is asking."""
    types = OFFER_TYPES if model is Offer else NEED_TYPES
    prefix = types[kind]
    numbers = ReferenceCounter.objects.take(prefix, country_code, day, count)
    return [f"R-{prefix}{country_code}-{day:%Y%m%d}-{number}" for number in numbers]
